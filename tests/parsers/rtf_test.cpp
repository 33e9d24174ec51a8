#include "parsers/rtf.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/limits.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

std::string rtf(const std::string& body, const std::string& fonts = "") {
  return outline_of("a.rtf", "{\\rtf1\\ansi\\ansicpg936{\\fonttbl" + fonts + "}" + body + "}");
}

TEST(Rtf, BytesReadInTheCodePageOfTheirFont) {
  const std::string fonts = "{\\f0\\fcharset134 SimSun;}{\\f1\\fcharset204 Arial;}";
  EXPECT_EQ(rtf("\\f0 \\'c4\\'a3\\'b0\\'e5\\f1 \\'c4\\'e0\\par", fonts), "模板Да\n");
}

TEST(Rtf, FontWithoutCharsetReadsAsTheDocumentSays) {
  EXPECT_EQ(rtf("\\'c1\\'aa\\'cd\\'a8\\par", "{\\f0\\fnil SimSun;}"), "联通\n");
}

TEST(Rtf, DoubleByteTextTakesTheAssociatedFont) {
  const std::string fonts = "{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 SimSun;}";
  EXPECT_EQ(outline_of("a.rtf", "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl" + fonts +
                                    "}\\f0\\dbch\\af1 \\'d6\\'d0\\loch\\f0 A\\par}"),
            "中A\n");
}

TEST(Rtf, UnicodeSkipsItsFallback) {
  EXPECT_EQ(rtf("\\uc1\\u20013?\\u-26281 ?\\uc2\\u25991\\'ce\\'c4!\\u55356??\\u57160??\\par"),
            "中饗文!\U0001F348\n");
}

TEST(Rtf, ControlsAreNoText) {
  EXPECT_EQ(rtf("a\\'00b\\u0 ?c\\'1b\\u127 ?d\\tab e\\par"), "abcd\te\n");
}

TEST(Rtf, SymbolsOfFontsAndOfFields) {
  const std::string fonts = "{\\f0\\fcharset134 SimSun;}{\\f9\\fcharset2 Wingdings;}";
  EXPECT_EQ(rtf("{\\f9 \\'fe}A{\\f9\\u-3928 ?}B"
                "{\\field{\\*\\fldinst SYMBOL 82 \\\\f \"Wingdings 2\" \\\\s 12}"
                "{\\fldrslt\\f0}}C\\par",
                fonts),
            "☑A☐B☑C\n");
}

TEST(Rtf, FormFieldsShowTheirState) {
  const auto box = [](const std::string& state) {
    return "{\\field{\\*\\fldinst FORMCHECKBOX {\\*\\formfield{\\fftype1" + state +
           "{\\*\\ffname a}}}}{\\fldrslt }}";
  };
  EXPECT_EQ(rtf(box("\\ffres1") + "A" + box("\\ffres25\\ffdefres1") + "B" +
                box("\\ffres25\\ffdefres0") + "C\\par"),
            "☑A☑B☐C\n");
  EXPECT_EQ(rtf("{\\field{\\*\\fldinst FORMDROPDOWN {\\*\\formfield{\\fftype2\\ffres1"
                "{\\*\\ffl one}{\\*\\ffl two}}}}{\\fldrslt }}\\par"),
            "two\n");
}

TEST(Rtf, DeletedHiddenAndUnknownTextIsLeftOut) {
  EXPECT_EQ(rtf("a{\\deleted b}{\\v c}{\\*\\unknown d}{\\pict 00ff}{\\info{\\title e}}"
                "{\\upr{old}{\\*\\ud{f}}}{\\footnote g}h\\par"),
            "ah\n");
}

TEST(Rtf, StruckOutTextIsLeftOut) {
  EXPECT_EQ(rtf("a{\\strike b}\\striked1 c\\striked0 d\\strike e\\plain f\\par"), "adf\n");
}

TEST(Rtf, HeadersAndShapesAreMargins) {
  EXPECT_EQ(rtf("{\\header\\pard head\\par}one{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}"
                "{\\shptxt\\pard box\\par}}{\\shprslt box}} two\\par"),
            "one two\n# head\n# box\n");
}

TEST(Rtf, MergedCellsByEdges) {
  EXPECT_EQ(rtf("\\trowd\\clvmgf\\cellx1000\\cellx2000\\cellx3000"
                "\\pard\\intbl a\\cell b\\cell c\\cell\\row"
                "\\trowd\\clvmrg\\cellx1005\\cellx3000\\pard\\intbl\\cell d\\cell\\row"
                "\\trowd\\clmgf\\cellx1000\\clmrg\\cellx2000\\cellx3000"
                "\\pard\\intbl e\\cell\\cell f\\cell\\row\\pard end\\par"),
            "| av2 | b | c |\n| d@1>2 |\n| e>2 | f |\nend\n");
}

TEST(Rtf, NestedTable) {
  EXPECT_EQ(rtf("\\pard\\intbl\\itap2 x\\nestcell y\\nestcell"
                "{\\*\\nesttableprops\\trowd\\cellx500\\cellx1000\\nestrow}"
                "{\\nonesttables\\par}\\pard\\intbl\\itap1 a\\cell b\\cell"
                "\\trowd\\cellx1000\\cellx2000\\row\\pard end\\par"),
            "| a{| x | y |/} | b |\nend\n");
}

TEST(Rtf, GroupsTooDeepAreRefused) {
  const std::string open(limits::rtf_depth + 1, '{');
  EXPECT_EQ(rtf(open + "a").substr(0, 11), "!over_limit");
}

TEST(Rtf, CutAnywhereItStillReads) {
  const std::string whole =
      "{\\rtf1\\ansi{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\trowd\\cellx900\\intbl "
      "\\'d6\\'d0{\\field{\\*\\fldinst SYMBOL 82}}\\cell\\row{\\header h\\par}\\bin3 abc}";
  for (std::size_t size = 6; size < whole.size(); ++size) {
    const auto document = read_rtf(std::string_view(whole).substr(0, size));
    EXPECT_TRUE(document) << size;
  }
  EXPECT_FALSE(read_rtf("{\\urtf1 x}"));
}

}  // namespace
}  // namespace dengji
