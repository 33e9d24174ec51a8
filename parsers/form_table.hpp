// A table of a form as rows of the cells that cover them, those merged down from above included,
// and what a cell says. Places only; what a cell means is form_pairs'.
#pragma once
#include <string>
#include <vector>

#include "parsers/document.hpp"

namespace dengji {

struct Slot {  // a cell as it covers one row
  const Cell* cell = nullptr;
  int row = 0;           // where it starts
  bool carried = false;  // merged down from a row above
};
using Line = std::vector<Slot>;  // by column

// One for each row; of the cells that reach down at most limits::carried_cells.
std::vector<Line> lines_of(const Table& table);

// The cell that starts at a grid column of the row, null where none does.
const Cell* at_column(const Line& line, int column);

// The text of a cell and of the tables in it, a line each.
std::string text_of(const Cell& cell);

bool blank(const Cell& cell);  // neither text nor a table

}  // namespace dengji
