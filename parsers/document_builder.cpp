#include "parsers/document_builder.hpp"

#include <algorithm>

#include "parsers/limits.hpp"
#include "parsers/symbols.hpp"

namespace dengji {

struct DocumentBuilder::OpenTable {
  PlacedRows rows;
  bool row_open = false;
};

// What paragraphs go into: the body, a cell or a margin.
struct DocumentBuilder::Frame {
  enum class Kind { body, cell, header, text_box } kind = Kind::body;
  std::string paragraph;           // the open one
  std::string text;                // of a cell or margin: its ended paragraphs
  std::vector<Table> tables;       // of a cell
  std::optional<OpenTable> table;  // the open one
};

namespace {

void strip_line_ends(std::string& text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
}

void append_table_text(std::string& to, const Table& table) {
  for (const auto& row : table.rows) {
    for (const Cell& cell : row) {
      to += cell.text + '\n';
      for (const Table& nested : cell.tables) append_table_text(to, nested);
    }
  }
}

// U+F000..U+F0FF is where symbol fonts live; in UTF-8 it is EF 80 80 .. EF 83 BF.
bool symbol_at(std::string_view text, std::size_t at) {
  const auto second = static_cast<unsigned char>(at + 2 < text.size() ? text[at + 1] : '\0');
  return text[at] == '\xEF' && second >= 0x80 && second <= 0x83;
}

// What a person can neither type nor see: a cell that holds a NUL would end there for others.
bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == 0x7F || (byte < 0x20 && c != '\n' && c != '\t');
}

}  // namespace

DocumentBuilder::DocumentBuilder(FileType kind, int tolerance)
    : kind_(kind), tolerance_(tolerance), frames_(1) {}

DocumentBuilder::~DocumentBuilder() = default;

DocumentBuilder::Frame& DocumentBuilder::top() { return frames_.back(); }

bool DocumentBuilder::fits(std::size_t bytes) {
  bytes_ += bytes;
  over_limit_ = over_limit_ || bytes_ > limits::document_text_bytes;
  return !over_limit_;
}

void DocumentBuilder::text(std::string_view utf8) {
  if (!fits(utf8.size())) return;
  std::string& paragraph = top().paragraph;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    if (!symbol_at(utf8, i)) {
      if (!is_control(utf8[i])) paragraph += utf8[i];
      continue;
    }
    const auto low = static_cast<char32_t>((utf8[i + 1] & 0x3F) << 6 | (utf8[i + 2] & 0x3F));
    append_utf8(paragraph, symbol("", low));
    i += 2;
  }
}

void DocumentBuilder::character(char32_t code_point) {
  std::string utf8;
  append_utf8(utf8, code_point);
  text(utf8);
}

void DocumentBuilder::end_paragraph() {
  if (!fits(1)) return;
  Frame& frame = top();
  if (frame.kind == Frame::Kind::body) {
    const bool blank = frame.paragraph.find_first_not_of('\n') == std::string::npos;
    if (!blank) blocks_.push_back({std::move(frame.paragraph), {}});
  } else {
    frame.text += frame.paragraph + '\n';
  }
  frame.paragraph.clear();
}

void DocumentBuilder::begin_table() {
  if (top().table) end_table();
  if (!top().paragraph.empty()) end_paragraph();
  top().table.emplace();
}

void DocumentBuilder::begin_row() {
  if (!top().table) begin_table();
  if (top().table->row_open) end_row();
  // An empty row is as dear as a cell to who reads the table.
  if (over_limit_ || ++cells_ > limits::document_cells ||
      static_cast<std::size_t>(cell_depth()) >= limits::table_depth) {
    over_limit_ = true;
    return;
  }
  top().table->rows.emplace_back();
  top().table->row_open = true;
}

void DocumentBuilder::begin_cell() {
  if (!in_row()) begin_row();
  // Text boxes in cells may hold tables: those count too.
  const auto depth = static_cast<std::size_t>(std::count_if(
      frames_.begin(), frames_.end(), [](const Frame& f) { return f.kind == Frame::Kind::cell; }));
  over_limit_ = over_limit_ || ++cells_ > limits::document_cells || depth >= limits::table_depth;
  if (over_limit_) return;
  frames_.emplace_back();
  top().kind = Frame::Kind::cell;
}

