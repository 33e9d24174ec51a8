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

// Whether a picture as it came shows any colour: more than specks of it, or paper that is not quite
// grey.
bool has_colour(const ColourImage& picture);

}  // namespace dengji
