#include "parsers/xls.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/biff.hpp"
#include "parsers/document_builder.hpp"
#include "parsers/little_endian.hpp"
#include "parsers/ole.hpp"
#include "parsers/worksheet.hpp"
#include "parsers/xls_book.hpp"

namespace dengji {
namespace {

constexpr std::uint16_t row_hidden = 0x0020, columns_hidden = 0x0001;
constexpr std::uint16_t object_note = 0x19;
constexpr std::uint16_t no_number = 0xFFFF;  // in a formula's result

double number_of(std::uint32_t low, std::uint32_t high) {
  return std::bit_cast<double>(std::uint64_t{high} << 32 | low);
}

// 2.5.122 RkNumber: the upper 30 bits of a number or an integer, perhaps a hundred times too large.
double number_of_rk(std::uint32_t rk) {
  const bool hundredfold = (rk & 1) != 0, integer = (rk & 2) != 0;
  const double value = integer ? static_cast<std::int32_t>(rk) >> 2 : number_of(0, rk & 0xFFFFFFFC);
  return hundredfold ? value / 100 : value;
}

std::string_view shown_error(std::uint8_t code) {
  constexpr std::array<std::pair<std::uint8_t, std::string_view>, 7> errors{{{0x00, "#NULL!"},
                                                                             {0x07, "#DIV/0!"},
                                                                             {0x0F, "#VALUE!"},
                                                                             {0x17, "#REF!"},
                                                                             {0x1D, "#NAME?"},
                                                                             {0x24, "#NUM!"},
                                                                             {0x2A, "#N/A"}}};
  for (const auto& [known, text] : errors) {
    if (known == code) return text;
  }
  return "#N/A";
}

struct CellHead {  // what every cell's record begins with
  SheetPlace place;
  std::size_t style = 0;
};

CellHead read_head(BiffCursor& cursor) {
  CellHead head;
  head.place.row = cursor.u16();
  head.place.column = cursor.u16();
  head.style = cursor.u16();
  return head;
}

class XlsSheetReader {
 public:
  explicit XlsSheetReader(const XlsBook& book) : book_(book) {}

  void read(BiffRecords& records);
  void write(DocumentBuilder& builder) const;

 private:
  void take(const BiffRecord& record);
  void take_cell(Biff type, BiffCursor cursor);
  void take_result(const CellHead& head, BiffCursor cursor);
  void take_numbers(BiffCursor cursor, std::size_t size);
  void take_areas(BiffCursor cursor);
  void take_text_box(BiffCursor cursor);
  void put_number(const CellHead& head, double value) {
    sheet_.put(head.place, book_.shared.number(value, head.style));
  }

