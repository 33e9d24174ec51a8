#include "parsers/word_binary.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "parsers/code_page.hpp"
#include "parsers/document_builder.hpp"
#include "parsers/limits.hpp"
#include "parsers/paragraph_flow.hpp"
#include "parsers/symbols.hpp"
#include "parsers/word_boxes.hpp"
#include "parsers/word_field.hpp"
#include "parsers/word_file.hpp"
#include "parsers/word_formatting.hpp"
#include "parsers/word_pieces.hpp"

namespace dengji {
namespace {

constexpr int edge_tolerance = 20;  // twips: below what anybody draws as a column
constexpr std::size_t max_field_depth = 64;
constexpr int windows_latin = 1252;

// Control characters of the text ([MS-DOC] 2.4.1).
enum Control : char16_t {
  picture = 0x01,
  cell_mark = 0x07,
  shape_anchor = 0x08,
  tab = 0x09,
  line_break = 0x0B,
  page_break = 0x0C,
  paragraph_mark = 0x0D,
  column_break = 0x0E,
  field_begin = 0x13,
  field_separator = 0x14,
  field_end = 0x15,
  hard_hyphen = 0x1E,
};

// The text boxes that were not read yet.
class WaitingBoxes {
 public:
  explicit WaitingBoxes(std::vector<WordBox> boxes) : boxes_(std::move(boxes)) {}

  // Those that are anchored there, and all that are left; each is given out once.
  std::vector<WordBox> take(std::uint32_t anchor) {
    const auto [first, last] =
        std::equal_range(boxes_.begin(), boxes_.end(), WordBox{anchor}, before);
    std::vector<WordBox> taken(first, last);
    boxes_.erase(first, last);
    return taken;
  }
  std::vector<WordBox> take_rest() { return std::exchange(boxes_, {}); }

 private:
  static bool before(const WordBox& a, const WordBox& b) { return a.anchor < b.anchor; }
  std::vector<WordBox> boxes_;
};

// Reads one story (body, header, text box) into the builder.
class StoryReader {
 public:
  StoryReader(const WordFile& file, const PieceTable& pieces, const WordFormatting& formatting,
              DocumentBuilder& builder, WaitingBoxes& boxes)
      : file_(file),
        pieces_(pieces),
        formatting_(formatting),
        builder_(builder),
        boxes_(boxes),
        flow_(builder) {}

  void read(std::uint32_t begin, std::uint32_t end);
  void read(const std::vector<WordBox>& boxes);

 private:
  void read_piece(const Piece& piece, std::uint32_t begin, std::uint32_t end);
  void take(char16_t unit, const Piece& piece, std::uint32_t position);
  void take_shape(std::uint32_t position);
  bool take_field(char16_t unit);
  void take_text(char16_t unit);
  void take_code(char16_t code);
  void end_codes();
  void take_symbol(char32_t code, int font);
  bool in_instruction() const { return !fields_.empty() && fields_.back(); }
  void end_paragraph(const ParagraphFormat& format, bool cell_end);

