#include "parsers/text.hpp"

#include <gtest/gtest.h>

#include <ctime>

namespace dengji {

using namespace std::string_literals;

TEST(Utf8, IsStrict) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("登记表🍊"));
  EXPECT_FALSE(is_utf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(is_utf8("\xED\xA0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(is_utf8("\xE7\x99"));          // cut
}

TEST(ToUtf8, DecodesGbWhateverItIsCalled) {
  const std::string gbk = "\xB5\xC7\xBC\xC7\xB1\xED";  // 登记表
  for (const char* charset : {"gb2312", "GBK", "GB18030", "", "x-unknown", "us-ascii", "cp936",
                              "iso-8859-1", "utf-8", "GB2312_CHARSET"}) {
    EXPECT_EQ(to_utf8(gbk, charset), "登记表") << charset;
  }
}

TEST(ToUtf8, TriesUtf8FirstWhateverIsDeclared) {
  EXPECT_EQ(to_utf8("登记表", "gb2312"), "登记表");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBF登记表", "gbk"), "登记表");
}

TEST(ToUtf8, DecodesFourByteGb18030) { EXPECT_EQ(to_utf8("\x94\x39\xDA\x33", "gb18030"), "💩"); }

TEST(ToUtf8, BelievesWhatIsNeitherUtf8NorGb) {
  EXPECT_EQ(to_utf8("caf\xE9", "iso-8859-1"), "café");
  EXPECT_EQ(to_utf8("\xB5\x6E\xB0\x4F\xAA\xED", "big5"), "登記表");
  EXPECT_EQ(to_utf8("~{5G<G1m~}", "hz-gb-2312"), "登记表");
  EXPECT_EQ(to_utf8("+do2LsIhf-", "utf-7"), to_utf8("+do2LsIhf-", "UTF-7"));
  EXPECT_EQ(to_utf8("\xFF\xFE\x7B\x76"s), "登");
  EXPECT_EQ(to_utf8("\x7B\x76\xB0\x8B"s, "utf-16le"), "登记");
}

TEST(ToUtf8, KeepsUtf8ThatWasCutAsUtf8) {
  EXPECT_EQ(to_utf8("登记材料\xE8\xA1", "utf-8"), "登记材料\uFFFD");
}

TEST(ToUtf8, LeavesNoControls) {
  EXPECT_EQ(to_utf8("a\r\nb\rc\td\0e\x1B"s), "a\nb\nc\tde");
  EXPECT_TRUE(is_utf8(to_utf8("\xFF\x80\x81\xFE\xE4"s)));
}

TEST(CodePoints, GoThereAndBack) {
  EXPECT_EQ(from_code_points(code_points("登a🍊")), "登a🍊");
  EXPECT_EQ(code_points("\xE7"), U"\uFFFD");
  EXPECT_EQ(from_code_points(std::u32string{0xD800, 0x110000}), "\uFFFD\uFFFD");
}

// What a zero-width character at the end sends the long way round comes out the same.
TEST(FoldName, IsTheSameWithAndWithoutNormalising) {
  std::u32string all;
  for (char32_t c = 0x20; c < 0x7F; ++c) all += c;
  for (char32_t c = 0x3000; c < 0x3012; ++c) all += c;
  for (char32_t c = 0x4E00; c < 0xA000; ++c) all += c;
  for (char32_t c = 0xFF01; c < 0xFF5F; ++c) all += c;
  for (std::size_t at = 0; at < all.size(); at += 7) {
    const std::string name = "a" + from_code_points(std::u32string_view(all).substr(at, 7));
    EXPECT_EQ(fold_name(name), fold_name(name + "\u200B")) << name;
  }
}

TEST(FoldName, MakesNamesEqualThatAPersonCallsTheSame) {
  EXPECT_EQ(fold_name("７点看双清"), fold_name("7点看双清"));
  EXPECT_EQ(fold_name("《邵東風物》"), fold_name("邵东风物"));
  EXPECT_EQ(fold_name("双清·资江印象"), fold_name("双清资江印象"));
  EXPECT_EQ(fold_name(" 隆回 E家网"), fold_name("隆回e家网"));
  EXPECT_EQ(fold_name("🍊绥宁在线"), fold_name("绥宁在线"));
  EXPECT_NE(fold_name("绥宁在线"), fold_name("绥宁在线2"));
  EXPECT_EQ(fold_name("🍊 🍊"), "🍊🍊");
}

TEST(FoldWidth, TurnsFullWidthToHalfWidth) { EXPECT_EQ(fold_width("ＡＢ１２（）"), "AB12()"); }

TEST(Compose, JoinsLettersAndMarks) {
  EXPECT_EQ(compose("e\u0301"), "é");
  EXPECT_EQ(compose("（１）"), "（１）");
}

TEST(Normalising, StaysLinearOnRunsOfMarks) {
  std::string marks;
  for (int i = 0; i < 200'000; ++i) marks += i % 2 ? "\u0301" : "\u0327";
  const std::clock_t start = std::clock();
  EXPECT_TRUE(is_utf8(fold_width(marks)));
  EXPECT_LT(std::clock() - start, 5 * CLOCKS_PER_SEC);
}

// U+0384 is a blank and a mark: what characters are made of counts too.
TEST(Normalising, DoneTwiceIsDoneOnce) {
  for (const std::string first : {"a", "\u0384", "\u00E9", "\u0344"}) {
    std::string text = first;
    for (int i = 0; i < 100; ++i) text += "\u0303";
    const std::string folded = fold_width(text), composed = compose(text);
    EXPECT_EQ(fold_width(folded), folded);
    EXPECT_EQ(compose(composed), composed);
  }
}

TEST(Blanks, AreOfEveryKind) {
  EXPECT_EQ(trim("\u3000 姓　名\u200B\u00A0\n"), "姓　名");
  EXPECT_EQ(squeeze("姓　 \n\u200B名"), "姓名");
  EXPECT_EQ(trim(" \u3000"), "");
}

TEST(EditDistance, CountsCharacters) {
  EXPECT_EQ(edit_distance(U"", U"网站"), 2u);
  EXPECT_EQ(edit_distance(U"网站名称", U"网站各称"), 1u);
  EXPECT_EQ(edit_distance(U"kitten", U"sitting"), 3u);
  EXPECT_EQ(edit_distance(U"abcd", U"bcda"), 2u);
}

TEST(EditDistance, DoesNotCompareWholeDocuments) {
  const std::u32string a(100'000, U'a'), b(90'000, U'b');
  EXPECT_EQ(edit_distance(a, b), 100'000u);
}

TEST(Shown, EscapesWhatCannotBeSeen) {
  EXPECT_EQ(shown("a\u202Egpj.doc"), "a<U+202E>gpj.doc");
  EXPECT_EQ(shown("名\u200B称\uFEFF"), "名<U+200B>称<U+FEFF>");
  EXPECT_EQ(shown("登记表 (1).doc"), "登记表 (1).doc");
}

TEST(Trim, TakesBlanksOfEveryKindOffBothEnds) {
  EXPECT_EQ(trim("\u3000 登 记\u00A0\t\n"), "登 记");
  EXPECT_EQ(trim("\uFEFF登\u200B"), "登");
  EXPECT_EQ(trim("a"), "a");
  EXPECT_EQ(trim(" \u3000\u3000"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim(" \xE7\x99 "), "\uFFFD");  // not UTF-8
}

}  // namespace dengji
