#include "parsers/form_table.hpp"

#include <algorithm>

#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

void append_text(const Cell& cell, int depth, std::string& out) {
  if (!out.empty() && !cell.text.empty()) out += '\n';
  out += cell.text;
  if (depth <= 0) return;
  for (const Table& table : cell.tables) {
    for (const auto& row : table.rows) {
      for (const Cell& inner : row) append_text(inner, depth - 1, out);
    }
  }
}

}  // namespace

std::vector<Line> lines_of(const Table& table) {
  std::vector<Line> lines(table.rows.size());
  Line open;  // cells that reach further down
  for (std::size_t r = 0; r < lines.size(); ++r) {
    const int row = static_cast<int>(r);
    std::erase_if(open, [&](const Slot& s) { return s.row + s.cell->rowspan <= row; });
    lines[r] = open;
    for (const Cell& cell : table.rows[r]) {
      lines[r].push_back({&cell, row, false});
      if (cell.rowspan > 1 && open.size() < limits::carried_cells) {
        open.push_back({&cell, row, true});
      }
    }
    std::stable_sort(lines[r].begin(), lines[r].end(),
                     [](const Slot& a, const Slot& b) { return a.cell->column < b.cell->column; });
  }
  return lines;
}

const Cell* at_column(const Line& line, int column) {
  const auto slot = std::find_if(line.begin(), line.end(), [&](const Slot& s) {
    return !s.carried && s.cell->column == column;
  });
  return slot == line.end() ? nullptr : slot->cell;
}

std::string text_of(const Cell& cell) {
  std::string out;
  append_text(cell, static_cast<int>(limits::table_depth), out);
  return out;
}

bool blank(const Cell& cell) { return cell.tables.empty() && trim(cell.text).empty(); }

}  // namespace dengji
