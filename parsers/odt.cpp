#include "parsers/odt.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parsers/document_builder.hpp"
#include "parsers/symbols.hpp"
#include "parsers/xml.hpp"
#include "parsers/zip_parts.hpp"

namespace dengji {
namespace {

constexpr int max_count = 1000;
constexpr std::size_t max_styles = 100'000;

enum class Tag {
  other,
  skipped,
  paragraph,
  span,
  blanks,
  tab,
  line_break,
  table,
  row,
  cell,
  text_box,
  header,
  style,
  font_face,
  text_properties,
  field,
  field_parameter,
  control,
};

Tag tag_of(std::string_view name) {
  static const std::unordered_map<std::string_view, Tag> tags{
      {"p", Tag::paragraph},
      {"h", Tag::paragraph},
      {"span", Tag::span},
      {"s", Tag::blanks},
      {"tab", Tag::tab},
      {"line-break", Tag::line_break},
      {"table", Tag::table},
      {"table-row", Tag::row},
      {"table-cell", Tag::cell},
      {"covered-table-cell", Tag::skipped},  // what a merged cell covers
      {"text-box", Tag::text_box},
      {"custom-shape", Tag::text_box},
      {"header", Tag::header},
      {"footer", Tag::header},
      {"header-first", Tag::header},
      {"footer-first", Tag::header},
      {"header-left", Tag::header},
      {"footer-left", Tag::header},
      {"style", Tag::style},
      {"font-face", Tag::font_face},
      {"text-properties", Tag::text_properties},
      {"fieldmark", Tag::field},
      {"fieldmark-start", Tag::field},
      {"param", Tag::field_parameter},
      {"content-control", Tag::control},
      {"tracked-changes", Tag::skipped},
      {"note", Tag::skipped},
      {"annotation", Tag::skipped},
      {"ruby-text", Tag::skipped},
      {"hidden-text", Tag::skipped},
      {"meta", Tag::skipped},
      {"desc", Tag::skipped},
      {"title", Tag::skipped}};
  const auto found = tags.find(name);
  return found == tags.end() ? Tag::other : found->second;
}

int count(const XmlElement& element, std::string_view name) {
  const std::string_view text = element.value(name);
  int value = 1;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::clamp(value, 1, max_count);
}

struct Style {
  std::string font;     // a symbol font, else ""
  bool hidden = false;  // or struck out
};

class OdtReader final : public XmlHandler {
 public:
  explicit OdtReader(DocumentBuilder& builder) : builder_(builder) {}

  void start(const XmlElement& element) override;
  void end(std::string_view name) override;
  void text(std::string_view utf8) override;
  bool done() const override { return builder_.failed(); }

 private:
  struct Open {
    Tag tag = Tag::other;
    Style style;
    bool takes_text = false;
  };
  void start_structure(Tag tag, const XmlElement& element);
  void start_style_part(Tag tag, const XmlElement& element);
  void start_field_part(Tag tag, const XmlElement& element);
  bool takes_text() const { return !open_.empty() && open_.back().takes_text; }

