// Where a photographed sheet of paper lies on a darker or more coloured desk. Any thread.
#pragma once
#include <optional>

#include "ocr/image.hpp"

namespace dengji {

struct FoundSheet {
  Quad corners;       // in pixels of the picture; may lie a little outside of it
  bool whole = true;  // all four sides are in the picture: its proportions can be trusted
};

// Empty where the sheet fills the picture or no clear quadrilateral is seen. `page`: at least 300
// pixels on the longer side.
std::optional<FoundSheet> find_sheet(const ColourImage& page);

}  // namespace dengji
