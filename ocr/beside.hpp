// A letter of commitment and a certificate photographed side by side: a look flattens one sheet, so
// that the rest of the picture is looked at as a page of its own. Any thread.
#pragma once
#include <optional>

#include "ocr/evidence.hpp"
#include "ocr/prepare.hpp"

namespace dengji {

// The part of the page beside the sheet that was found on it, where another one has room.
std::optional<Box> room_beside(const Page&, const Sheet&);

Page part_of(const Page&, const Box&);

// What both sheets show, if they are a letter and a certificate in either order: the letter's page,
// with the certificate's kind and all that it says; else `first`. `second`: of the part that
// begins at `room`.
PageFacts together(PageFacts first, PageFacts second, const Box& room);

}  // namespace dengji
