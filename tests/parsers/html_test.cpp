#include "parsers/html.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "parsers/limits.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

std::string read(const std::string& body) {
  return outline_of("a.htm", "<html><body>" + body + "</body></html>");
}

TEST(Html, SpansMakeTheGrid) {
  EXPECT_EQ(read("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>"),
            "| av2 | b>2 |\n| c@1 | d |\n");
  EXPECT_EQ(read("<table><tr><td rowspan=0>a<td>b<tr><td>c<tr><td colspan=x>d</table>"),
            "| av3 | b |\n| c@1 |\n| d@1 |\n");
}

TEST(Html, NestedTable) {
  EXPECT_EQ(read("<table><tr><td>a<table><tr><td>b</td></tr></table></td><td>c</td></tr></table>e"),
            "| a{| b |/} | c |\ne\n");
}

TEST(Html, BlanksAreOneAndNoneBetweenIdeographs) {
  EXPECT_EQ(read("<p>a \n\n b</p><p>姓\n名 字</p>"), "a b\n姓名 字\n");
}

TEST(Html, CharsetOfTheHeadIsHeeded) {
  EXPECT_EQ(outline_of("a.htm",
                       "<html><head><meta http-equiv=Content-Type content=\"text/html; "
                       "charset=big5\"></head><body>\xA6W\xBA\xD9</body></html>"),
            "名稱\n");
}

TEST(Html, BoxesShowTheirState) {
  EXPECT_EQ(read("<input type=checkbox checked>a<input type='radio'>b<input value=c>"), "☑a☐bc\n");
  EXPECT_EQ(read("<font face=Wingdings>&#254;</font>a<span style='font-family:\"Wingdings 2\"'>"
                 "\xC2\xA3</span>b<span style='font-family:SimSun;mso-char-type:symbol;"
                 "mso-symbol-font-family:Wingdings'>\xC2\xA8</span>c"),
            "☑a☐b☐c\n");
}

TEST(Html, StruckOutTextIsLeftOut) {
  EXPECT_EQ(read("a<s>b</s><strike>c</strike><span style='text-decoration: line-through'>d</span>"
                 "<u>e</u>"),
            "ae\n");
}

TEST(Html, WhatIsNotDisplayedIsLeftOut) {
  EXPECT_EQ(read("a<script>x</script><style>y</style><p style='display: none'>z</p><!-- c -->"
                 "<del>d</del><span style='mso-hide:all'>e</span>b"),
            "ab\n");
}

TEST(Html, BrokenTagsMakeNoHarm) {
  EXPECT_NE(read("</td></table><td>a<tr><td>b</p></div></td>c<table").find("b"), std::string::npos);
  std::string deep;
  for (std::size_t i = 0; i <= limits::xml_depth; ++i) deep += "<div>";
  EXPECT_EQ(read(deep).substr(0, 11), "!over_limit");
}

TEST(Html, TooManyNamesAreRefused) {
  std::string tag = "<p><a";
  for (std::size_t i = 0; i < limits::html_name_bytes; ++i) tag += " a" + std::to_string(i);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read(tag + ">x").substr(0, 11), "!over_limit");
  EXPECT_EQ(read(tag).substr(0, 11), "!over_limit");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  std::string same = "<p><a";
  for (std::size_t i = 0; i < limits::html_name_bytes; ++i) same += " a=b";
  EXPECT_EQ(read(same + ">x"), "x\n");
}

TEST(Html, TablesTooDeepAreRefused) {
  std::string deep;
  for (std::size_t i = 0; i <= limits::table_depth; ++i) deep += "<table><tr><td>a";
  EXPECT_EQ(read(deep).substr(0, 11), "!over_limit");
}

TEST(Html, ATableTooWideIsRefusedWhereverItsWideCellStands) {
  for (const char* row : {"<td>a<td colspan=1000>b", "<td>a<td colspan=1000>b<td>c"}) {
    const auto document = read_html_document(std::string("<table><tr>") + row + "</table>");
    ASSERT_FALSE(document) << row;
    EXPECT_EQ(document.reason().why, Why::over_limit);
  }
}

}  // namespace
}  // namespace dengji
