// How a sheet lies: its skew and the quarter turn that makes it upright, by the print on it. Any
// thread.
#pragma once
#include "ocr/image.hpp"

namespace dengji {

struct Lie {
  double skew = 0;         // radians by which lines of text fall to the right, clockwise
  int turn = 0;            // quarter turns clockwise to be made after the skew is undone
  double turn_sure = 0;    // 0..1
  double text_height = 0;  // pixels of a usual character, 0 where there is no print
};

// `grey`: light evened and red ink taken out, about 1,200 pixels on the longer side.
Lie find_lie(const GreyImage& grey);

// Whether more than specks of a picture differ between their channels by more than `least_chroma`.
bool has_colour(const ColourImage& picture, int least_chroma);

}  // namespace dengji
