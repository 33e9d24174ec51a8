// The piece table ([MS-DOC] 2.8.35, 2.9.38): which bytes of the WordDocument stream are the text's
// characters, in which order. A fast-saved file has its text in many pieces, out of order.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parsers/word_file.hpp"

namespace dengji {

struct Piece {
  std::uint32_t begin = 0, end = 0;  // character positions
  std::uint32_t offset = 0;          // of the first character's bytes
  bool narrow = false;               // one byte a character, else two
  std::uint16_t modifier = 0;        // formatting that holds for the whole piece

  std::uint32_t width() const { return narrow ? 1 : 2; }
  std::uint32_t offset_of(std::uint32_t position) const {
    return offset + (position - begin) * width();
  }
};

class PieceTable {
 public:
  // Holds views into `file`. None where there is no table with at least one piece.
  static std::optional<PieceTable> read(const WordFile& file);

  const std::vector<Piece>& pieces() const { return pieces_; }
  // UTF-16, but in Word 6 and 95 bytes or pairs of bytes of a code page.
  char16_t unit(const Piece& piece, std::uint32_t position) const;

  // The list of modifiers that a piece's `modifier` names when it is not a one-byte code, else "".
  std::string_view modifiers(std::uint16_t modifier) const;

 private:
  std::string_view document_;
  bool coded_ = false;
  std::vector<Piece> pieces_;
  std::vector<std::string_view> lists_;
};

}  // namespace dengji