void DocumentBuilder::end_cell(const CellPlace& place) {
  if (over_limit_ || top().kind != Frame::Kind::cell) return;
  if (top().table) end_table();
  if (!top().paragraph.empty()) end_paragraph();
  Cell cell;
  cell.text = std::move(top().text);
  strip_line_ends(cell.text);
  cell.tables = std::move(top().tables);
  frames_.pop_back();
  top().table->rows.back().push_back({std::move(cell), place});
}

void DocumentBuilder::place_cells(const std::vector<CellPlace>& places) {
  if (!in_row()) return;
  auto& row = top().table->rows.back();
  for (std::size_t i = 0; i < std::min(row.size(), places.size()); ++i) row[i].place = places[i];
}

void DocumentBuilder::end_row(int before) {
  if (over_limit_) return;
  if (!top().table && top().kind == Frame::Kind::cell) end_cell();
  if (!in_row()) return;
  auto& row = top().table->rows.back();
  if (before > 0 && !row.empty()) row.front().place.before = before;
  top().table->row_open = false;
}

void DocumentBuilder::drop_row() {
  if (!in_row()) return;
  top().table->rows.pop_back();
  top().table->row_open = false;
}

void DocumentBuilder::end_table() {
  if (over_limit_) return;
  if (!top().table && top().kind == Frame::Kind::cell) end_cell();
  if (!top().table) return;
  PlacedRows rows = std::move(top().table->rows);
  top().table.reset();
  if (rows.empty()) return;
  std::optional<Table> table = make_table(std::move(rows), tolerance_);
  if (!table) {
    over_limit_ = true;
    return;
  }
  put_table(std::move(*table));
}

void DocumentBuilder::put_table(Table table) {
  // The innermost that is no text box.
  const auto frame = std::find_if(frames_.rbegin(), frames_.rend(),
                                  [](const Frame& f) { return f.kind != Frame::Kind::text_box; });
  if (frame->kind == Frame::Kind::cell) return frame->tables.push_back(std::move(table));
  if (top().kind == Frame::Kind::header) return append_table_text(top().text, table);
  blocks_.push_back({"", {}});
  blocks_.back().table.push_back(std::move(table));
}

void DocumentBuilder::begin_margin(Margin kind) {
  if (over_limit_) return;
  // Text boxes within text boxes: as deep as tables may nest.
  if (frames_.size() > 2 * limits::table_depth) {
    over_limit_ = true;
    return;
  }
  frames_.emplace_back();
  top().kind = kind == Margin::header ? Frame::Kind::header : Frame::Kind::text_box;
}

void DocumentBuilder::end_margin() {
  if (over_limit_) return;
  while (top().kind == Frame::Kind::cell) end_cell();
  if (top().kind == Frame::Kind::body) return;
  if (top().table) end_table();
  if (over_limit_) return;
  if (!top().paragraph.empty()) end_paragraph();
  strip_line_ends(top().text);
  top().text.erase(0, top().text.find_first_not_of('\n'));
  if (!top().text.empty()) margins_.push_back(std::move(top().text));
  frames_.pop_back();
}

int DocumentBuilder::cell_depth() const {
  int depth = 0;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->kind != Frame::Kind::cell) break;
    ++depth;
  }
  return depth;
}

bool DocumentBuilder::in_table() const { return frames_.back().table.has_value(); }

bool DocumentBuilder::in_row() const { return in_table() && frames_.back().table->row_open; }

Result<Document> DocumentBuilder::finish() {
  while (!over_limit_ && frames_.size() > 1) {
    if (top().kind == Frame::Kind::cell) {
      end_cell();
    } else {
      end_margin();
    }
  }
  if (!over_limit_ && top().table) end_table();
  if (!over_limit_ && !top().paragraph.empty()) end_paragraph();
  if (over_limit_) return Unreadable{Why::over_limit, "document over the limits of text or cells"};
  Document document;
  document.kind = kind_;
  document.blocks = std::move(blocks_);
  document.margins = std::move(margins_);
  return document;
}

}  // namespace dengji
