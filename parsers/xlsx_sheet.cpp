#include "parsers/xlsx_sheet.hpp"

#include <charconv>
#include <optional>
#include <utility>

#include "parsers/xlsx_parts.hpp"
#include "parsers/xml.hpp"

namespace dengji {
namespace {

constexpr int max_row = 1'048'576, max_column = 16'384;  // the format's own limits

template <class Number = int>
std::optional<Number> number_of(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view value) { return value == "1" || value == "true"; }

class WorksheetReader final : public XmlHandler {
 public:
  explicit WorksheetReader(const Workbook& book) : book_(book) {}

  void start(const XmlElement& element) override;
  void end(std::string_view name) override;
  void text(std::string_view utf8) override;
  bool done() const override { return sheet_.over_limit(); }
  void write(DocumentBuilder& builder) const;

 private:
  void start_row(const XmlElement& element);
  void start_cell(const XmlElement& element);
  void end_cell();
  std::string number() const;
  void hide_columns(const XmlElement& element);
  void merge(std::string_view reference);

  const Workbook& book_;
  Worksheet sheet_;
  SheetPlace next_;  // where a cell without a reference stands
  SheetPlace place_;
  std::string type_, value_;
  std::size_t style_ = 0;
  bool row_hidden_ = false, in_cell_ = false, in_value_ = false, in_header_ = false;
  XlsxTextReader inline_;
  std::vector<std::string> headers_;
};

void WorksheetReader::start(const XmlElement& element) {
  const std::string_view name = element.name();
  if (in_cell_) {
    inline_.start(name, element.value("val"));
    in_value_ = name == "v";
    return;
  }
  if (name == "row") return start_row(element);
  if (name == "c") return start_cell(element);
  if (name == "col") return hide_columns(element);
  if (name == "mergeCell") return merge(element.value("ref"));
  in_header_ = name == "oddHeader" || name == "oddFooter" || name == "firstHeader";
  if (in_header_) headers_.emplace_back();
}

void WorksheetReader::start_row(const XmlElement& element) {
  if (const auto row = number_of(element.value("r")); row && *row >= 1 && *row <= max_row) {
    next_.row = *row - 1;
  }
  next_.column = 0;
  row_hidden_ = is_true(element.value("hidden"));
}

void WorksheetReader::start_cell(const XmlElement& element) {
  place_ = place_of(element.value("r")).value_or(next_);
  next_.column = place_.column + 1;
  type_ = element.value("t");
  style_ = static_cast<std::size_t>(std::max(0, number_of(element.value("s")).value_or(0)));
  value_.clear();
  in_cell_ = true;
}

void WorksheetReader::hide_columns(const XmlElement& element) {
  const auto first = number_of(element.value("min")), last = number_of(element.value("max"));
  if (first && last && is_true(element.value("hidden"))) sheet_.hide_columns(*first - 1, *last - 1);
}

void WorksheetReader::merge(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  if (colon == reference.npos) return;
  const auto first = place_of(reference.substr(0, colon));
  const auto last = place_of(reference.substr(colon + 1));
  if (first && last) sheet_.merge({*first, *last});
}

void WorksheetReader::text(std::string_view utf8) {
  if (in_header_) headers_.back() += utf8;
  if (in_value_) value_ += utf8;
  if (in_cell_) inline_.text(utf8);
}

void WorksheetReader::end(std::string_view name) {
  in_value_ = in_header_ = false;
  if (name == "row") ++next_.row;
  if (!in_cell_) return;
  if (name == "c") return end_cell();
  inline_.end(name);
}

// A whole number that a program wrote with more digits than Excel keeps has them all.
std::string WorksheetReader::number() const {
  const bool plain = book_.style(style_).format.kind == NumberFormat::Kind::plain;
  if (plain && value_.find_first_not_of("0123456789") == value_.npos) return value_;
  const auto value = number_of<double>(value_);
  return value ? book_.number(*value, style_) : "";
}

void WorksheetReader::end_cell() {
  in_cell_ = false;
  const CellText own = inline_.take();
  if (row_hidden_) return;
  if (type_ == "s") {
    const auto string = number_of(value_);
    if (string && *string >= 0) {
      sheet_.put(place_, book_.shared(static_cast<std::size_t>(*string), style_));
    }
  } else if (type_ == "b") {
    sheet_.put(place_, std::string(shown_boolean(is_true(value_))));
  } else if (type_ == "inlineStr") {
    sheet_.put(place_, book_.shown(own, style_));
  } else if (type_.empty() || type_ == "n") {
    sheet_.put(place_, number());
  } else if (type_ == "d") {  // ISO 8601
    sheet_.put(place_, value_.substr(0, value_.find('T')));
  } else {  // an error, a formula's text
    sheet_.put(place_, book_.shown({unescape_xstring(value_), ""}, style_));
  }
}

void WorksheetReader::write(DocumentBuilder& builder) const {
  sheet_.write(builder);
  for (const std::string& header : headers_) {
    builder.begin_margin(Margin::header);
    builder.text(page_text(header));
    builder.end_margin();
  }
}

// 20.1.2.2 and 21.1.2: shapes with paragraphs of runs of text.
class DrawingReader final : public XmlHandler {
 public:
  explicit DrawingReader(DocumentBuilder& builder) : builder_(builder) {}

  void start(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (name == "txBody" && !in_body_) {
      in_body_ = true;
      builder_.begin_margin(Margin::text_box);
    }
    in_text_ = in_body_ && name == "t";
    if (in_body_ && name == "br") builder_.text("\n");
  }
  void end(std::string_view name) override {
    in_text_ = false;
    if (in_body_ && name == "p") builder_.end_paragraph();
    if (name != "txBody") return;
    in_body_ = false;
    builder_.end_margin();
  }
  void text(std::string_view utf8) override {
    if (in_text_) builder_.text(utf8);
  }
  bool done() const override { return builder_.failed(); }

 private:
  DocumentBuilder& builder_;
  bool in_body_ = false, in_text_ = false;
};

}  // namespace

std::optional<SheetPlace> place_of(std::string_view reference) {
  SheetPlace place{0, 0};
  std::size_t at = 0;
  for (; at < reference.size() && place.column <= max_column; ++at) {
    const char c = reference[at];
    if (c == '$') continue;
    if (c < 'A' || c > 'Z') break;
    place.column = place.column * 26 + (c - 'A' + 1);
  }
  if (at < reference.size() && reference[at] == '$') ++at;
  place.row = number_of(reference.substr(at)).value_or(0);
  if (place.column < 1 || place.column > max_column || place.row < 1 || place.row > max_row) {
    return std::nullopt;
  }
  return SheetPlace{place.row - 1, place.column - 1};
}

std::optional<Unreadable> read_worksheet(std::string_view xml, const Workbook& book,
                                         DocumentBuilder& builder) {
  WorksheetReader reader(book);
  const auto problem = read_xml(xml, reader);
  if (problem && !reader.done()) return problem;
  reader.write(builder);
  return std::nullopt;
}

std::optional<Unreadable> read_drawing(std::string_view xml, DocumentBuilder& builder) {
  DrawingReader reader(builder);
  return read_xml(xml, reader);
}

}  // namespace dengji
