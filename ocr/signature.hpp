// Whether somebody signed: handwriting where a form or a letter of commitment asks for a signature.
// What is looked for is ink that is no print: larger than the text about it, or blue. It is never
// read.
#pragma once
#include <optional>

#include "ocr/evidence.hpp"
#include "ocr/page_text.hpp"
#include "ocr/prepare.hpp"

namespace dengji {

// Unset where no place for a signature was found.
std::optional<bool> find_signature(const Sheet&, const PageText&, PageKind);

// Exposed for tests. Where handwriting would stand, in pixels of the upright sheet.
std::optional<Box> signature_place(const PageText&, PageKind, const std::vector<Box>& cells,
                                   int width);

// Is there handwriting in `picture` (light evened)? `text_height`: of print; `print`: boxes of what
// was read as print, which does not count unless it is blue.
bool handwriting(const ColourImage& picture, double text_height, const std::vector<Box>& print);

}  // namespace dengji
