// Connected parts of a mask (8 neighbours). Any thread.
#pragma once
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

struct Component {
  Box box;
  int pixels = 0;
};

struct Components {
  std::vector<Component> parts;  // part i has label i + 1
  std::vector<int> labels;       // width * height; 0 = off
};

// Parts of the pixels that are not 0.
Components components(const GreyImage& mask);

}  // namespace dengji
