// The text boxes of a Word 97-2003 file: which stretch of their story belongs to which, and where
// in the body the shape around it is anchored ([MS-DOC] 2.8.28 PlcfSpa, 2.8.32 PlcftxbxTxt).
#pragma once
#include <cstdint>
#include <vector>

#include "parsers/word_file.hpp"

namespace dengji {

struct WordBox {
  static constexpr std::uint32_t nowhere = 0xFFFFFFFF;  // in a group of shapes, or broken
  std::uint32_t anchor = nowhere;                       // a position in the body
  std::uint32_t begin = 0, end = 0;                     // positions in the whole text
};

// The boxes whose story begins and ends there, by anchor; no two share a position. Those that Word
// keeps for reuse are left out; where the file tells of none, the story is one box.
std::vector<WordBox> read_boxes(const WordFile& file, std::uint32_t begin, std::uint32_t end);

}  // namespace dengji
