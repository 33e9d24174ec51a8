// The ruling lines of a table and the cells between them. Any thread.
#pragma once
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

struct Rule {
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};  // left to right or top to bottom

struct Rules {
  std::vector<Rule> across, down;
  GreyImage mask;          // as large as the picture; not 0 on a rule
  std::vector<Box> cells;  // inside the rules, by rows from the top, each from the left
};

// `grey`: light evened, rules within about 5 degrees of the axes, 500 to 2,500 pixels on the longer
// side. At most limits::cells_on_page cells.
Rules find_rules(const GreyImage& grey);

}  // namespace dengji
