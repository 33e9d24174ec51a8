#include "parsers/worksheet.hpp"

#include <algorithm>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

// The rows (or columns) that the table has, by their numbers in the sheet.
class Lines {
 public:
  explicit Lines(const std::set<int>& used) {
    for (const int number : used) {
      if (!numbers_.empty() && number > numbers_.back() + 1)
        numbers_.push_back(numbers_.back() + 1);
      numbers_.push_back(number);
    }
  }
  std::size_t size() const { return numbers_.size(); }
  std::size_t from(int number) const {  // the first that is not before it
    return static_cast<std::size_t>(std::lower_bound(numbers_.begin(), numbers_.end(), number) -
                                    numbers_.begin());
  }

 private:
  std::vector<int> numbers_;
};

// What stands in each place of the table: a cell once, with its spans.
class Grid {
 public:
  struct Box {
    const std::string* text = nullptr;
    int colspan = 1, rowspan = 1;
    bool covered = false;  // by a merged cell that starts above or at the left
    bool taken = false;    // by a merged cell
  };
  Grid(Lines rows, Lines columns)
      : rows_(std::move(rows)),
        columns_(std::move(columns)),
        boxes_(rows_.size() * columns_.size()) {}

  Box& at(std::size_t row, std::size_t column) { return boxes_[row * columns_.size() + column]; }
  void put(SheetPlace place, const std::string& text) {
    at(rows_.from(place.row), columns_.from(place.column)).text = &text;
  }
  void merge(const SheetArea& area);
  void write(DocumentBuilder& builder);

 private:
  Lines rows_, columns_;
  std::vector<Box> boxes_;
};

// Of merged cells that overlap the first counts.
void Grid::merge(const SheetArea& area) {
  const std::size_t top = rows_.from(area.first.row), bottom = rows_.from(area.last.row + 1);
  const std::size_t left = columns_.from(area.first.column);
  const std::size_t right = columns_.from(area.last.column + 1);
  if (bottom <= top || right <= left) return;
  for (std::size_t r = top; r < bottom; ++r) {
    for (std::size_t c = left; c < right; ++c) {
      if (at(r, c).taken) return;
    }
  }
  for (std::size_t r = top; r < bottom; ++r) {
    for (std::size_t c = left; c < right; ++c) at(r, c).taken = at(r, c).covered = true;
  }
  Box& first = at(top, left);
  first.covered = false;
  first.colspan = static_cast<int>(right - left);
  first.rowspan = static_cast<int>(bottom - top);
}

void Grid::write(DocumentBuilder& builder) {
  builder.begin_table();
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    builder.begin_row();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      const Box& box = at(r, c);
      if (box.covered) continue;
      builder.begin_cell();
      if (box.text != nullptr) builder.text(*box.text);
      CellPlace place;
      place.colspan = box.colspan;
      place.rowspan = box.rowspan;
      builder.end_cell(place);
    }
    builder.end_row();
  }
  builder.end_table();
}

}  // namespace

void Worksheet::put(SheetPlace place, std::string text) {
  std::erase_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n'; });
  if (text.empty() || place.row < 0 || place.column < 0) return;
  bytes_ += text.size();
  over_limit_ = over_limit_ || cells_.size() >= limits::document_cells ||
                bytes_ > limits::document_text_bytes;
  if (!over_limit_) cells_.insert_or_assign(place, std::move(text));
}

void Worksheet::merge(const SheetArea& area) {
  const SheetPlace &first = area.first, &last = area.last;
  if (first.row < 0 || first.column < 0 || last.row < first.row || last.column < first.column) {
    return;
  }
  over_limit_ = over_limit_ || areas_.size() >= limits::sheet_merged_areas;
  if (!over_limit_) areas_.push_back(area);
}

void Worksheet::hide_row(std::uint16_t row) { hidden_rows_.insert(row); }

void Worksheet::hide_columns(int first, int last) {
  over_limit_ = over_limit_ || hidden_columns_.size() >= limits::table_columns;
  if (!over_limit_) hidden_columns_.emplace_back(first, last);
}

bool Worksheet::hidden(SheetPlace place) const {
  return hidden_rows_.contains(place.row) ||
         std::any_of(hidden_columns_.begin(), hidden_columns_.end(), [&place](const auto& range) {
           return place.column >= range.first && place.column <= range.second;
         });
}

void Worksheet::write(DocumentBuilder& builder) const {
  std::set<int> rows, columns;
  for (const auto& [place, text] : cells_) {
    if (hidden(place)) continue;
    rows.insert(place.row);
    columns.insert(place.column);
  }
  const Lines used_rows(rows), used_columns(columns);
  if (over_limit_ || used_rows.size() * used_columns.size() > limits::document_cells) {
    return builder.refuse();
  }
  if (rows.empty()) return;
  Grid grid(used_rows, used_columns);
  for (const auto& [place, text] : cells_) {
    if (!hidden(place)) grid.put(place, text);
  }
  for (const SheetArea& area : areas_) grid.merge(area);
  grid.write(builder);
}

}  // namespace dengji
