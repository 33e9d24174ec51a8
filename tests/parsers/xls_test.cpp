#include "parsers/xls.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <string>
#include <vector>

#include "parsers/limits.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"
#include "tests/parsers/word_maker.hpp"

namespace dengji {
namespace {

using namespace std::string_literals;

std::string record(unsigned type, const std::string& data) {
  return le(type, 2) + le(data.size(), 2) + data;
}

std::string wide(const std::u16string& text) {  // a string of Excel 97, count in two bytes
  std::string out = le(text.size(), 2) + "\1";
  for (const char16_t unit : text) out += le(unit, 2);
  return out;
}

std::string at(unsigned row, unsigned column, unsigned style = 0) {
  return le(row, 2) + le(column, 2) + le(style, 2);
}

std::string eight_bytes(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  return le(bits & 0xFFFFFFFF, 4) + le(bits >> 32, 4);
}

const std::string end = record(0x0A, "");

struct MadeBook {
  std::string globals{};              // records
  std::vector<std::string> sheets{};  // records of each
  std::vector<unsigned> states{};     // of each: 0 visible
  unsigned version = 0x0600;
};

std::string stream_of(const MadeBook& book) {
  const auto begin = [&book](unsigned kind) {
    return record(0x809, le(book.version, 2) + le(kind, 2) + std::string(12, '\0'));
  };
  std::string head = begin(5) + book.globals, list, sheets;
  const std::size_t entry = 4 + 6 + (book.version == 0x0600 ? 3 : 2);
  std::size_t offset = head.size() + entry * book.sheets.size() + end.size();
  for (std::size_t i = 0; i < book.sheets.size(); ++i) {
    const unsigned state = i < book.states.size() ? book.states[i] : 0;
    list += record(0x85,
                   le(offset, 4) + le(state, 2) + "\1" + (book.version == 0x0600 ? "\0x"s : "x"s));
    const std::string sheet = begin(0x10) + book.sheets[i] + end;
    offset += sheet.size();
    sheets += sheet;
  }
  return head + list + end + sheets;
}

std::string read_stream(const std::string& stream, const std::string& name = "Workbook") {
  return outline_of("a.xls", make_ole({{name, stream}}));
}

std::string read(const MadeBook& book) {
  return read_stream(stream_of(book), book.version == 0x0600 ? "Workbook" : "Book");
}

std::string label(unsigned row, unsigned column, const std::u16string& text) {
  return record(0x204, at(row, column) + wide(text));
}

TEST(Xls, EveryKindOfCell) {
  const std::string formula(8, '\0');
  EXPECT_EQ(read({"",
                  {label(0, 0, u"甲\xD83C\xDF4A") + record(0x203, at(0, 1) + eight_bytes(1.5)) +
                   record(0x27E, at(0, 2) + le(0x3FF00000, 4)) +
                   record(0x27E, at(0, 3) + le(12345 << 2 | 3, 4)) +
                   record(0xBD, le(1, 2) + le(0, 2) + le(0, 2) + le(7 << 2 | 2, 4) + le(0, 2) +
                                    le(0xFFFFFFFCu << 2 | 2, 4) + le(1, 2)) +
                   record(0x205, at(1, 2) + "\1\0"s) + record(0x205, at(1, 3) + "\x2A\1") +
                   record(0x06, at(2, 0) + eight_bytes(3) + formula) +
                   record(0x06, at(2, 1) + "\0\0\0\0\0\0\xFF\xFF"s + formula) +
                   record(0x207, wide(u"式")) +
                   record(0x06, at(2, 2) + "\1\0\1\0\0\0\xFF\xFF"s + formula) +
                   record(0x06, at(2, 3) + "\2\0\x07\0\0\0\xFF\xFF"s + formula) +
                   record(0x207, wide(u"of no formula"))}}),
            "| 甲\U0001F34A | 1.5 | 1 | 123.45 |\n| 7 | -4 | TRUE | #N/A |\n"
            "| 3 | 式 | TRUE | #DIV/0! |\n");
}

// The second string's characters are cut; what follows is stored in the other width, and says so.
TEST(Xls, StringsAcrossRecords) {
  const std::string first = "\3\0\0abc"s, head = le(4, 2) + "\1"s + le(u'甲', 2) + le(u'乙', 2);
  const std::string rich = le(2, 2) + "\x0C"s + le(1, 2) + le(4, 4) + "xy"s;
  const std::string strings = record(0xFC, le(3, 4) + le(3, 4) + first + head) +
                              record(0x3C, "\0cd"s + rich + le(1, 2)) +
                              record(0x3C, le(1, 2) + "phon"s + le(1, 2) + "\0z"s);
  std::string cells;
  for (unsigned i = 0; i < 5; ++i) cells += record(0xFD, at(0, i) + le(i, 4));
  EXPECT_EQ(read({strings, {cells}}), "| abc | 甲乙cd | xy |\n");
  const std::string cut = record(0xFC, le(9, 4) + le(9, 4) + le(500, 2) + "\0ab"s);
  EXPECT_EQ(read({cut, {cells}}), "| ab |\n");
}

TEST(Xls, StringsAcrossRecordsOfARealFile) {
  const std::string text = outline_of_file("book_long.xls");
  for (int i = 0; i < 12; ++i) {
    std::string line = "| " + std::string(i < 10 ? "00" : "0") + std::to_string(i);
    for (int n = 0; n < 300; ++n) line += i % 2 != 0 ? "长文字" : "plain";
    EXPECT_NE(text.find(line + " |\n"), std::string::npos) << i;
  }
}

TEST(Xls, DatesFontsAndRuns) {
  const auto font = [](const std::string& name) {
    return record(0x31, std::string(14, '\0') + le(name.size(), 1) + "\0"s + name);
  };
  std::string globals = record(0x22, le(1, 2));
  for (int i = 0; i < 4; ++i) globals += font("Arial");
  globals += font("Wingdings");  // the fifth has number 5
  globals += record(0x41E, le(164, 2) + wide(u"yyyy\"年\"m\"月\""));
  for (const auto& [number, format] : {std::pair{0u, 0u}, {0u, 14u}, {0u, 164u}, {5u, 0u}}) {
    globals += record(0xE0, le(number, 2) + le(format, 2) + std::string(16, '\0'));
  }
  const std::string runs = le(3, 2) + "\x09"s + le(2, 2) + le(0xFE, 2) + le(u'是', 2) +
                           le(u'o', 2) + le(1, 2) + le(0, 2) + le(2, 2) + le(5, 2);
  EXPECT_EQ(read({globals,
                  {record(0x203, at(0, 0, 1) + eight_bytes(41870)) +
                   record(0x203, at(0, 1, 2) + eight_bytes(41870)) +
                   record(0x203, at(0, 2, 99) + eight_bytes(41870)) +
                   record(0x204, at(0, 3, 3) + runs)}}),
            "| 2018-08-20 | 2018-08-20 | 41870 | ☑是☐ |\n");
}

TEST(Xls, HiddenSheetsRowsAndColumnsAndCharts) {
  const std::string chart =
      record(0x809, le(0x0600, 2) + le(0x20, 2)) + label(9, 9, u"chart") + end;
  EXPECT_EQ(read({"",
                  {label(0, 0, u"a") + chart + label(1, 1, u"b") +
                       record(0x208, le(1, 2) + std::string(10, '\0') + le(0x20, 2) + le(0, 2)),
                   label(0, 0, u"hidden"), label(0, 0, u"very"), label(0, 0, u"macros"),
                   label(0, 0, u"c") + label(0, 5, u"d") +
                       record(0x7D, le(4, 2) + le(6, 2) + le(0, 4) + le(1, 2) + le(0, 2))},
                  {0, 1, 2, 0x100, 0}}),
            "| a |\n| c |\n");
}

TEST(Xls, TextBoxesAndHeadersAreMarginsNotesAreNot) {
  const auto object = [](unsigned kind) {
    return record(0x5D, le(0x15, 2) + le(0x12, 2) + le(kind, 2) + std::string(16, '\0'));
  };
  const auto text = [](unsigned count, const std::string& parts) {
    return record(0x1B6, std::string(10, '\0') + le(count, 2) + std::string(6, '\0')) + parts;
  };
  EXPECT_EQ(read({"",
                  {label(0, 0, u"a") + record(0x14, wide(u"&C标题")) + object(6) +
                   text(3, record(0x3C, "\0ab"s) + record(0x3C, "\1"s + le(u'丙', 2))) +
                   object(0x19) + text(1, record(0x3C, "\0n"s)) + object(6) + text(9, "")}}),
            "| a |\n# 标题\n# ab丙\n");
}

TEST(Xls, Excel5IsInItsCodePage) {
  const std::string name = "\xD0\xD5\xC3\xFB";  // 姓名 in GBK
  const std::string text = le(name.size(), 2) + name;
  EXPECT_EQ(
      read({record(0x42, le(936, 2)) + record(0x31, std::string(14, '\0') + "\x09Wingdings"s) +
                record(0x41E, le(164, 2) + "\7yyyy-mm"s) + record(0xE0, le(1, 2) + le(0, 2)) +
                record(0xE0, le(0, 2) + le(164, 2)),
            {record(0x204, at(0, 0) + text) + record(0xD6, at(0, 1) + text + "\1\0\0"s) +
             record(0x203, at(0, 2, 1) + eight_bytes(43332)) +
             record(0x204, at(0, 3, 1) + le(1, 2) + "\xFE") +
             record(0x06, at(1, 0) + "\0\0\0\0\0\0\xFF\xFF"s + std::string(8, '\0')) +
             record(0x207, text)},
            {},
            0x0500}),
      "| 姓名 | 姓名 | 2018-08-20 | ☑ |\n| 姓名 |  |  |  |\n");
}

TEST(Xls, WhatIsNotReadIsNamed) {
  EXPECT_EQ(read({record(0x2F, "\1\0\1\0"s)}).substr(0, 10), "!encrypted");
  EXPECT_EQ(read({"", {}, {}, 0x0400}).substr(0, 12), "!unsupported");
  EXPECT_EQ(read_stream("").substr(0, 8), "!damaged");
  EXPECT_EQ(read_stream(record(0x0A, "")).substr(0, 8), "!damaged");
  EXPECT_EQ(read_xls("").reason().why, Why::damaged);
  EXPECT_EQ(read_xls(make_ole({{"Other", "x"}})).reason().why, Why::damaged);
}

TEST(Xls, Limits) {
  const auto refused = [](const MadeBook& book) { return read(book).starts_with("!over_limit"); };
  EXPECT_TRUE(refused({"", std::vector<std::string>(limits::sheets + 1)}));
  std::string strings, fonts, styles, cells;
  for (std::size_t i = 0; i <= limits::sheet_strings; ++i) strings += "\0\0\0"s;
  EXPECT_TRUE(
      refused({record(0xFC, le(0, 4) + le(1'000'000, 4)) + record(0x3C, strings.substr(0, 60'000)) +
               record(0x3C, strings.substr(0, 60'000)) + record(0x3C, strings.substr(0, 60'000)) +
               record(0x3C, strings.substr(0, 60'000)) + record(0x3C, strings.substr(0, 61'000))}));
  for (std::size_t i = 0; i <= limits::sheet_styles; ++i) styles += record(0xE0, "");
  EXPECT_TRUE(refused({styles}));
  for (std::size_t i = 0; i <= limits::sheet_styles; ++i) fonts += record(0x31, "");
  EXPECT_TRUE(refused({fonts}));
  for (unsigned i = 0; i <= limits::document_cells; ++i)
    cells += record(0x27E, at(i, 0) + le(2, 4));
  EXPECT_TRUE(refused({"", {cells}}));
}

TEST(Xls, SheetsThatShareTheirBytesAreReadOnce) {
  const std::string good = stream_of({"", {label(0, 0, u"a")}});
  const std::size_t list = good.find(le(0x85, 2) + le(9, 2));
  ASSERT_NE(list, good.npos);
  const std::string entry = good.substr(list, 13);
  const std::uint32_t more = 40 * 13;
  std::string many = good.substr(0, list);
  for (int i = 0; i < 41; ++i) {
    std::string each = entry;
    const auto offset = static_cast<unsigned char>(entry[4]) | static_cast<unsigned char>(entry[5])
                                                                   << 8;
    each.replace(4, 4, le(static_cast<unsigned long>(offset) + more, 4));
    many += each;
  }
  many += good.substr(list + 13);
  EXPECT_TRUE(read_stream(many).starts_with("!over_limit")) << read_stream(many);
}

TEST(Xls, EveryCutEndsInAValueOrAReason) {
  const std::string whole = test_data("documents/book.xls");
  for (std::size_t size = 0; size < whole.size(); size += 13) {
    (void)outline_of("a.xls", whole.substr(0, size));
  }
  const std::string stream = stream_of(
      {record(0xFC, le(1, 4) + le(1, 4) + le(2, 2) + "\x0D"s + le(1, 2) + le(1, 4) + "abcd"s +
                        le(1, 2) + le(1, 2) + "p"s) +
           record(0x3C, "\1xy"s),
       {label(0, 0, u"甲") + record(0xBD, le(1, 2) + le(0, 2) + le(0, 2) + le(2, 4) + le(0, 2))}});
  for (std::size_t size = 0; size <= stream.size(); ++size) {
    const std::string cut = outline_of("a.xls", make_ole({{"Workbook", stream.substr(0, size)}}));
    if (size == stream.size()) {
      EXPECT_EQ(cut, "| 甲 |\n| 0 |\n");
    }
  }
}

}  // namespace
}  // namespace dengji
