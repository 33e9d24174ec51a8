// Characters with places on a page, as text: lines from the top down, blanks where there are gaps.
#pragma once
#include <string>
#include <vector>

#include "parsers/ruled_grid.hpp"

namespace dengji {

struct PrintedGlyph {
  char32_t code_point = 0;
  Rectangle box;
  double middle_x() const { return (box.left + box.right) / 2; }
  double middle_y() const { return (box.top + box.bottom) / 2; }
  double height() const { return box.bottom - box.top; }
};

struct PrintedLine {
  std::string text;
  Rectangle box;
};

std::vector<PrintedLine> lines_of(std::vector<PrintedGlyph> glyphs);

// The text of a cell: a line that broke only since the cell was full goes on without a line end.
std::string cell_text(std::vector<PrintedGlyph> glyphs, const Rectangle& cell);

}  // namespace dengji
