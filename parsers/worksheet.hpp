// One sheet of a workbook, gathered cell by cell and then written as a table: where only a few
// cells of a vast grid are used, the table is as small as they are. Runs of empty rows or columns
// between used ones become one, so that a label's empty place beside or below it stays; those
// around the used ones are left out, as is what stands in hidden rows and columns.
//
// Over a limit it goes deaf, and write() refuses the whole document.
#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "parsers/document_builder.hpp"

namespace dengji {

struct SheetPlace {
  int row = 0, column = 0;  // 0-based
  auto operator<=>(const SheetPlace&) const = default;
};

struct SheetArea {
  SheetPlace first, last;  // both in it
};

class Worksheet {
 public:
  // Controls but tab and line end are left out; the last text put to a place counts.
  void put(SheetPlace place, std::string text);
  void merge(const SheetArea& area);
  void hide_row(std::uint16_t row);
  void hide_columns(int first, int last);
  bool over_limit() const { return over_limit_; }
  void write(DocumentBuilder& builder) const;

 private:
  bool hidden(SheetPlace place) const;

  std::map<SheetPlace, std::string> cells_;
  std::vector<SheetArea> areas_;
  std::set<int> hidden_rows_;
  std::vector<std::pair<int, int>> hidden_columns_;
  std::size_t bytes_ = 0;
  bool over_limit_ = false;
};

}  // namespace dengji
