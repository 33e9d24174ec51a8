// Text that was recognised with errors against text that is known: likeness by edit distance over
// folded characters (see fold()). Pure functions.
#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace dengji {

// Width, case and traditional forms folded, letters and digits only; "" where nothing is left.
std::u32string fold(std::string_view utf8);

struct Found {
  double score = 0;                // 1 - edits / length of what was sought, 0..1
  std::size_t begin = 0, end = 0;  // the stretch of `text` that it was found in
};

// Where `sought` stands best in `text` (Sellers' algorithm); of equals the first. `confidence`:
// with which each character of `text` was read, 0..1: what was read beyond doubt is no misreading,
// and between two of such nothing was lost. Where there is none, every character may be misread.
Found find_alike(std::u32string_view sought, std::u32string_view text,
                 std::span<const double> confidence = {});

// 1 - edits / the longer length; 1 for two empty texts.
double likeness(std::u32string_view a, std::u32string_view b);

}  // namespace dengji
