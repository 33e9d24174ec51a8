#include "parsers/rtf.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "parsers/code_page.hpp"
#include "parsers/document_builder.hpp"
#include "parsers/limits.hpp"
#include "parsers/paragraph_flow.hpp"
#include "parsers/rtf_row.hpp"
#include "parsers/rtf_tokens.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

constexpr int edge_tolerance = 20;  // twips
constexpr std::size_t max_fonts = 4096, max_list_lines = 256;

// Where the text of a group goes.
enum class Destination {
  text,  // the document, or the margin that is open
  skipped,
  fonts,        // the font table: names
  instruction,  // a field's code
  form_field,   // what a form field is and holds
  list_line,    // one line of a drop-down list
  row_shape,    // a nested row's definition
};

struct Font {
  int charset = 1;
  std::string name;
};

struct FormField {
  int type = 0, result = 25, standard = 0;  // 25: as the default says
  std::vector<std::string> lines;
};

// What a group inherits and its end brings back.
struct Group {
  Destination destination = Destination::text;
  bool margin = false;  // this group opened one
  bool field = false;   // this group is a whole field
  bool form_field = false;
  int font = 0, double_byte_font = -1;
  bool double_byte = false;  // after \dbch: the other font counts
  bool hidden = false, deleted = false, struck = false;
  bool in_table = false;
  int level = 0;
  int fallback_characters = 1;  // after \u
};

struct Field {
  std::string instruction;
  std::size_t text_before = 0;
};

const std::unordered_map<std::string_view, Destination>& destinations() {
  using enum Destination;
  static const std::unordered_map<std::string_view, Destination> names{
      {"fonttbl", fonts},
      {"fldinst", instruction},
      {"formfield", form_field},
      {"ffl", list_line},
      {"nesttableprops", row_shape},
      {"colortbl", skipped},
      {"stylesheet", skipped},
      {"info", skipped},
      {"pict", skipped},
      {"nonesttables", skipped},
      {"objdata", skipped},
      {"footnote", skipped},
      {"annotation", skipped},
      {"atnid", skipped},
      {"atnauthor", skipped},
      {"listtext", skipped},
      {"pntext", skipped},
      {"shprslt", skipped},
      {"sp", skipped},
      {"xe", skipped},
      {"tc", skipped},
      {"bkmkstart", skipped},
      {"bkmkend", skipped},
      {"nonshppict", skipped},
      {"ffname", skipped},
      {"ffdeftext", skipped},
      {"ffformat", skipped},
      {"ffhelptext", skipped},
      {"ffstattext", skipped},
      {"template", skipped},
      {"filetbl", skipped},
      {"listtable", skipped},
      {"themedata", skipped},
  };
  return names;
}

// Groups marked as "skip this if you do not know it" whose text is shown all the same.
bool is_shown_though_optional(std::string_view word) {
  return word == "shpinst" || word == "shppict" || word == "fldinst" || word == "formfield" ||
         word == "ffl" || word == "nesttableprops" || word == "ud" || word == "do";
}

std::optional<Margin> margin_of(std::string_view word) {
  if (word == "shptxt" || word == "dptxbxtext") return Margin::text_box;
  constexpr std::string_view headers[] = {"header", "headerl", "headerr", "headerf",
                                          "footer", "footerl", "footerr", "footerf"};
  for (const std::string_view header : headers) {
    if (word == header) return Margin::header;
  }
  return std::nullopt;
}

class RtfReader {
 public:
  explicit RtfReader(std::string_view bytes)
      : tokens_(bytes), builder_(FileType::rtf, edge_tolerance), groups_(1) {
    flows_.emplace_back(builder_);
  }

  Result<Document> read();

 private:
  Group& group() { return groups_.back(); }
  ParagraphFlow& flow() { return flows_.back(); }
  int level() { return group().in_table || group().level > 1 ? std::max(1, group().level) : 0; }