  const XlsBook& book_;
  Worksheet sheet_;
  std::optional<CellHead> awaited_;  // a formula whose text comes in a record of its own
  std::uint16_t object_ = 0;         // the kind of the last drawn object
  std::vector<std::string> headers_, boxes_;
};

void XlsSheetReader::read(BiffRecords& records) {
  int depth = 0;  // charts are streams within the stream
  for (auto record = records.next(); record && !sheet_.over_limit(); record = records.next()) {
    if (record->type == Biff::Bof) ++depth;
    if (depth == 0 || (record->type == Biff::Eof && --depth == 0)) return;
    if (depth == 1) take(*record);
  }
}

void XlsSheetReader::take(const BiffRecord& record) {
  BiffCursor cursor(record);
  switch (record.type) {
    case Biff::MulRk:
      return take_numbers(cursor, record.data.size());
    case Biff::MergeCells:
      return take_areas(cursor);
    case Biff::String:
      if (awaited_) sheet_.put(awaited_->place, book_.read_text(cursor, awaited_->style));
      awaited_.reset();
      return;
    case Biff::Row:
      if ((le16(record.data, 12) & row_hidden) != 0) sheet_.hide_row(cursor.u16());
      return;
    case Biff::ColInfo:
      if ((le16(record.data, 8) & columns_hidden) != 0) {
        sheet_.hide_columns(le16(record.data, 0), le16(record.data, 2));
      }
      return;
    case Biff::Header:
    case Biff::Footer:
      if (!record.data.empty()) headers_.push_back(page_text(book_.read_line(cursor)));
      return;
    case Biff::Obj:
      object_ = le16(record.data, 4);
      return;
    case Biff::Txo:
      return take_text_box(cursor);
    default:
      return take_cell(record.type, cursor);
  }
}

void XlsSheetReader::take_cell(Biff type, BiffCursor cursor) {
  const CellHead head = read_head(cursor);
  switch (type) {
    case Biff::LabelSst:
      return sheet_.put(head.place, book_.shared.shared(cursor.u32(), head.style));
    case Biff::Label:
    case Biff::RString:
      return sheet_.put(head.place, book_.read_text(cursor, head.style));
    case Biff::Rk:
      return put_number(head, number_of_rk(cursor.u32()));
    case Biff::Number: {
      const std::uint32_t low = cursor.u32();
      return put_number(head, number_of(low, cursor.u32()));
    }
    case Biff::BoolErr: {
      const std::uint8_t value = cursor.u8();
      const bool error = cursor.u8() != 0;
      return sheet_.put(head.place,
                        std::string(error ? shown_error(value) : shown_boolean(value != 0)));
    }
    case Biff::Formula:
      return take_result(head, cursor);
    default:
      return;
  }
}

// 2.5.133 FormulaValue: a number, or what else the formula gave.
void XlsSheetReader::take_result(const CellHead& head, BiffCursor cursor) {
  enum { text = 0, boolean = 1, error = 2 };
  const std::uint32_t low = cursor.u32(), high = cursor.u32();
  awaited_.reset();
  if (high >> 16 != no_number) return put_number(head, number_of(low, high));
  const auto kind = low & 0xFF;
  const auto value = static_cast<std::uint8_t>(low >> 16 & 0xFF);
  if (kind == text) awaited_ = head;
  if (kind == boolean) sheet_.put(head.place, std::string(shown_boolean(value != 0)));
  if (kind == error) sheet_.put(head.place, std::string(shown_error(value)));
}

void XlsSheetReader::take_numbers(BiffCursor cursor, std::size_t size) {
  constexpr std::size_t around = 6, each = 6;
  CellHead head;
  head.place.row = cursor.u16();
  head.place.column = cursor.u16();
  for (std::size_t left = size; left >= around + each; left -= each) {
    head.style = cursor.u16();
    put_number(head, number_of_rk(cursor.u32()));
    ++head.place.column;
  }
}

void XlsSheetReader::take_areas(BiffCursor cursor) {
  const std::size_t count = cursor.u16();
  for (std::size_t i = 0; i < count && !cursor.at_end(); ++i) {
    SheetArea area;
    area.first.row = cursor.u16();
    area.last.row = cursor.u16();
    area.first.column = cursor.u16();
    area.last.column = cursor.u16();
    sheet_.merge(area);
  }
}

// 2.4.329 TxO: its text stands in the CONTINUE record behind it.
void XlsSheetReader::take_text_box(BiffCursor cursor) {
  if (!book_.wide || object_ == object_note) return;
  cursor.skip(10);
  const std::size_t count = cursor.u16();
  if (cursor.next_part()) {
    const bool wide = (cursor.u8() & 1) != 0;
    boxes_.push_back(utf8_of(cursor.characters(count, wide)));
  }
}

void XlsSheetReader::write(DocumentBuilder& builder) const {
  sheet_.write(builder);
  const auto margin = [&builder](Margin kind, const std::string& text) {
    builder.begin_margin(kind);
    builder.text(text);
    builder.end_margin();
  };
  for (const std::string& text : headers_) margin(Margin::header, text);
  for (const std::string& text : boxes_) margin(Margin::text_box, text);
}

}  // namespace

Result<Document> read_xls(std::string_view bytes) {
  const Result<Ole> ole = Ole::open(bytes);
  if (!ole) return ole.reason();
  auto stream = ole->stream("Workbook");
  if (!stream) stream = ole->stream("Book");
  if (!stream) return Unreadable{Why::damaged, "compound file without a workbook"};
  const Result<XlsBook> book = read_xls_book(*stream);
  if (!book) return book.reason();
  DocumentBuilder builder(FileType::xls);
  // No byte is part of two sheets, so all of them together are no longer than the stream.
  std::size_t budget = stream->size();
  for (const std::uint32_t begin : book->sheets) {
    BiffRecords records(*stream, begin);
    XlsSheetReader reader(*book);
    reader.read(records);
    reader.write(builder);
    const std::size_t used = records.position() - std::min<std::size_t>(begin, records.position());
    if (used > budget) builder.refuse();
    if (builder.failed()) break;
    budget -= used;
  }
  return builder.finish();
}

}  // namespace dengji
