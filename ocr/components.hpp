// Connected parts of a mask (8 neighbours), by runs of pixels along its rows. Any thread.
#pragma once
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

struct Component {
  Box box;
  int pixels = 0;
};

struct Run {
  int y = 0, x0 = 0, x1 = 0;  // x1 belongs to it
};

// The runs of the pixels that are not 0, row by row from the left.
std::vector<Run> runs_of(const GreyImage& mask);

struct RunParts {
  std::vector<Component> parts;  // in the order in which rows meet them
  std::vector<int> part_of;      // of each run
};

// `runs`: row by row from the left, as runs_of() gives them.
RunParts connected(const std::vector<Run>& runs);

struct Components {
  std::vector<Component> parts;  // part i has label i + 1
  std::vector<int> labels;       // width * height; 0 = off
};

// Parts of the pixels that are not 0.
Components components(const GreyImage& mask);

}  // namespace dengji
