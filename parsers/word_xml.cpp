#include "parsers/word_xml.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "parsers/document_builder.hpp"
#include "parsers/symbols.hpp"
#include "parsers/text.hpp"
#include "parsers/word_xml_names.hpp"
#include "parsers/xml.hpp"
#include "parsers/zip_parts.hpp"

namespace dengji {
namespace {

constexpr int max_count = 1000;  // of a span; the grid has no more columns

int number(std::string_view text, int base = 10) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

// A switch without a value is on.
bool is_on(const XmlElement& element) {
  const std::string_view value = element.value("val");
  return value != "0" && value != "false" && value != "off";
}

struct Control {  // a content control
  bool placeholder = false;
  std::optional<bool> ticked;
  bool shown = false;  // its box has been put in the text
};

struct FormField {
  bool box = false, list = false;
  std::optional<int> chosen;
  int standard = 0;
  std::vector<std::string> lines;
};

// What starts anew within a text box.
struct Context {
  std::vector<bool> fields;  // of each open field: inside its instruction
  bool hidden = false, struck = false;
  std::string font;
  bool mark_deleted = false;
};

class WordXmlReader final : public XmlHandler {
 public:
  explicit WordXmlReader(DocumentBuilder& builder) : builder_(builder), contexts_(1) {}

  void start(const XmlElement& element) override;
  void end(std::string_view name) override;
  void text(std::string_view utf8) override;
  bool done() const override { return irrelevant_ || builder_.failed(); }

 private:
  WordTag parent(std::size_t above = 1) const {
    return tags_.size() > above ? tags_[tags_.size() - 1 - above] : WordTag::other;
  }
  Context& context() { return contexts_.back(); }
  bool in_instruction() { return !context().fields.empty() && context().fields.back(); }

  void start_structure(WordTag tag);
  void start_cell_property(WordTag tag, const XmlElement& element);
  void start_run_part(WordTag tag, const XmlElement& element);
  void start_control_part(WordTag tag, const XmlElement& element);
  void start_field_part(WordTag tag, const XmlElement& element);
  void mark_deleted();
  void end_structure(WordTag tag);
  void end_row();
  void end_form_field();
  void add(std::string_view utf8);

