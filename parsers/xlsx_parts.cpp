#include "parsers/xlsx_parts.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <utility>

#include "parsers/limits.hpp"
#include "parsers/symbols.hpp"
#include "parsers/xml.hpp"

namespace dengji {
namespace {

std::optional<unsigned> number_of(std::string_view text, int base = 10) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// What all readers of a part do alike.
class PartReader : public XmlHandler {
 public:
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  bool done() const override { return over_limit_; }
  bool over_limit() const { return over_limit_; }

 protected:
  bool over_limit_ = false;
};

std::optional<Unreadable> read_part(std::string_view xml, PartReader& reader, const char* what) {
  const auto problem = read_xml(xml, reader);
  if (reader.over_limit()) return Unreadable{Why::over_limit, std::string("too many ") + what};
  if (problem) return Unreadable{problem->why, std::string(what) + ": " + problem->detail};
  return std::nullopt;
}

class WorkbookReader final : public PartReader {
 public:
  explicit WorkbookReader(XlsxBook& book) : book_(book) {}

  void start(const XmlElement& element) override {
    if (element.name() == "workbookPr") {
      const std::string_view value = element.value("date1904");
      if (value == "1" || value == "true") book_.shared.dates = DateSystem::from_1904;
    }
    if (element.name() != "sheet") return;
    const std::string_view state = element.value("state");
    if (state != "hidden" && state != "veryHidden") book_.sheets.emplace_back(element.value("id"));
    over_limit_ = book_.sheets.size() > limits::sheets;
  }

 private:
  XlsxBook& book_;
};

class RelationReader final : public PartReader {
 public:
  explicit RelationReader(std::string_view folder) : folder_(folder) {}

  void start(const XmlElement& element) override {
    if (element.name() != "Relationship" || element.value("TargetMode") == "External") return;
    const std::string_view type = element.value("Type");
    relations[std::string(element.value("Id"))] = {
        std::string(type.substr(type.rfind('/') + 1)),
        part_of_target(folder_, element.value("Target"))};
    over_limit_ = relations.size() > limits::document_parts;
  }
  XlsxRelations relations;

 private:
  std::string_view folder_;
};

class StringsReader final : public PartReader {
 public:
  explicit StringsReader(std::vector<CellText>& strings) : strings_(strings) {}

  void start(const XmlElement& element) override {
    text_.start(element.name(), element.value("val"));
  }
  void text(std::string_view utf8) override { text_.text(utf8); }
  void end(std::string_view name) override {
    text_.end(name);
    if (name != "si") return;
    strings_.push_back(text_.take());
    over_limit_ = strings_.size() > limits::sheet_strings;
  }

 private:
  std::vector<CellText>& strings_;
  XlsxTextReader text_;
};

// Styles of cells stand behind the fonts and formats that they name.
class StylesReader final : public PartReader {
 public:
  explicit StylesReader(std::vector<CellStyle>& styles) : styles_(styles) {}

  void start(const XmlElement& element) override {
    const std::string_view name = element.name();
    if (name == "fonts" || name == "cellXfs") list_ = name;
    if (name == "numFmt" && list_.empty()) add_format(element);
    if (name == "font" && list_ == "fonts") fonts_.emplace_back();
    if (name == "name" && list_ == "fonts" && !fonts_.empty()) fonts_.back() = element.value("val");
    if (name == "xf" && list_ == "cellXfs") add_style(element);
    over_limit_ = fonts_.size() > limits::sheet_styles || styles_.size() > limits::sheet_styles ||
                  formats_.size() > limits::sheet_styles;
  }
  void end(std::string_view name) override {
    if (name == list_) list_.clear();
  }

 private:
  void add_format(const XmlElement& element) {
    if (const auto id = number_of(element.value("numFmtId"))) {
      formats_[*id] = parse_format(element.value("formatCode"));
    }
  }
  void add_style(const XmlElement& element) {
    const unsigned format = number_of(element.value("numFmtId")).value_or(0);
    const std::size_t font = number_of(element.value("fontId")).value_or(0);
    const auto own = formats_.find(format);
    styles_.push_back({own == formats_.end() ? builtin_format(format) : own->second,
                       font < fonts_.size() ? fonts_[font] : ""});
  }

  std::vector<CellStyle>& styles_;
  std::vector<std::string> fonts_;
  std::map<unsigned, NumberFormat> formats_;
  std::string list_;  // the open list of the two that matter
};

}  // namespace

std::string part_of_target(std::string_view folder, std::string_view target) {
  std::string path;
  if (target.starts_with('/')) {
    target.remove_prefix(1);
  } else {
    path = folder;
  }
  while (target.starts_with("../")) {
    target.remove_prefix(3);
    const std::size_t slash = path.rfind('/');
    path.erase(slash == path.npos ? 0 : slash);
  }
  if (!path.empty()) path += '/';
  for (const char c : target) path += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return path;
}

std::optional<Unreadable> read_workbook_part(std::string_view xml, XlsxBook& book) {
  WorkbookReader reader(book);
  return read_part(xml, reader, "sheets");
}

std::optional<Unreadable> read_shared_strings(std::string_view xml, Workbook& book) {
  StringsReader reader(book.strings);
  return read_part(xml, reader, "shared strings");
}

std::optional<Unreadable> read_styles(std::string_view xml, Workbook& book) {
  StylesReader reader(book.styles);
  return read_part(xml, reader, "styles");
}

XlsxRelations read_relations(std::string_view xml, std::string_view folder) {
  RelationReader reader(folder);
  // What a broken list still names is found; the rest is as if it were not there.
  (void)read_xml(xml, reader);
  return std::move(reader.relations);
}

void XlsxTextReader::start(std::string_view name, std::string_view value) {
  if (name == "rPh") phonetic_ = true;
  if (name == "t") in_text_ = !phonetic_;
  if (name == "r") {
    in_run_ = true;
    has_font_ = false;
  }
  if (name == "rFont" && in_run_) {
    has_font_ = true;
    font_ = value;
  }
}

void XlsxTextReader::end(std::string_view name) {
  if (name == "rPh") phonetic_ = false;
  if (name == "r") in_run_ = has_font_ = false;
  if (name != "t" || !in_text_) return;
  in_text_ = false;
  const std::string plain = unescape_xstring(std::exchange(run_, ""));
  if (has_font_ || !text_.rest.empty()) {
    text_.add(plain, has_font_ ? font_ : "");
  } else {
    text_.head += plain;
  }
}

void XlsxTextReader::text(std::string_view utf8) {
  if (in_text_) run_ += utf8;
}

CellText XlsxTextReader::take() { return std::exchange(text_, {}); }

std::string unescape_xstring(std::string_view text) {
  constexpr std::size_t size = 7;  // _xHHHH_
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view here = text.substr(i, size);
    const bool framed = here.size() == size && here.starts_with("_x") && here.ends_with('_');
    const auto code = framed ? number_of(here.substr(2, 4), 16) : std::nullopt;
    if (code) {
      append_utf8(plain, *code);
      i += size - 1;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace dengji
