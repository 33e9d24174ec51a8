// The formatting that decides what a Word 6-2003 text means: which paragraphs are cells and row
// ends, which characters are deleted, hidden or symbols. Found by byte offset in formatted disk
// pages
// ([MS-DOC] 2.9.175 PapxFkp, 2.9.33 ChpxFkp) and, on top, by what a piece says for all of itself.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/table_grid.hpp"
#include "parsers/word_file.hpp"
#include "parsers/word_pieces.hpp"
#include "parsers/word_sprm.hpp"

namespace dengji {

struct ParagraphFormat {
  int level = 0;                 // how many tables it is in
  bool row_end = false;          // this mark ends a row
  bool inner_cell = false;       // this mark ends a cell of a nested table
  bool ends_paragraph = true;    // the offset asked for is the last of the paragraph's range
  std::vector<CellPlace> cells;  // of a row end: the row's cells, edges in twips
};

struct CharacterFormat {
  std::uint32_t begin = 0, end = 0;  // the range of offsets it holds for
  bool deleted = false, hidden = false, struck = false;
  bool special = false;           // a control character with a meaning of its own
  std::uint32_t data_offset = 0;  // in the Data stream, of a picture or form field
  bool has_data = false;
  char32_t symbol = 0;  // 0: none; else shown instead of the character
  int font = -1;        // number of an explicitly set font, -1: none
};

class WordFormatting {
 public:
  explicit WordFormatting(const WordFile& file, const PieceTable& pieces);

  ParagraphFormat paragraph(const Piece& piece, std::uint32_t offset) const;
  CharacterFormat characters(const Piece& piece, std::uint32_t offset) const;
  // The limit of modifiers was passed: from then on there are none.
  bool over_limit() const { return budget_.spent(); }
  bool symbol_font(int font) const;
  std::string_view font_name(int font) const;
  int code_page(int font) const;  // of Word 6 and 95: what text in that font is in

  struct Font {
    std::string name;
    int charset = 0;
  };

 private:
  const WordFile& file_;
  const PieceTable& pieces_;
  std::vector<Font> fonts_;
  mutable SprmBudget budget_;
};

}  // namespace dengji
