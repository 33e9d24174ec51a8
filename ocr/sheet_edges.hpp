// Where a photographed sheet of paper lies on a darker or more coloured desk. Any thread.
#pragma once
#include <optional>

#include "ocr/image.hpp"

namespace dengji {

// The corners of the sheet in pixels of `page` (about 300 to 1,200 on the longer side). Empty where
// the sheet fills the picture or no clear quadrilateral is seen.
std::optional<Quad> find_sheet(const ColourImage& page);

}  // namespace dengji