  void take(const RtfToken& token);
  void open();
  void close();
  void take_word(std::string_view word, const RtfToken& token);
  bool take_destination(std::string_view word);
  bool take_state(std::string_view word, const RtfToken& token);
  bool take_font(std::string_view word, int number);
  bool take_form_field(std::string_view word, int number);
  bool take_mark(std::string_view word);
  bool take_character(std::string_view word, const RtfToken& token);
  void take_symbol(char character);
  void take_byte(char byte);
  void take_unit(char32_t unit);
  void flush();
  void put(std::string_view utf8);
  void put(char32_t code_point);
  void end_form_field();
  void end_field();

  RtfTokens tokens_;
  DocumentBuilder builder_;
  std::vector<Group> groups_;
  std::vector<ParagraphFlow> flows_;  // the document's and, on top, those of open margins
  std::vector<Field> fields_;
  FormField form_field_;
  std::map<int, Font> fonts_;
  RtfRow row_, nested_row_;
  std::string pending_;  // bytes of one font, not yet decoded
  int default_page_ = 1252;
  int font_in_table_ = 0;
  bool optional_ = false;  // the group's first control was \*
  int to_skip_ = 0;        // characters that repeat a \u for old readers
  char32_t high_surrogate_ = 0;
};

Result<Document> RtfReader::read() {
  for (RtfToken token = tokens_.next(); token.kind != RtfToken::Kind::end; token = tokens_.next()) {
    take(token);
    if (groups_.size() > limits::rtf_depth) builder_.refuse();
    if (builder_.failed() || groups_.empty()) break;
  }
  while (groups_.size() > 1) close();
  if (!groups_.empty()) flush();
  flow().finish();
  return builder_.finish();
}

void RtfReader::take(const RtfToken& token) {
  switch (token.kind) {
    case RtfToken::Kind::open:
      return open();
    case RtfToken::Kind::close:
      return close();
    case RtfToken::Kind::word:
      return take_word(token.word, token);
    case RtfToken::Kind::symbol:
      return take_symbol(token.character);
    case RtfToken::Kind::byte:
      return take_byte(token.character);
    case RtfToken::Kind::end:
      return;
  }
}

void RtfReader::open() {
  flush();
  to_skip_ = 0;
  Group inner = group();
  inner.margin = inner.field = inner.form_field = false;
  groups_.push_back(inner);
}

void RtfReader::close() {
  flush();
  to_skip_ = 0;
  optional_ = false;
  if (groups_.size() == 1) return;  // one brace too many
  const Group ended = group();
  groups_.pop_back();
  if (ended.form_field) end_form_field();
  if (ended.field) end_field();
  if (ended.margin) {
    flow().finish();
    flows_.pop_back();
    builder_.end_margin();
  }
}

void RtfReader::take_word(std::string_view word, const RtfToken& token) {
  const int number = token.number;
  if (word == "bin") return tokens_.skip(static_cast<std::size_t>(std::max(0, number)));
  if (take_character(word, token)) return;
  flush();
  to_skip_ = 0;
  if (take_destination(word)) return;
  if (group().destination == Destination::skipped) return;
  if (take_font(word, number) || take_form_field(word, number) || take_state(word, token)) return;
  RtfRow& row = group().destination == Destination::row_shape ? nested_row_ : row_;
  if (row.apply(word, number)) return;
  take_mark(word);
}

bool RtfReader::take_destination(std::string_view word) {
  const bool optional = std::exchange(optional_, false);
  if (group().destination == Destination::skipped) return false;
  if (const auto margin = margin_of(word)) {
    builder_.begin_margin(*margin);
    flows_.emplace_back(builder_);
    group().margin = true;
    group().destination = Destination::text;
    group().in_table = false;
    group().level = 0;
    return true;
  }
  const auto found = destinations().find(word);
  if (found != destinations().end()) {
    group().destination = found->second;
    group().form_field = found->second == Destination::form_field;
    if (group().form_field) form_field_ = {};
    if (found->second == Destination::list_line) form_field_.lines.emplace_back();
    return true;
  }
  if (word == "upr") {  // the same twice: for old readers, and after it in Unicode as \ud
    group().destination = Destination::skipped;
    return true;
  }
  if (word == "field") {
    group().field = true;
    fields_.push_back({"", flow().size()});
    return true;
  }
  if (word == "fldrslt") {
    group().destination = Destination::text;
    return true;
  }
  if (optional && !is_shown_though_optional(word)) {
    group().destination = Destination::skipped;
    return true;
  }
  // The instructions of a shape hold its properties and, as a margin, its text.
  return word == "shpinst";
}