  const WordFile& file_;
  const PieceTable& pieces_;
  const WordFormatting& formatting_;
  DocumentBuilder& builder_;
  WaitingBoxes& boxes_;
  std::vector<WordBox> anchored_;  // in the open paragraph
  ParagraphFlow flow_;
  CharacterFormat format_;
  char16_t high_surrogate_ = 0;
  std::string codes_;         // of Word 6 and 95: text not yet decoded,
  int code_page_ = 0;         // all in one code page
  std::vector<bool> fields_;  // of each open field: inside its instruction
};

void StoryReader::read(std::uint32_t begin, std::uint32_t end) {
  const auto& pieces = pieces_.pieces();
  auto piece = std::partition_point(pieces.begin(), pieces.end(),
                                    [begin](const Piece& p) { return p.end <= begin; });
  for (; piece != pieces.end() && piece->begin < end; ++piece) {
    read_piece(*piece, std::max(begin, piece->begin), std::min(end, piece->end));
  }
  end_codes();
  flow_.finish();
  read(std::exchange(anchored_, {}));
}

void StoryReader::read(const std::vector<WordBox>& boxes) {
  for (const WordBox& box : boxes) {
    builder_.begin_margin(Margin::text_box);
    StoryReader(file_, pieces_, formatting_, builder_, boxes_).read(box.begin, box.end);
    builder_.end_margin();
  }
}

void StoryReader::read_piece(const Piece& piece, std::uint32_t begin, std::uint32_t end) {
  format_ = {};
  for (std::uint32_t position = begin; position < end && !builder_.failed(); ++position) {
    const std::uint32_t offset = piece.offset_of(position);
    if (offset < format_.begin || offset >= format_.end) {
      format_ = formatting_.characters(piece, offset);
    }
    take(pieces_.unit(piece, position), piece, position);
    if (formatting_.over_limit()) builder_.refuse();
  }
}

void StoryReader::take(char16_t unit, const Piece& piece, std::uint32_t position) {
  if (unit < 0x20) end_codes();
  if (unit == cell_mark || unit == paragraph_mark || unit == page_break) {
    const ParagraphFormat format = formatting_.paragraph(piece, piece.offset_of(position));
    const bool ends = unit != page_break || format.ends_paragraph;
    const bool merges =
        unit == paragraph_mark && format_.deleted && !format.inner_cell && !format.row_end;
    if (merges) return flow_.join(format.level);
    if (!ends) return flow_.add(U'\n');
    return end_paragraph(format, unit == cell_mark || format.inner_cell);
  }
  if (unit == shape_anchor) return take_shape(position);
  if (take_field(unit) || format_.deleted || format_.hidden || format_.struck) return;
  if (format_.has_data && unit == picture) {
    // The mark of a form field stands in the field's instruction, which is not shown.
    if (in_instruction()) flow_.add(form_field_text(file_.data, format_.data_offset));
    return;
  }
  if (in_instruction()) return;
  if (format_.symbol != 0) return take_symbol(format_.symbol, format_.font);
  take_text(unit);
}

// A shape that was deleted takes its text along.
void StoryReader::take_shape(std::uint32_t position) {
  const auto boxes = boxes_.take(position);
  if (format_.deleted || format_.hidden || in_instruction()) return;
  anchored_.insert(anchored_.end(), boxes.begin(), boxes.end());
}

bool StoryReader::take_field(char16_t unit) {
  if (unit == field_begin && fields_.size() < max_field_depth) {
    fields_.push_back(true);
  } else if (unit == field_separator && !fields_.empty()) {
    fields_.back() = fields_.size() > 1 && fields_[fields_.size() - 2];
  } else if (unit == field_end && !fields_.empty()) {
    fields_.pop_back();
  }
  return unit == field_begin || unit == field_separator || unit == field_end;
}

void StoryReader::take_text(char16_t unit) {
  if (file_.old && unit >= 0x20 && !formatting_.symbol_font(format_.font)) return take_code(unit);
  end_codes();
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    high_surrogate_ = unit;
    return;
  }
  if (unit >= 0xDC00 && unit <= 0xDFFF && high_surrogate_ != 0) {
    flow_.add(0x10000 + ((high_surrogate_ - 0xD800u) << 10) + (unit - 0xDC00u));
    high_surrogate_ = 0;
    return;
  }
  if (unit == line_break || unit == column_break) return flow_.add(U'\n');
  if (unit == hard_hyphen) return flow_.add(U'-');
  if (unit < 0x20 && unit != tab) return;
  const bool coded = unit > 0x20 && (unit <= 0xFF || (unit >= 0xF000 && unit <= 0xF0FF));
  if (coded && formatting_.symbol_font(format_.font)) return take_symbol(unit, format_.font);
  flow_.add(char32_t{unit});
}

// Where a character has two bytes, the upper one is a lead byte or means nothing.
void StoryReader::take_code(char16_t code) {
  int page = formatting_.code_page(format_.font);
  const bool pair = is_double_byte(page) && code > 0x80FF;
  const bool single = file_.old->wide && !pair && (code & 0x80) != 0;
  if (single && is_double_byte(page)) page = windows_latin;
  if (page != code_page_) end_codes();
  code_page_ = page;
  if (pair) codes_ += static_cast<char>(code >> 8);
  codes_ += static_cast<char>(code & 0xFF);
}

void StoryReader::end_codes() {
  if (!codes_.empty()) flow_.add(from_code_page(codes_, code_page_));
  codes_.clear();
}

void StoryReader::take_symbol(char32_t code, int font) {
  end_codes();
  // Real characters of ordinary fonts are stored as symbols too.
  const bool coded = code <= 0xFF || (code >= 0xF000 && code <= 0xF0FF);
  flow_.add(coded ? symbol(formatting_.font_name(font), code) : code);
}

void StoryReader::end_paragraph(const ParagraphFormat& format, bool cell_end) {
  if (format.row_end && format.level > 0) return flow_.end_row(format.level, format.cells);
  flow_.end_paragraph(format.level);
  read(std::exchange(anchored_, {}));
  if (cell_end && format.level > 0) builder_.end_cell();
}

std::array<std::uint32_t, story_count + 1> story_bounds(const WordFile& file) {
  std::array<std::uint32_t, story_count + 1> bounds{};
  for (std::size_t i = 0; i < story_count; ++i) {
    const std::uint32_t length = std::min<std::uint32_t>(file.story_lengths[i], 0x0FFFFFFF);
    bounds[i + 1] = bounds[i] + length;
  }
  return bounds;
}

}  // namespace

Result<Document> read_word_binary(std::string_view bytes) {
  const Result<WordFile> file = open_word_file(bytes);
  if (!file) return file.reason();
  const auto pieces = PieceTable::read(*file);
  if (!pieces) return Unreadable{Why::damaged, "Word document without a piece table"};
  const WordFormatting formatting(*file, *pieces);
  const auto bounds = story_bounds(*file);
  const auto first = [&](Story story) { return bounds[static_cast<std::size_t>(story)]; };
  auto all_boxes = read_boxes(*file, first(Story::text_boxes), first(Story::header_boxes));
  if (all_boxes.size() > limits::text_boxes) {
    return Unreadable{Why::over_limit, "document over the limit of text boxes"};
  }
  DocumentBuilder builder(FileType::doc, edge_tolerance);
  WaitingBoxes boxes(std::move(all_boxes));
  StoryReader reader(*file, *pieces, formatting, builder, boxes);
  reader.read(first(Story::body), first(Story::footnotes));
  reader.read(boxes.take_rest());
  builder.begin_margin(Margin::header);
  StoryReader(*file, *pieces, formatting, builder, boxes)
      .read(first(Story::headers), first(Story::macros));
  builder.end_margin();
  reader.read({{WordBox::nowhere, first(Story::header_boxes), bounds.back()}});
  return builder.finish();
}

}  // namespace dengji
