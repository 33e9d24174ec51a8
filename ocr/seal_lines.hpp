// The lines of print that a seal of any shape may be laid out as, upright and in reading order: the
// ring of a round or oval one, the columns or rows of a square one. Pure pixels, any thread.
#pragma once
#include <cstddef>
#include <vector>

#include "ocr/seal_find.hpp"

namespace dengji {

// For a text of `count` characters, `height` pixels high, the likeliest first. count 0: as many as
// the ink looks like.
std::vector<GreyImage> seal_lines(const FoundSeal&, std::size_t count, int height);

}  // namespace dengji
