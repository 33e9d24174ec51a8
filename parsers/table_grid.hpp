// From cells as a format tells them (spans, merge marks or edges in twips or points) to a Table
// whose cells stand at grid columns, each merged area once.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "parsers/document.hpp"

namespace dengji {

enum class Merge { none, first, continued };

// Where a cell stands in its row. A format gives either edges or counts.
struct CellPlace {
  int before = 0;  // grid columns left out in front of it
  int colspan = 1, rowspan = 1;
  Merge down = Merge::none;
  bool joins_left = false;                   // merged across: belongs to the cell before it
  std::optional<std::pair<int, int>> edges;  // left and right, in any unit, one for the whole table
};

struct PlacedCell {
  Cell cell;
  CellPlace place;
};

using PlacedRows = std::vector<std::vector<PlacedCell>>;

// Edges nearer than `tolerance` to each other are the same grid line. None where the table would be
// wider than limits::table_columns.
std::optional<Table> make_table(PlacedRows rows, int tolerance);

}  // namespace dengji
