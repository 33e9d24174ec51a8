// The shape of a table row in RTF: right edges in twips and merge marks, told cell by cell.
#pragma once
#include <algorithm>
#include <string_view>
#include <vector>

#include "parsers/table_grid.hpp"

namespace dengji {

class RtfRow {
 public:
  // True if the control word was one of a row's definition.
  bool apply(std::string_view word, int number) {
    if (word == "trowd") {
      *this = {};
    } else if (word == "trleft") {
      left_ = std::clamp(number, -max_twips, max_twips);
    } else if (word == "clvmgf") {
      next_.down = Merge::first;
    } else if (word == "clvmrg") {
      next_.down = Merge::continued;
    } else if (word == "clmrg") {
      next_.joins_left = true;
    } else if (word == "cellx") {
      end_cell(number);
    } else {
      return false;
    }
    return true;
  }
  const std::vector<CellPlace>& cells() const { return cells_; }

 private:
  static constexpr int max_twips = 1'000'000;
  static constexpr std::size_t max_cells = 1000;

  void end_cell(int number) {
    if (cells_.size() >= max_cells) return;  // cells without a place stand one after the other
    const int left = cells_.empty() ? left_ : cells_.back().edges->second;
    next_.edges.emplace(left, std::clamp(number, left, max_twips));
    cells_.push_back(next_);
    next_ = {};
  }

  int left_ = 0;
  CellPlace next_;
  std::vector<CellPlace> cells_;
};

}  // namespace dengji
