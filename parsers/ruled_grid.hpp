// Tables out of straight lines: which lines belong together, which of them are walls, which cells
// they enclose. Knows nothing of what the lines were drawn with.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "parsers/pdf_lines.hpp"

namespace dengji {

struct Rectangle {
  double left = 0, top = 0, right = 0, bottom = 0;
  bool holds(double x, double y) const { return x >= left && x < right && y >= top && y < bottom; }
  double area() const { return (right - left) * (bottom - top); }
};

struct RuledCell {
  int column = 0, colspan = 1, rowspan = 1;
  Rectangle box;
};

class RuledTable {
 public:
  struct Spot {
    std::size_t row = 0, cell = 0;  // indices into rows
  };
  RuledTable(std::vector<double> xs, std::vector<double> ys);

  Rectangle box() const { return {xs_.front(), ys_.front(), xs_.back(), ys_.back()}; }
  std::size_t columns() const { return xs_.size() - 1; }
  const std::vector<std::vector<RuledCell>>& rows() const { return rows_; }
  const RuledCell& at(Spot spot) const { return rows_[spot.row][spot.cell]; }
  std::optional<Spot> cell_at(double x, double y) const;

  // Cells come in rows from the top, in a row from the left; grid lines from..to by number.
  bool taken(std::size_t row, std::size_t column) const;
  void add(std::size_t row, std::size_t column, std::size_t below, std::size_t right);

 private:
  std::vector<double> xs_, ys_;               // the grid lines
  std::vector<std::vector<RuledCell>> rows_;  // a merged cell stands once, in its first row
  std::vector<std::optional<Spot>> owners_;   // of each field of the grid
};

// From the top down. None where the lines are more than limits::pdf_grid_lines or the cells more
// than limits::document_cells.
std::optional<std::vector<RuledTable>> find_tables(std::vector<Line> lines);

}  // namespace dengji