  DocumentBuilder& builder_;
  std::vector<WordTag> tags_;  // of the open elements
  std::size_t skipped_ = 0;    // open elements from the skipped one on
  bool irrelevant_ = false;
  std::vector<Context> contexts_;
  std::vector<Control> controls_;
  std::vector<CellPlace> cells_;
  struct Row {
    int before = 0;
    bool deleted = false;
  };
  std::vector<Row> rows_;
  FormField field_;
};

void WordXmlReader::start(const XmlElement& element) {
  const WordTag tag = word_tag(element);
  if (tags_.empty() && skipped_ == 0 && tag != WordTag::root && tag != WordTag::header) {
    irrelevant_ = true;
    return;
  }
  const bool mark = tag == WordTag::deleted_mark;
  const WordTag above = tags_.empty() ? WordTag::other : tags_.back();
  const bool property = above == WordTag::run_properties || above == WordTag::row_properties;
  if (skipped_ > 0 || tag == WordTag::skipped || (mark && !property)) {
    ++skipped_;
    return;
  }
  tags_.push_back(tag);
  if (mark) return mark_deleted();
  start_structure(tag);
  start_cell_property(tag, element);
  start_run_part(tag, element);
  start_control_part(tag, element);
  start_field_part(tag, element);
}

// In the properties of a paragraph's mark or of a row: that mark or row was deleted.
void WordXmlReader::mark_deleted() {
  if (parent() == WordTag::row_properties && !rows_.empty()) rows_.back().deleted = true;
  if (parent() == WordTag::run_properties && parent(2) == WordTag::paragraph_properties) {
    context().mark_deleted = true;
  }
}

void WordXmlReader::start_structure(WordTag tag) {
  switch (tag) {
    case WordTag::header:
      builder_.begin_margin(Margin::header);
      contexts_.emplace_back();
      return;
    case WordTag::text_box:
      builder_.begin_margin(Margin::text_box);
      contexts_.emplace_back();
      return;
    case WordTag::table:
      return builder_.begin_table();
    case WordTag::row:
      builder_.begin_row();
      rows_.emplace_back();
      return;
    case WordTag::cell:
      builder_.begin_cell();
      cells_.emplace_back();
      return;
    case WordTag::run:
      context().hidden = context().struck = false;
      context().font.clear();
      return;
    default:
      return;
  }
}

void WordXmlReader::start_cell_property(WordTag tag, const XmlElement& element) {
  const std::string_view value = element.value("val");
  const int count = std::clamp(number(value), 0, max_count);
  if (tag == WordTag::grid_before && !rows_.empty()) rows_.back().before = count;
  if (cells_.empty()) return;
  if (tag == WordTag::grid_span) cells_.back().colspan = std::max(1, count);
  if (tag == WordTag::merge_down) {
    cells_.back().down = value == "restart" ? Merge::first : Merge::continued;
  }
  if (tag == WordTag::merge_across) cells_.back().joins_left = value != "restart";
}

void WordXmlReader::start_run_part(WordTag tag, const XmlElement& element) {
  const bool in_run = parent() == WordTag::run;
  const bool in_run_properties = parent() == WordTag::run_properties && parent(2) == WordTag::run;
  switch (tag) {
    case WordTag::tab:
      if (in_run) add("\t");
      return;
    case WordTag::line_break:
      return add("\n");
    case WordTag::hyphen:
      return add("-");
    case WordTag::symbol: {
      std::string shown;
      append_utf8(shown, symbol(element.value("font"),
                                static_cast<char32_t>(number(element.value("char"), 16))));
      return add(shown);
    }
    case WordTag::vanish:
      if (in_run_properties) context().hidden = is_on(element);
      return;
    case WordTag::strike:
      if (in_run_properties) context().struck = is_on(element);
      return;
    case WordTag::fonts:
      if (in_run_properties) context().font = element.value("ascii");
      return;
    default:
      return;
  }
}

void WordXmlReader::start_control_part(WordTag tag, const XmlElement& element) {
  if (tag == WordTag::content_control) controls_.emplace_back();
  if (controls_.empty()) return;
  Control& control = controls_.back();
  if (tag == WordTag::placeholder) control.placeholder = is_on(element);
  if (tag == WordTag::control_box) control.ticked = false;
  if (tag == WordTag::control_state) control.ticked = is_on(element);
}

void WordXmlReader::start_field_part(WordTag tag, const XmlElement& element) {
  const std::string_view value = element.value("val");
  std::vector<bool>& fields = context().fields;
  switch (tag) {
    case WordTag::field_mark: {
      const std::string_view type = element.value("fldCharType");
      if (type == "begin") fields.push_back(true);
      if (type == "separate" && !fields.empty()) {
        fields.back() = fields.size() > 1 && fields[fields.size() - 2];
      }
      if (type == "end" && !fields.empty()) fields.pop_back();
      return;
    }
    case WordTag::field_data:
      field_ = {};
      return;
    case WordTag::field_box:
      field_.box = true;
      return;
    case WordTag::field_list:
      field_.list = true;
      return;
    case WordTag::field_checked:
      field_.chosen = is_on(element) ? 1 : 0;
      return;
    case WordTag::field_result:
      field_.chosen = number(value);
      return;
    case WordTag::field_default:
      field_.standard = field_.box ? static_cast<int>(is_on(element)) : number(value);
      return;
    case WordTag::field_entry:
      field_.lines.emplace_back(value);
      return;
    default:
      return;
  }
}

void WordXmlReader::end(std::string_view) {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  const WordTag tag = tags_.back();
  tags_.pop_back();
  end_structure(tag);
}

void WordXmlReader::end_structure(WordTag tag) {
  switch (tag) {
    case WordTag::header:
    case WordTag::text_box:
      builder_.end_margin();
      if (contexts_.size() > 1) contexts_.pop_back();
      return;
    case WordTag::paragraph:
      if (!context().mark_deleted) builder_.end_paragraph();
      context().mark_deleted = false;
      return;
    case WordTag::table:
      return builder_.end_table();
    case WordTag::row:
      return end_row();
    case WordTag::cell:
      builder_.end_cell(cells_.back());
      cells_.pop_back();
      return;
    case WordTag::content_control:
      controls_.pop_back();
      return;
    case WordTag::field_data:
      return end_form_field();
    default:
      return;
  }
}

void WordXmlReader::end_row() {
  if (rows_.back().deleted) {
    builder_.drop_row();
  } else {
    builder_.end_row(rows_.back().before);
  }
  rows_.pop_back();
}

// Boxes and lists have no result in the text: what they show is their state.
void WordXmlReader::end_form_field() {
  const int state = field_.chosen.value_or(field_.standard);
  std::string shown;
  if (field_.box) append_utf8(shown, state == 1 ? ticked_box : empty_box);
  if (field_.list && state >= 0 && static_cast<std::size_t>(state) < field_.lines.size()) {
    shown = field_.lines[static_cast<std::size_t>(state)];
  }
  // The field's own instruction began just before: it must not hide what is shown.
  std::vector<bool>& fields = context().fields;
  const bool instruction = in_instruction();
  if (instruction) fields.back() = fields.size() > 1 && fields[fields.size() - 2];
  if (!shown.empty()) add(shown);
  if (instruction) fields.back() = true;
}

void WordXmlReader::text(std::string_view utf8) {
  if (skipped_ > 0 || tags_.empty() || tags_.back() != WordTag::text) return;
  // Letters set in a symbol font are codes of that font.
  if (is_symbol_font(context().font)) return add(symbol_text(context().font, utf8));
  add(utf8);
}

void WordXmlReader::add(std::string_view utf8) {
  if (in_instruction() || context().hidden || context().struck) return;
  for (Control& control : controls_) {
    if (control.placeholder || (control.ticked && control.shown)) return;
    if (!control.ticked) continue;
    control.shown = true;
    return builder_.character(*control.ticked ? ticked_box : empty_box);
  }
  builder_.text(utf8);
}

// Parts that no body, header or footer can be; the others are told by their root element.
bool may_hold_text(std::string_view name) {
  constexpr std::string_view others[] = {"styles",          "numbering", "settings",  "fonttable",
                                         "theme",           "/_rels/",   "docprops/", "customxml/",
                                         "[content_types]", "glossary/", "media/"};
  return name.ends_with(".xml") &&
         std::none_of(std::begin(others), std::end(others), [name](std::string_view other) {
           return name.find(other) != std::string_view::npos;
         });
}

}  // namespace

Result<Document> read_docx(std::string_view bytes) {
  const Result<ZipParts> parts = read_zip_parts(bytes, may_hold_text);
  if (!parts) return parts.reason();
  if (parts->empty()) return Unreadable{Why::damaged, "OOXML without a document part"};
  DocumentBuilder builder(FileType::docx);
  for (const auto& [name, part] : *parts) {
    WordXmlReader reader(builder);
    const auto problem = read_xml(part, reader);
    if (builder.failed()) break;
    if (problem) return Unreadable{problem->why, name + ": " + problem->detail};
  }
  return builder.finish();
}

Result<Document> read_wordml(std::string_view bytes) {
  DocumentBuilder builder(FileType::wordml);
  WordXmlReader reader(builder);
  const auto problem = read_xml(bytes, reader);
  if (problem && !builder.failed()) return *problem;
  return builder.finish();
}

}  // namespace dengji