bool RtfReader::take_state(std::string_view word, const RtfToken& token) {
  Group& state = group();
  const bool on = !token.has_number || token.number != 0;
  if (word == "v") {
    state.hidden = on;
  } else if (word == "deleted") {
    state.deleted = on;
  } else if (word == "strike" || word == "striked") {
    state.struck = on;
  } else if (word == "plain") {
    state.hidden = state.deleted = state.struck = state.double_byte = false;
  } else if (word == "pard") {
    state.in_table = false;
    state.level = 0;
  } else if (word == "intbl") {
    state.in_table = true;
  } else if (word == "itap") {
    state.level = std::clamp(token.number, 0, 1000);
    state.in_table = state.level > 0;
  } else if (word == "uc") {
    state.fallback_characters = std::clamp(token.number, 0, 16);
  } else if (word == "ansicpg") {
    default_page_ = token.number;
  } else {
    return false;
  }
  return true;
}

bool RtfReader::take_font(std::string_view word, int number) {
  Group& state = group();
  if (state.destination == Destination::fonts) {
    if (word == "f") font_in_table_ = number;
    if (word == "fcharset" && fonts_.size() < max_fonts) fonts_[font_in_table_].charset = number;
    return true;
  }
  if (word == "f") {
    state.font = number;
    state.double_byte = false;
  } else if (word == "af" && state.double_byte) {
    state.double_byte_font = number;
  } else if (word == "dbch") {
    state.double_byte = true;
  } else if (word == "loch" || word == "hich") {
    state.double_byte = false;
  } else {
    return false;
  }
  return true;
}

bool RtfReader::take_form_field(std::string_view word, int number) {
  if (group().destination != Destination::form_field) return false;
  if (word == "fftype") form_field_.type = number;
  if (word == "ffres") form_field_.result = number;
  if (word == "ffdefres") form_field_.standard = number;
  return true;
}

bool RtfReader::take_mark(std::string_view word) {
  const Destination destination = group().destination;
  if (destination == Destination::row_shape) {
    if (word == "nestrow") flow().end_row(std::max(2, group().level), nested_row_.cells());
    return true;
  }
  if (destination != Destination::text) return false;
  if (word == "par" || word == "sect") {
    if (!group().deleted) flow().end_paragraph(level());
  } else if (word == "cell") {
    flow().end_cell(1);
  } else if (word == "nestcell") {
    flow().end_cell(std::max(2, group().level));
  } else if (word == "row") {
    flow().end_row(1, row_.cells());
  } else {
    return false;
  }
  return true;
}

// Words that stand for a character.
bool RtfReader::take_character(std::string_view word, const RtfToken& token) {
  static const std::unordered_map<std::string_view, char32_t> characters{
      {"tab", U'\t'},     {"line", U'\n'},     {"emdash", 0x2014},    {"endash", 0x2013},
      {"lquote", 0x2018}, {"rquote", 0x2019},  {"ldblquote", 0x201C}, {"rdblquote", 0x201D},
      {"bullet", 0x2022}, {"emspace", 0x2003}, {"enspace", 0x2002},   {"qmspace", 0x2005}};
  if (word == "u" && token.has_number) {
    flush();
    take_unit(static_cast<char32_t>(token.number & 0xFFFF));
    to_skip_ = group().fallback_characters;
    return true;
  }
  const auto found = characters.find(word);
  if (found == characters.end()) return false;
  if (to_skip_ > 0) {
    --to_skip_;
    return true;
  }
  flush();
  put(found->second);
  return true;
}

