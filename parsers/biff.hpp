// The records of an Excel 5-2003 workbook stream ([MS-XLS] 2.1.4): type, size, data; what is over
// 8 KB goes on in CONTINUE records. Views into the stream, which must outlive them.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

enum class Biff : std::uint16_t {
  Formula = 0x0006,
  Eof = 0x000A,
  Header = 0x0014,
  Footer = 0x0015,
  Date1904 = 0x0022,
  FilePass = 0x002F,
  Font = 0x0031,
  Continue = 0x003C,
  CodePage = 0x0042,
  Obj = 0x005D,
  ColInfo = 0x007D,
  BoundSheet = 0x0085,
  MulRk = 0x00BD,
  RString = 0x00D6,
  Xf = 0x00E0,
  MergeCells = 0x00E5,
  Sst = 0x00FC,
  LabelSst = 0x00FD,
  Txo = 0x01B6,
  Number = 0x0203,
  Label = 0x0204,
  BoolErr = 0x0205,
  String = 0x0207,
  Row = 0x0208,
  Rk = 0x027E,
  Format = 0x041E,
  Bof = 0x0809,
};

struct BiffRecord {
  Biff type{};
  std::string_view data;
  std::string_view more;  // the CONTINUE records behind it, with their headers
};

class BiffRecords {
 public:
  BiffRecords(std::string_view stream, std::size_t at) : stream_(stream), at_(at) {}
  // None at the end of the stream. The last record may be short.
  std::optional<BiffRecord> next();
  std::size_t position() const { return at_; }

 private:
  std::string_view stream_;
  std::size_t at_;
};

// Reads a record's data across its CONTINUE records; beyond the end everything is zero.
class BiffCursor {
 public:
  explicit BiffCursor(const BiffRecord& record) : part_(record.data), more_(record.more) {}

  bool at_end() const { return part_.empty() && more_.empty(); }
  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  void skip(std::size_t count);
  std::string bytes(std::size_t count);  // fewer where there are no more
  // `count` characters; `wide` says two bytes each, else the low bytes of UTF-16. In each further
  // CONTINUE record a byte in front says anew how the rest is stored.
  std::u16string characters(std::size_t count, bool wide);
  bool next_part();  // on to the next CONTINUE record; false where there is none

 private:
  std::string_view part_, more_;
};

struct BiffString {
  struct Run {
    std::size_t begin = 0;   // character where it starts
    std::uint16_t font = 0;  // by its number in the workbook
  };
  std::u16string text;
  std::vector<Run> runs;  // empty: all in the cell's font
};

// XLUnicodeRichExtendedString (2.5.293) with its count in two bytes, or in one: the other strings
// of Excel 97-2003 are special cases of it. Phonetic text is passed over.
BiffString read_biff_string(BiffCursor& cursor, int count_bytes = 2);

std::string utf8_of(const std::u16string& text);

}  // namespace dengji