  DocumentBuilder& builder_;
  std::vector<Open> open_;
  std::vector<CellPlace> places_;
  std::map<std::string, std::string, std::less<>> fonts_;  // names of symbol fonts, by face
  std::map<std::string, Style, std::less<>> styles_;       // those that mean something, by name
  std::string style_name_;                                 // of the style that is being read
  std::optional<bool> box_;  // state of the form field that is being read
  std::size_t skipped_ = 0;
};

void OdtReader::start(const XmlElement& element) {
  const Tag tag = tag_of(element.name());
  if (skipped_ > 0 || tag == Tag::skipped) {
    ++skipped_;
    return;
  }
  if (tag == Tag::control && element.value("checkbox") == "true") {
    // Its text is the box as the program draws it.
    builder_.character(element.value("checked") == "true" ? ticked_box : empty_box);
    ++skipped_;
    return;
  }
  Open open;
  if (!open_.empty()) open = open_.back();
  open.tag = tag;
  const auto style = styles_.find(element.value("style-name"));
  if (tag == Tag::span && style != styles_.end()) open.style = style->second;
  if (tag == Tag::paragraph) open.takes_text = true;
  if (tag == Tag::paragraph) open.style = {};
  open_.push_back(open);
  start_structure(tag, element);
  start_style_part(tag, element);
  start_field_part(tag, element);
}

void OdtReader::start_structure(Tag tag, const XmlElement& element) {
  switch (tag) {
    case Tag::blanks:
      return builder_.text(std::string(static_cast<std::size_t>(count(element, "c")), ' '));
    case Tag::tab:
      return builder_.text("\t");
    case Tag::line_break:
      return builder_.text("\n");
    case Tag::table:
      return builder_.begin_table();
    case Tag::row:
      return builder_.begin_row();
    case Tag::cell: {
      builder_.begin_cell();
      CellPlace& place = places_.emplace_back();
      place.colspan = count(element, "number-columns-spanned");
      place.rowspan = count(element, "number-rows-spanned");
      return;
    }
    case Tag::text_box:
      return builder_.begin_margin(Margin::text_box);
    case Tag::header:
      return builder_.begin_margin(Margin::header);
    default:
      return;
  }
}

void OdtReader::start_style_part(Tag tag, const XmlElement& element) {
  if (tag == Tag::style) style_name_ = element.value("name");
  if (tag == Tag::font_face && styles_.size() < max_styles) {
    std::string family(element.value("font-family"));
    std::erase(family, '\'');
    if (is_symbol_font(family)) fonts_[std::string(element.value("name"))] = family;
  }
  if (tag != Tag::text_properties || styles_.size() >= max_styles) return;
  Style style;
  const auto font = fonts_.find(element.value("font-name"));
  if (font != fonts_.end()) style.font = font->second;
  const std::string_view line = element.value("text-line-through-style");
  style.hidden = element.value("display") == "none" || (!line.empty() && line != "none");
  if (!style.font.empty() || style.hidden) styles_[style_name_] = style;
}

void OdtReader::start_field_part(Tag tag, const XmlElement& element) {
  if (tag == Tag::field && element.value("type").ends_with("FORMCHECKBOX")) box_ = false;
  if (tag == Tag::field_parameter && box_ && element.value("name") == "Checkbox_Checked") {
    box_ = element.value("value") == "true";
  }
}

void OdtReader::end(std::string_view) {
  if (skipped_ > 0) {
    --skipped_;
    return;
  }
  const Tag tag = open_.back().tag;
  open_.pop_back();
  switch (tag) {
    case Tag::paragraph:
      return builder_.end_paragraph();
    case Tag::table:
      return builder_.end_table();
    case Tag::row:
      return builder_.end_row();
    case Tag::cell:
      builder_.end_cell(places_.back());
      places_.pop_back();
      return;
    case Tag::text_box:
    case Tag::header:
      return builder_.end_margin();
    case Tag::field:
      if (box_) builder_.character(*box_ ? ticked_box : empty_box);
      box_.reset();
      return;
    default:
      return;
  }
}

void OdtReader::text(std::string_view utf8) {
  if (skipped_ > 0 || !takes_text() || open_.back().style.hidden) return;
  const std::string& font = open_.back().style.font;
  builder_.text(font.empty() ? std::string(utf8) : symbol_text(font, utf8));
}

bool is_needed(std::string_view name) {
  return name == "content.xml" || name == "styles.xml" || name == "meta-inf/manifest.xml";
}

}  // namespace

Result<Document> read_odt(std::string_view bytes) {
  const Result<ZipParts> parts = read_zip_parts(bytes, is_needed);
  if (!parts) return parts.reason();
  const auto manifest = parts->find("meta-inf/manifest.xml");
  if (manifest != parts->end() && manifest->second.find("encryption-data") != std::string::npos) {
    return Unreadable{Why::encrypted, "OpenDocument with a password"};
  }
  if (!parts->contains("content.xml")) {
    return Unreadable{Why::damaged, "OpenDocument without content"};
  }
  DocumentBuilder builder(FileType::odt);
  for (const char* name : {"content.xml", "styles.xml"}) {
    const auto part = parts->find(name);
    if (part == parts->end()) continue;
    OdtReader reader(builder);
    const auto problem = read_xml(part->second, reader);
    if (builder.failed()) break;
    if (problem) return Unreadable{problem->why, std::string(name) + ": " + problem->detail};
  }
  return builder.finish();
}

}  // namespace dengji
