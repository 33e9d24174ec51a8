#include "parsers/table_grid.hpp"

#include <algorithm>
#include <iterator>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int max_columns = static_cast<int>(limits::table_columns);

void append_cell(Cell& to, Cell&& from) {
  if (!to.text.empty() && !from.text.empty()) to.text += '\n';
  to.text += from.text;
  std::move(from.tables.begin(), from.tables.end(), std::back_inserter(to.tables));
}

// A cell merged across goes into the cell at its left, with its width.
void join_across(std::vector<PlacedCell>& row) {
  std::vector<PlacedCell> kept;
  for (PlacedCell& placed : row) {
    if (!placed.place.joins_left || kept.empty()) {
      kept.push_back(std::move(placed));
      continue;
    }
    CellPlace& left = kept.back().place;
    left.colspan =
        std::clamp(left.colspan, 1, max_columns) + std::clamp(placed.place.colspan, 1, max_columns);
    if (left.edges && placed.place.edges) left.edges->second = placed.place.edges->second;
    append_cell(kept.back().cell, std::move(placed.cell));
  }
  row = std::move(kept);
}

std::vector<int> grid_lines(const PlacedRows& rows, int tolerance) {
  std::vector<int> all, lines;
  for (const auto& row : rows) {
    for (const PlacedCell& placed : row) {
      if (!placed.place.edges) continue;
      all.push_back(placed.place.edges->first);
      all.push_back(placed.place.edges->second);
    }
  }
  std::sort(all.begin(), all.end());
  for (const int edge : all) {
    if (lines.empty() || edge - lines.back() > tolerance) lines.push_back(edge);
  }
  return lines;
}

int line_of(const std::vector<int>& lines, int edge) {
  const auto after = std::upper_bound(lines.begin(), lines.end(), edge);
  return static_cast<int>(after - lines.begin()) - 1;
}

void place_by_edges(PlacedRows& rows, int tolerance) {
  const std::vector<int> lines = grid_lines(rows, tolerance);
  for (auto& row : rows) {
    int next = 0;
    for (PlacedCell& placed : row) {
      Cell& cell = placed.cell;
      cell.column = next;
      if (placed.place.edges) {
        cell.column = std::max(next, line_of(lines, placed.place.edges->first));
        cell.colspan = std::max(1, line_of(lines, placed.place.edges->second) - cell.column);
      }
      next = cell.column + cell.colspan;
    }
  }
}

// Columns by counting: what a cell of an earlier row covers with its rowspan is passed over.
void place_by_counts(PlacedRows& rows) {
  std::vector<int> covered;  // per column: rows that are still covered from above
  for (auto& row : rows) {
    std::vector<int> next_covered(covered);
    for (int& rows_left : next_covered) rows_left = std::max(0, rows_left - 1);
    std::size_t column = 0;
    for (PlacedCell& placed : row) {
      const CellPlace& place = placed.place;
      column += static_cast<std::size_t>(std::clamp(place.before, 0, max_columns));
      while (column < covered.size() && covered[column] > 0) ++column;
      placed.cell.column = static_cast<int>(column);
      placed.cell.colspan = std::clamp(place.colspan, 1, max_columns);
      column += static_cast<std::size_t>(placed.cell.colspan);
      if (column > limits::table_columns) return;
      if (next_covered.size() < column) next_covered.resize(column);
      const auto first = static_cast<std::size_t>(placed.cell.column);
      std::fill(next_covered.begin() + static_cast<std::ptrdiff_t>(first),
                next_covered.begin() + static_cast<std::ptrdiff_t>(column),
                std::max(1, place.rowspan) - 1);
    }
    covered = std::move(next_covered);
  }
}

bool too_wide(const PlacedRows& rows) {
  const auto beyond = [](const PlacedCell& placed) {
    return placed.cell.column + placed.cell.colspan > max_columns;
  };
  return std::any_of(rows.begin(), rows.end(), [&](const auto& row) {
    return std::any_of(row.begin(), row.end(), beyond);  // those behind it have no place yet
  });
}

struct Above {  // the merged cell that is open in a column
  std::size_t row = 0, index = 0;
  bool open = false;
};

// Marks of vertical merging to rowspans; a continued cell without a first one is a cell.
Table merge_down(PlacedRows& rows) {
  Table table;
  std::vector<Above> above;
  for (auto& row : rows) {
    const std::size_t number = table.rows.size();
    auto& out = table.rows.emplace_back();
    for (PlacedCell& placed : row) {
      const auto column = static_cast<std::size_t>(placed.cell.column);
      if (above.size() <= column) above.resize(column + 1);
      Above& open = above[column];
      if (placed.place.down == Merge::continued && open.open) {
        Cell& first = table.rows[open.row][open.index];
        first.rowspan = static_cast<int>(number - open.row) + 1;
        append_cell(first, std::move(placed.cell));
        continue;
      }
      open = {number, out.size(), placed.place.down != Merge::none};
      placed.cell.rowspan = std::max(1, placed.place.rowspan);
      out.push_back(std::move(placed.cell));
    }
  }
  return table;
}

void clip_rowspans(Table& table) {
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    const int left = static_cast<int>(table.rows.size() - row);
    for (Cell& cell : table.rows[row]) cell.rowspan = std::min(cell.rowspan, left);
  }
}

}  // namespace

std::optional<Table> make_table(PlacedRows rows, int tolerance) {
  bool edges = false;
  for (auto& row : rows) {
    join_across(row);
    edges = edges || std::any_of(row.begin(), row.end(),
                                 [](const PlacedCell& c) { return c.place.edges.has_value(); });
  }
  if (edges) {
    place_by_edges(rows, tolerance);
  } else {
    place_by_counts(rows);
  }
  if (too_wide(rows)) return std::nullopt;
  Table table = merge_down(rows);
  clip_rowspans(table);
  return table;
}

}  // namespace dengji
