#include "parsers/paragraph_flow.hpp"

#include <utility>

#include "parsers/limits.hpp"
#include "parsers/symbols.hpp"

namespace dengji {

void ParagraphFlow::add(std::string_view utf8) {
  if (paragraph_.size() + utf8.size() > limits::document_text_bytes) return builder_.refuse();
  paragraph_ += utf8;
}

void ParagraphFlow::add(char32_t code_point) {
  std::string utf8;
  append_utf8(utf8, code_point);
  add(utf8);
}

void ParagraphFlow::go_to_level(int level) {
  while (builder_.cell_depth() > level && !builder_.failed()) {
    builder_.end_cell();
    builder_.end_table();
  }
  if (builder_.cell_depth() == level && builder_.in_table()) builder_.end_table();
  while (builder_.cell_depth() < level && !builder_.failed()) builder_.begin_cell();
}

void ParagraphFlow::join(int level) {
  part(level);
  joint_ = {paragraph_.size(), level};
}

// What stands before a deleted mark of another level is a paragraph there.
void ParagraphFlow::part(int level) {
  const auto joint = std::exchange(joint_, std::nullopt);
  if (!joint || joint->level == level || joint->at == 0) return;
  std::string rest = paragraph_.substr(joint->at);
  paragraph_.resize(joint->at);
  end_paragraph(joint->level);
  paragraph_ = std::move(rest);
}

void ParagraphFlow::end_paragraph(int level) {
  part(level);
  go_to_level(level);
  builder_.text(paragraph_);
  builder_.end_paragraph();
  paragraph_.clear();
}

void ParagraphFlow::end_cell(int level) {
  end_paragraph(level);
  if (level > 0) builder_.end_cell();
}

void ParagraphFlow::end_row(int level, const std::vector<CellPlace>& cells) {
  part(level);
  // A row's own mark ends no cell: what is open is a cell that lost its mark.
  while (builder_.cell_depth() >= level && level > 0 && !builder_.failed()) {
    if (builder_.cell_depth() > level) builder_.end_table();
    builder_.end_cell();
  }
  builder_.place_cells(cells);
  builder_.end_row();
  paragraph_.clear();
}

void ParagraphFlow::finish() {
  if (!paragraph_.empty()) end_paragraph(0);
  go_to_level(0);
}

}  // namespace dengji
