// What was seen on a page as boxes to draw on it: seals red, numbers blue, lines that were read
// green, cells grey, and where the page cannot be read a frame that says what fails. Any thread.
#pragma once
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/picture_file.hpp"

namespace dengji {

std::vector<PageMark> marks_of(const PageFacts&);

}  // namespace dengji
