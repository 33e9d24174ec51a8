// Where lines of print stand on a page, found by the shapes of ink alone, so that only those lines
// need be recognised that something is asked of. Any thread.
#pragma once
#include <algorithm>
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

struct Rules;

struct LinePlace {
  Box box;            // round the ink, rules left out
  double height = 0;  // of its characters; a box of tilted print is higher
  double digits = 0;  // 0..1: share of its parts that are as narrow and as high as digits are

  double length() const { return box.w / std::max(1.0, height); }  // in characters of Han
  bool mostly_digits() const { return digits >= 0.35; }            // a number, or it and its label
};

// `grey`: light evened, red ink taken out, upright, about 1,200 pixels on the longer side; `rules`:
// found on the same picture. From top to bottom, at most limits::lines_on_page. None where there
// are more parts than limits::text_parts: a page of noise.
std::vector<LinePlace> find_lines(const GreyImage& grey, const Rules& rules);

}  // namespace dengji
