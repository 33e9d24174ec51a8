#include "parsers/xls_book.hpp"

#include <algorithm>
#include <map>
#include <optional>

#include "parsers/code_page.hpp"
#include "parsers/limits.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

constexpr std::uint16_t version_97 = 0x0600, version_5 = 0x0500;
constexpr int latin_1 = 819;
constexpr std::size_t font_name_at = 14;
constexpr std::size_t missing_font = 4;  // no font has this number

struct StyleNumbers {
  std::uint16_t font, format;
};

class BookReader {
 public:
  std::optional<Unreadable> read(std::string_view stream);
  XlsBook take();

 private:
  std::optional<Unreadable> begin(const BiffRecord& record);
  std::optional<Unreadable> take_record(const BiffRecord& record);
  void take_sheet(BiffCursor cursor);
  void take_strings(BiffCursor cursor);

  XlsBook book_;
  std::map<std::uint16_t, NumberFormat> formats_;
  std::vector<StyleNumbers> styles_;
  bool over_limit_ = false;
};

std::optional<Unreadable> BookReader::begin(const BiffRecord& record) {
  BiffCursor cursor(record);
  const std::uint16_t version = cursor.u16();
  if (record.type != Biff::Bof) return Unreadable{Why::damaged, "workbook without a beginning"};
  if (version != version_97 && version != version_5) {
    return Unreadable{Why::unsupported, "older than Excel 5"};
  }
  book_.wide = version == version_97;
  return std::nullopt;
}

std::optional<Unreadable> BookReader::read(std::string_view stream) {
  BiffRecords records(stream, 0);
  const auto first = records.next();
  if (auto problem = begin(first.value_or(BiffRecord{}))) return problem;
  for (auto record = records.next(); record && record->type != Biff::Eof; record = records.next()) {
    if (auto problem = take_record(*record)) return problem;
    if (over_limit_) return Unreadable{Why::over_limit, "workbook with too many parts"};
  }
  return std::nullopt;
}

std::optional<Unreadable> BookReader::take_record(const BiffRecord& record) {
  BiffCursor cursor(record);
  switch (record.type) {
    case Biff::FilePass:
      return Unreadable{Why::encrypted, "workbook with a password"};
    case Biff::CodePage:
      book_.code_page = cursor.u16();
      break;
    case Biff::Date1904:
      if (cursor.u16() == 1) book_.shared.dates = DateSystem::from_1904;
      break;
    case Biff::Font:
      cursor.skip(font_name_at);
      book_.fonts.push_back(book_.read_short_text(cursor));
      break;
    case Biff::Format: {
      const std::uint16_t number = cursor.u16();
      formats_[number] = parse_format(book_.read_line(cursor));
      break;
    }
    case Biff::Xf: {
      const std::uint16_t font = cursor.u16();
      styles_.push_back({font, cursor.u16()});
      break;
    }
    case Biff::BoundSheet:
      take_sheet(cursor);
      break;
    case Biff::Sst:
      take_strings(cursor);
      break;
    default:
      break;
  }
  over_limit_ = over_limit_ || book_.fonts.size() > limits::sheet_styles ||
                styles_.size() > limits::sheet_styles || book_.sheets.size() > limits::sheets;
  return std::nullopt;
}

void BookReader::take_sheet(BiffCursor cursor) {
  const std::uint32_t begin = cursor.u32();
  const bool visible = (cursor.u8() & 3) == 0;
  const bool worksheet = cursor.u8() == 0;
  if (visible && worksheet) book_.sheets.push_back(begin);
}

void BookReader::take_strings(BiffCursor cursor) {
  cursor.skip(4);  // how often they are used
  const std::size_t count = cursor.u32();
  for (std::size_t i = 0; i < count && !cursor.at_end(); ++i) {
    if (book_.shared.strings.size() >= limits::sheet_strings) {
      over_limit_ = true;
      return;
    }
    book_.shared.strings.push_back(book_.with_fonts(read_biff_string(cursor)));
  }
}

XlsBook BookReader::take() {
  for (const auto [font, format] : styles_) {
    const auto own = formats_.find(format);
    book_.shared.styles.push_back(
        {own == formats_.end() ? builtin_format(format) : own->second, book_.font(font)});
  }
  return std::move(book_);
}

}  // namespace

std::string XlsBook::font(std::size_t number) const {
  if (number > missing_font) --number;
  return number < fonts.size() ? fonts[number] : "";
}

CellText XlsBook::with_fonts(const BiffString& string) const {
  const auto part = [&string](std::size_t begin, std::size_t end) {
    return utf8_of(string.text.substr(begin, end - begin));
  };
  const std::size_t size = string.text.size();
  std::size_t at = string.runs.empty() ? size : std::min(string.runs.front().begin, size);
  CellText text{part(0, at), ""};
  for (std::size_t i = 0; i < string.runs.size(); ++i) {
    const bool last = i + 1 == string.runs.size();
    const std::size_t end = last ? size : std::clamp(string.runs[i + 1].begin, at, size);
    text.add(part(at, end), font(string.runs[i].font));
    at = end;
  }
  return text;
}

std::string XlsBook::read_text(BiffCursor& cursor, std::size_t style) const {
  if (wide) return shared.shown(with_fonts(read_biff_string(cursor)), style);
  const std::string bytes = cursor.bytes(cursor.u16());
  // Codes of a symbol font are in no code page.
  const int page = is_symbol_font(shared.style(style).font) ? latin_1 : code_page;
  return shared.shown({from_code_page(bytes, page), ""}, style);
}

std::string XlsBook::read_short_text(BiffCursor& cursor) const {
  if (wide) return utf8_of(read_biff_string(cursor, 1).text);
  return from_code_page(cursor.bytes(cursor.u8()), code_page);
}

std::string XlsBook::read_line(BiffCursor& cursor) const {
  return wide ? utf8_of(read_biff_string(cursor).text) : read_short_text(cursor);
}

Result<XlsBook> read_xls_book(std::string_view stream) {
  BookReader reader;
  if (auto problem = reader.read(stream)) return *problem;
  return reader.take();
}

}  // namespace dengji
