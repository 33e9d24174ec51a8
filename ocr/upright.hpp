// How a sheet lies: its skew and the quarter turn that makes it upright. Any thread.
#pragma once
#include "ocr/image.hpp"

namespace dengji {

struct Lie {
  double skew = 0;       // radians by which lines of text fall to the right, clockwise
  int turn = 0;          // quarter turns clockwise to be made after the skew is undone
  double turn_sure = 0;  // 0..1
};

// `grey`: light evened, about 1,200 pixels on the longer side.
Lie find_lie(const GreyImage& grey);

// Whether anything on the sheet is coloured; light evened.
bool has_colour(const ColourImage& whitened);

}  // namespace dengji