void RtfReader::take_symbol(char character) {
  if (to_skip_ > 0 && character != '*') {
    --to_skip_;
    return;
  }
  flush();
  switch (character) {
    case '*':
      optional_ = true;
      return;
    case '~':
      return put(U'\u00A0');
    case '_':
      return put(U'-');
    case '\r':
    case '\n':
      take_mark("par");
      return;
    case '\\':
    case '{':
    case '}':
      return take_byte(character);
    default:
      return;
  }
}

void RtfReader::take_byte(char byte) {
  if (to_skip_ > 0) {
    --to_skip_;
    return;
  }
  if (group().destination != Destination::skipped) pending_ += byte;
}

void RtfReader::take_unit(char32_t unit) {
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    high_surrogate_ = unit;
    return;
  }
  if (unit >= 0xDC00 && unit <= 0xDFFF) {
    if (high_surrogate_ != 0) put(0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00));
    high_surrogate_ = 0;
    return;
  }
  const auto font = fonts_.find(group().font);
  const bool named = font != fonts_.end() && is_symbol_font(font->second.name);
  const bool coded = (unit > 0x20 && unit <= 0xFF) || (unit >= 0xF000 && unit <= 0xF0FF);
  put(named && coded ? symbol(font->second.name, unit) : unit);
}

// The bytes so far are text of one font, which says in which code page.
void RtfReader::flush() {
  if (pending_.empty()) return;
  const std::string bytes = std::exchange(pending_, {});
  const Group& state = group();
  if (state.destination == Destination::fonts) {
    if (fonts_.size() < max_fonts) fonts_[font_in_table_].name += bytes.substr(0, bytes.find(';'));
    return;
  }
  const bool double_byte = state.double_byte && state.double_byte_font >= 0;
  const auto found = fonts_.find(double_byte ? state.double_byte_font : state.font);
  const Font font = found == fonts_.end() ? Font{} : found->second;
  if (is_symbol_font(font.name) && state.destination == Destination::text) {
    for (const char byte : bytes) put(symbol(font.name, static_cast<unsigned char>(byte)));
    return;
  }
  const int page = code_page_of_charset(font.charset);
  put(from_code_page(bytes, page == 0 ? default_page_ : page));
}

void RtfReader::put(std::string_view utf8) {
  const Group& state = group();
  if (state.hidden || state.deleted || state.struck) return;
  if (state.destination == Destination::text) flow().add(utf8);
  if (state.destination == Destination::instruction && !fields_.empty()) {
    fields_.back().instruction += utf8;
  }
  if (state.destination == Destination::list_line && !form_field_.lines.empty() &&
      form_field_.lines.size() <= max_list_lines) {
    form_field_.lines.back() += utf8;
  }
}

void RtfReader::put(char32_t code_point) {
  std::string utf8;
  append_utf8(utf8, code_point);
  put(utf8);
}

void RtfReader::end_form_field() {
  constexpr int check_box = 1, list = 2;
  const FormField& field = form_field_;
  const int state = field.result == 25 ? field.standard : field.result;
  if (field.type == check_box) flow().add(state == 1 ? ticked_box : empty_box);
  if (field.type == list && state >= 0 && static_cast<std::size_t>(state) < field.lines.size()) {
    flow().add(field.lines[static_cast<std::size_t>(state)]);
  }
}

// A symbol inserted as a field often has no result: its code says what it shows.
void RtfReader::end_field() {
  if (fields_.empty()) return;
  const Field field = std::move(fields_.back());
  fields_.pop_back();
  if (flow().size() != field.text_before) return;
  // A box whose state was not written is shown empty by Word.
  if (field.instruction.find("FORMCHECKBOX") != std::string::npos) return flow().add(empty_box);
  if (const auto shown = symbol_of_field(field.instruction)) flow().add(*shown);
}

}  // namespace

Result<Document> read_rtf(std::string_view bytes) {
  if (!bytes.starts_with("{\\rtf")) return Unreadable{Why::damaged, "no RTF header"};
  return RtfReader(bytes).read();
}

}  // namespace dengji
