#include "parsers/html.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_map>
#include <vector>

#include "parsers/document_builder.hpp"
#include "parsers/message.hpp"
#include "parsers/symbols.hpp"
#include "parsers/text.hpp"
#include "parsers/xml.hpp"

namespace dengji {
namespace {

constexpr std::size_t head_bytes = 4096;  // where a page says its charset
constexpr int max_span = 1000;
constexpr char32_t first_ideographic = 0x2E80;

enum class Tag { other, skipped, block, line_break, input, table, row, cell };

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> tags{
      {"head", Tag::skipped},     {"script", Tag::skipped},   {"style", Tag::skipped},
      {"title", Tag::skipped},    {"del", Tag::skipped},      {"template", Tag::skipped},
      {"s", Tag::skipped},        {"strike", Tag::skipped},   {"rt", Tag::skipped},
      {"noscript", Tag::skipped}, {"xml", Tag::skipped},      {"p", Tag::block},
      {"div", Tag::block},        {"li", Tag::block},         {"h1", Tag::block},
      {"h2", Tag::block},         {"h3", Tag::block},         {"h4", Tag::block},
      {"h5", Tag::block},         {"h6", Tag::block},         {"center", Tag::block},
      {"pre", Tag::block},        {"blockquote", Tag::block}, {"dt", Tag::block},
      {"dd", Tag::block},         {"hr", Tag::block},         {"caption", Tag::block},
      {"br", Tag::line_break},    {"input", Tag::input},      {"table", Tag::table},
      {"tr", Tag::row},           {"td", Tag::cell},          {"th", Tag::cell}};
  const auto found = tags.find(name);
  return found == tags.end() ? Tag::other : found->second;
}

std::string compact_lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' || c == '\n' || c == '\t') continue;
    out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return out;
}

bool is_hidden(const XmlElement& element) {
  const std::string style = compact_lower(element.value("style"));
  return element.has("hidden") || style.find("display:none") != style.npos ||
         style.find("mso-hide:all") != style.npos ||
         (style.find("text-decoration") != style.npos && style.find("line-through") != style.npos);
}

// The font that an element asks for by itself, "" where it asks for none.
std::string own_font(const XmlElement& element) {
  if (element.name() == "font") return std::string(element.value("face"));
  const std::string_view style = element.value("style");
  constexpr std::string_view key = "font-family:";
  std::size_t at = style.find("mso-symbol-font-family:");
  at = at == style.npos ? style.find(key) : at + 11;
  if (at == style.npos) return {};
  std::string_view value = style.substr(at + key.size());
  value = value.substr(0, value.find_first_of(";,"));
  while (!value.empty() && (value.front() == ' ' || value.front() == '"')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '"')) value.remove_suffix(1);
  return std::string(value);
}

int span(const XmlElement& element, std::string_view name, int none) {
  const std::string_view text = element.value(name);
  int value = none;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 0, max_span);
}

CellPlace place_of(const XmlElement& element) {
  CellPlace place;
  place.colspan = std::max(1, span(element, "colspan", 1));
  place.rowspan = span(element, "rowspan", 1);
  if (place.rowspan == 0) place.rowspan = max_span;  // down to the table's end
  return place;
}

class HtmlReader final : public XmlHandler {
 public:
  explicit HtmlReader(DocumentBuilder& builder) : builder_(builder) {}

  void start(const XmlElement& element) override;
  void end(std::string_view name) override;
  void text(std::string_view utf8) override;
  bool done() const override { return builder_.failed(); }
  void finish() { end_paragraph(); }

 private:
  struct Open {
    Tag tag = Tag::other;
    std::string font;
  };
  void add(char32_t c);
  void end_paragraph();

  DocumentBuilder& builder_;
  std::vector<Open> open_;
  std::vector<CellPlace> places_;
  std::size_t skipped_ = 0;
  char32_t last_ = 0;                      // of the paragraph so far; 0: it is empty
  bool blank_ = false, line_end_ = false;  // a run of blanks, not yet written
};

void HtmlReader::start(const XmlElement& element) {
  const Tag tag = tag_of(element.name());
  if (skipped_ > 0 || tag == Tag::skipped || is_hidden(element)) {
    ++skipped_;
    return;
  }
  const std::string font = own_font(element);
  open_.push_back({tag, font.empty() && !open_.empty() ? open_.back().font : font});
  if (tag == Tag::line_break) return add(U'\n');
  if (tag == Tag::input) {
    const std::string type = compact_lower(element.value("type"));
    if (type == "checkbox" || type == "radio") add(element.has("checked") ? ticked_box : empty_box);
    if (type == "text" || type.empty()) text(element.value("value"));
    return;
  }
  if (tag == Tag::other) return;
  end_paragraph();
  if (tag == Tag::table) builder_.begin_table();
  if (tag == Tag::row) builder_.begin_row();
  if (tag == Tag::cell) {
    builder_.begin_cell();
    places_.push_back(place_of(element));
  }
}

void HtmlReader::end(std::string_view) {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  if (open_.empty()) return;
  const Tag tag = open_.back().tag;
  open_.pop_back();
  if (tag == Tag::other || tag == Tag::line_break || tag == Tag::input) return;
  end_paragraph();
  if (tag == Tag::cell) {
    builder_.end_cell(places_.back());
    places_.pop_back();
  }
  if (tag == Tag::row) builder_.end_row();
  if (tag == Tag::table) builder_.end_table();
}

// Blanks of the source are one blank; a line end between two ideographs is none.
void HtmlReader::text(std::string_view utf8) {
  if (skipped_ > 0) return;
  const std::string font = open_.empty() ? "" : open_.back().font;
  const bool symbols = is_symbol_font(font);
  for (const char32_t c : code_points(utf8)) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      blank_ = true;
      line_end_ = line_end_ || c == '\n';
      continue;
    }
    const bool joined = line_end_ && last_ >= first_ideographic && c >= first_ideographic;
    if (blank_ && last_ != 0 && last_ != '\n' && !joined) builder_.character(U' ');
    const bool coded = c <= 0xFF || (c >= 0xF000 && c <= 0xF0FF);
    add(symbols && coded ? symbol(font, c) : c);
  }
}

void HtmlReader::add(char32_t c) {
  builder_.character(c);
  last_ = c;
  blank_ = line_end_ = false;
}

void HtmlReader::end_paragraph() {
  if (last_ != 0) builder_.end_paragraph();
  last_ = 0;
  blank_ = line_end_ = false;
}

std::string declared_charset(std::string_view bytes) {
  const std::string head = compact_lower(bytes.substr(0, head_bytes));
  const std::size_t at = head.find("charset=");
  if (at == head.npos) return {};
  const std::size_t begin = head.find_first_not_of("\"'", at + 8);
  if (begin == head.npos) return {};
  return head.substr(begin, head.find_first_of("\"';/>", begin) - begin);
}

Result<Document> read(std::string_view utf8, FileType kind) {
  DocumentBuilder builder(kind);
  HtmlReader reader(builder);
  const auto problem = read_html(utf8, reader);
  if (problem && !builder.failed()) return *problem;
  reader.finish();
  return builder.finish();
}

}  // namespace

Result<Document> read_html_document(std::string_view bytes) {
  return read(to_utf8(bytes, declared_charset(bytes)), FileType::html);
}

Result<Document> read_mht(std::string_view bytes) {
  const Result<Message> message = parse_message(bytes);
  if (!message) return message.reason();
  if (message->html.empty()) return Unreadable{Why::damaged, "MHT without HTML in it"};
  return read(message->html, FileType::mht);
}

}  // namespace dengji
