#include "parsers/worksheet.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/limits.hpp"
#include "parsers/workbook.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

std::string written(const Worksheet& sheet) {
  DocumentBuilder builder(FileType::xlsx);
  sheet.write(builder);
  const auto document = builder.finish();
  return document ? outline(*document) : "!" + document.reason().detail;
}

bool refused(const Worksheet& sheet) { return written(sheet).starts_with('!'); }

TEST(Worksheet, IsAsSmallAsWhatIsUsed) {
  Worksheet sheet;
  EXPECT_EQ(written(sheet), "");
  sheet.put({1000, 3}, "a");
  sheet.put({1000, 4}, "");
  EXPECT_EQ(written(sheet), "| a |\n");
  sheet.put({1'048'575, 16'383}, "b");
  EXPECT_EQ(written(sheet), "| a |  |  |\n|  |  |  |\n|  |  | b |\n");
}

TEST(Worksheet, OneEmptyLineIsLeftOfMany) {
  Worksheet sheet;
  for (const int column : {0, 1, 3, 9}) sheet.put({column, column}, std::to_string(column));
  EXPECT_EQ(written(sheet),
            "| 0 |  |  |  |  |  |\n|  | 1 |  |  |  |  |\n|  |  |  |  |  |  |\n"
            "|  |  |  | 3 |  |  |\n|  |  |  |  |  |  |\n|  |  |  |  |  | 9 |\n");
}

TEST(Worksheet, MergedCells) {
  Worksheet sheet;
  sheet.put({0, 0}, "title");
  sheet.put({1, 0}, "left");
  for (const int row : {1, 2}) sheet.put({row, 1}, "b");
  sheet.put({2, 9}, "c");
  sheet.put({1, 2}, "covered by none");
  sheet.merge({{0, 0}, {0, 20}});
  sheet.merge({{1, 0}, {900, 0}});
  EXPECT_EQ(written(sheet),
            "| title>5 |\n| leftv2 | b | covered by none |  |  |\n| b@1 |  |  | c |\n");
}

TEST(Worksheet, WhatAMergedCellCoversIsNotShown) {
  Worksheet sheet;
  sheet.put({0, 0}, "a");
  sheet.put({0, 1}, "under it");
  sheet.put({1, 1}, "b");
  sheet.merge({{0, 0}, {0, 1}});
  EXPECT_EQ(written(sheet), "| a>2 |\n|  | b |\n");
}

TEST(Worksheet, OverlappingAndSenselessAreasAreLeftOut) {
  Worksheet sheet;
  for (int i = 0; i < 3; ++i) sheet.put({i, i}, "x");
  sheet.merge({{0, 0}, {1, 1}});
  sheet.merge({{1, 1}, {2, 2}});
  sheet.merge({{2, 2}, {1, 1}});
  sheet.merge({{-1, 0}, {2, 2}});
  sheet.merge({{500, 500}, {600, 600}});
  EXPECT_EQ(written(sheet), "| x>2v2 |  |\n| @2 |\n|  |  | x |\n");
}

TEST(Worksheet, HiddenRowsAndColumnsAreNotShown) {
  Worksheet sheet;
  for (int i = 0; i < 4; ++i) sheet.put({i, i}, std::to_string(i));
  sheet.hide_row(0);
  sheet.hide_columns(3, 9);
  EXPECT_EQ(written(sheet), "| 1 |  |\n|  | 2 |\n");
}

TEST(Worksheet, ControlsAreLeftOut) {
  Worksheet sheet;
  sheet.put({0, 0}, std::string("a\r\nb\0\x01\t", 7));
  EXPECT_EQ(written(sheet), "| a/b\t |\n");
}

TEST(Worksheet, LimitsOfCellsTextAndAreas) {
  const auto cells = static_cast<int>(limits::document_cells);
  Worksheet many;
  for (int i = 0; i <= cells; ++i) many.put({i, 0}, "x");
  EXPECT_TRUE(many.over_limit() && refused(many));
  Worksheet wide;
  for (int i = 0; i < 150; ++i) wide.put({2 * i, 2 * i}, "x");
  EXPECT_TRUE(!wide.over_limit() && refused(wide)) << "299 rows of 299 cells";
  Worksheet text;
  const std::string half(limits::document_text_bytes / 2, 'x');
  for (int i = 0; i < 3; ++i) text.put({0, i}, half);
  EXPECT_TRUE(text.over_limit() && refused(text));
  Worksheet areas;
  areas.put({0, 0}, "x");
  for (std::size_t i = 0; i <= limits::sheet_merged_areas; ++i) areas.merge({{0, 0}, {0, 1}});
  EXPECT_TRUE(areas.over_limit() && refused(areas));
  Worksheet columns;
  columns.put({0, 0}, "x");
  for (std::size_t i = 0; i <= limits::table_columns; ++i) columns.hide_columns(5, 5);
  EXPECT_TRUE(columns.over_limit() && refused(columns));
}

TEST(Workbook, FontsOfCellsAndRuns) {
  Workbook book;
  book.styles = {{{}, ""}, {{}, "Wingdings"}};
  CellText text{"\u00FE", ""};
  text.add("x", "Arial");
  text.add("o", "Wingdings");
  book.strings.push_back(text);
  EXPECT_EQ(book.shared(0, 0), "\u00FEx☐");
  EXPECT_EQ(book.shared(0, 1), "☑x☐");
  EXPECT_EQ(book.shared(0, 99), "\u00FEx☐");
  EXPECT_EQ(book.shared(1, 0), "");
}

TEST(Workbook, PageTextLosesItsCodes) {
  EXPECT_EQ(page_text("&L&\"Arial,Bold\"&14网站登记表&R&Kff0000第&P页 A&&B"),
            "网站登记表\n第页 A&B");
  EXPECT_EQ(page_text("&\"never ends"), "");
  EXPECT_EQ(page_text("&K12"), "");
  EXPECT_EQ(page_text("&K01+022报送"), "报送");  // a theme's colour
  EXPECT_EQ(page_text("&"), "&");
  EXPECT_EQ(page_text("&邵阳&K12邵东&14"), "邵阳邵东");  // no codes, and no halves of characters
}

}  // namespace
}  // namespace dengji
