#include "parsers/word_binary.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/limits.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"
#include "tests/parsers/word_maker.hpp"

namespace dengji {
namespace {

const std::string deleted = sprm(0x0800, "\1"), hidden = sprm(0x083C, "\1");
const std::string in_table = sprm(0x2416, "\1"), row_end = in_table + sprm(0x2417, "\1");

std::string read(const MadeWord& word) { return outline_of("a.doc", make_word(word)); }

MadeParagraph plain(std::u16string text) { return {{{text + u"\r", ""}}, ""}; }
MadeParagraph cell(std::u16string text) { return {{{text + u"\a", ""}}, in_table}; }
MadeParagraph row(const std::vector<int>& edges, const std::vector<unsigned>& flags) {
  return {{{u"\a", ""}}, row_end + row_definition(edges, flags)};
}

TEST(WordBinary, FastSavedTextIsPutInOrder) {
  EXPECT_EQ(read({{plain(u"一"), cell(u"二"), row({0, 900}, {0}), plain(u"三")}, true}),
            "一\n| 二 |\n三\n");
}

TEST(WordBinary, DeletedAndHiddenText) {
  EXPECT_EQ(read({{{{{u"a", ""}, {u"b", deleted}, {u"c", hidden}, {u"d\r", ""}}, ""}}}), "ad\n");
}

TEST(WordBinary, StruckOutText) {
  const std::string once = sprm(0x0837, "\1"), twice = sprm(0x2A53, "\1");
  EXPECT_EQ(read({{{{{u"a", once}, {u"b", ""}, {u"c", twice}, {u"d\r", ""}}, ""}}}), "bd\n");
}

TEST(WordBinary, DeletedMarkJoinsParagraphs) {
  EXPECT_EQ(read({{{{{u"a", ""}, {u"\r", deleted}}, ""}, plain(u"b")}}), "ab\n");
}

TEST(WordBinary, DeletedMarkBeforeATableJoinsNothing) {
  const MadeParagraph before{{{u"a", ""}, {u"\r", deleted}}, ""};
  EXPECT_EQ(read({{before, cell(u"b"), row({0, 900}, {0}), plain(u"c")}}), "a\n| b |\nc\n");
  const MadeParagraph in_cell{{{u"b", ""}, {u"\r", deleted}}, in_table};
  EXPECT_EQ(read({{before, in_cell, cell(u"c"), row({0, 900}, {0})}}), "a\n| bc |\n");
}

TEST(WordBinary, WhatAPieceSaysHoldsForItsText) {
  MadeWord word{{plain(u"a")}};
  word.lists = "\x01" + le(deleted.size(), 2) + deleted;
  word.piece_modifier = 1;  // the first list
  EXPECT_EQ(read(word), "");
  word.piece_modifier = 0x5C << 1 | 0x100;  // one byte's code: hidden
  EXPECT_EQ(read(word), "");
}

TEST(WordBinary, FieldsShowTheirResult) {
  EXPECT_EQ(read({{plain(u"a\x13 HYPERLINK \x13 X \x14y\x15 \x14link\x15z")}}), "alinkz\n");
  EXPECT_EQ(read({{plain(u"a\x13 never ends")}}), "a\n");
}

TEST(WordBinary, SurrogatesBreaksAndHyphens) {
  EXPECT_EQ(read({{plain(u"\xD83C\xDF4A\x1E"
                         u"b\x0B"
                         u"c\x1F"
                         u"d")}}),
            "\U0001F34A-b\ncd\n");
}

TEST(WordBinary, MergedCells) {
  constexpr unsigned joined = 0x0002, first_down = 0x0060, down = 0x0020;
  EXPECT_EQ(read({{cell(u"a"), cell(u"b"), cell(u"c"), row({0, 500, 900, 1500}, {first_down, 0, 0}),
                   cell(u""), cell(u"d"), cell(u""), row({0, 505, 900, 1500}, {down, 1, joined})}}),
            "| av2 | b | c |\n| d@1>2 |\n");
}

TEST(WordBinary, RowShapeChangedAfterItsDefinition) {
  const std::string down = sprm(0xD62B, "\2" + std::string("\0\3", 2));
  const std::string join = sprm(0x5624, std::string("\0\2", 2));
  EXPECT_EQ(read({{cell(u"a"),
                   cell(u""),
                   cell(u"c"),
                   {{{u"\a", ""}},
                    row_end + row_definition({0, 500, 900, 1500}, {0, 0, 0}) + join + down}}}),
            "| a | c |\n");
}

TEST(WordBinary, RowDefinitionInTheDataStream) {
  MadeWord word{{cell(u"a"),
                 cell(u"b"),
                 {{{u"\a", ""}}, row_end + sprm(0x6646, le(0, 4))},
                 cell(u"c"),
                 row({0, 1500}, {0})}};
  const std::string definition = row_definition({0, 500, 1500}, {0, 0});
  word.data = le(definition.size(), 2) + definition;
  EXPECT_EQ(read(word), "| a | b |\n| c>2 |\n");
}

TEST(WordBinary, NestedTable) {
  const std::string level2 = in_table + sprm(0x6649, le(2, 4));
  const MadeParagraph inner{{{u"x\r", ""}}, level2 + sprm(0x244B, "\1")};
  const MadeParagraph inner_end{
      {{u"\r", ""}},
      level2 + sprm(0x244B, "\1") + sprm(0x244C, "\1") + row_definition({0, 300}, {0})};
  EXPECT_EQ(read({{inner, inner_end, cell(u"a"), row({0, 900}, {0}), plain(u"b")}}),
            "| a{| x |/} |\nb\n");
}

TEST(WordBinary, TextBoxesStandWhereTheyAreAnchored) {
  MadeWord word{{plain(u"a\x08"
                       u"b"),
                 cell(u"c\x08"), row({0, 900}, {0}), plain(u"d"),  // body
                 plain(u"e"), cell(u"f"), row({0, 300}, {0}), cell(u"g"), row({0, 300}, {0}),
                 plain(u"h"), plain(u"i")}};
  word.boxes = {{2}, {3, 5}, {3, 1}, {2}, {2, -1, true}};
  EXPECT_EQ(read(word), "ab\n| g |\n| c{| f |/} |\nd\n# e\n# h\n");
}

TEST(WordBinary, ADeletedShapeTakesItsTextAlong) {
  MadeWord word{{{{{u"a", ""}, {u"\x08", deleted}, {u"b\r", ""}}, ""}, plain(u"c")}};
  word.boxes = {{2, 1}};
  EXPECT_EQ(read(word), "ab\n");
}

TEST(WordBinary, ShapesAnchoredInEachOthersTextEnd) {
  MadeWord word{{plain(u"\x08"),
                 plain(u"\x08"
                       u"a"),
                 plain(u"\x08"
                       u"b")}};
  word.boxes = {{3, 0}, {3, 2}};  // the second in the first
  EXPECT_EQ(read(word), "# b\n# a\n");
  word.boxes = {{3, 5}, {3, 2}};  // each in the other
  EXPECT_EQ(read(word), "# b\n# a\n");
}

TEST(WordBinary, MoreTextBoxesThanAnyDocumentHas) {
  MadeWord word{{plain(u"a"), plain(std::u16string(limits::text_boxes, u'b'))}};
  word.boxes.assign(limits::text_boxes, {1});
  EXPECT_EQ(read(word).substr(0, 1), "a");
  word.boxes.push_back({1});
  EXPECT_EQ(read(word).substr(0, 11), "!over_limit");
}

TEST(WordBinary, CheckBoxOfAFormField) {
  const auto field = [](unsigned bits, unsigned standard) {
    const std::string data = le(0xFFFFFFFF, 4) + le(bits, 2) + le(0, 4) + le(1, 2) + "x\0" +
                             std::string(3, '\0') + le(standard, 2);
    return le(0x44 + data.size(), 4) + le(0x44, 2) + std::string(62, '\0') + data;
  };
  MadeWord word;
  word.paragraphs = {{{{u"\x13 FORMCHECKBOX ", ""},
                       {u"\1", sprm(0x0855, "\1") + sprm(0x6A03, le(0, 4))},
                       {u"\x14\x15"
                        u"a\r",
                        ""}},
                      ""}};
  word.data = field(1 | 1 << 2, 0);
  EXPECT_EQ(read(word), "☑a\n");
  word.data = field(1 | 0 << 2, 1);
  EXPECT_EQ(read(word), "☐a\n");
  word.data = field(1 | 25 << 2, 1);
  EXPECT_EQ(read(word), "☑a\n");
  word.data = "short";
  EXPECT_EQ(read(word), "a\n");
}

TEST(WordBinary, TooDeepIsRefused) {
  EXPECT_EQ(read({{{{{u"x\r", ""}}, in_table + sprm(0x6649, le(900, 4))}}}).substr(0, 11),
            "!over_limit");
}

TEST(WordBinary, ModifiersThatHoldForEveryParagraphAreCounted) {
  MadeWord word{{plain(std::u16string(limits::modifier_bytes / 60'000, u'\r'))}};
  word.piece_modifier = 1;
  word.lists = "\x01" + le(60'000, 2) + std::string(60'000, '\0');
  EXPECT_EQ(read(word).substr(0, 11), "!over_limit");
}

TEST(WordBinary, ModifiersThatCallOthersAreCounted) {
  MadeWord word{{plain(u"a")}};
  word.piece_modifier = 1;
  word.data = le(32'000, 2) + std::string(32'000, '\0');
  std::string calls;
  while (calls.size() < 26'000) calls += sprm(0x6646, le(0, 4));
  word.lists = "\x01" + le(calls.size(), 2) + calls;
  EXPECT_EQ(read(word).substr(0, 11), "!over_limit");
}

TEST(WordBinary, WhatIsNotReadIsNamed) {
  MadeWord word{{plain(u"a")}};
  word.flags = 0x0100;
  EXPECT_EQ(read(word).substr(0, 10), "!encrypted");
  EXPECT_EQ(outline_of("a", make_ole({{"EncryptedPackage", "x"}})).substr(0, 10), "!encrypted");
  EXPECT_EQ(outline_of("a", make_ole({{"MatOST", "x"}})).substr(0, 12), "!unsupported");
  EXPECT_EQ(outline_of("a", make_ole({{"WordDocument", "x"}})).substr(0, 8), "!damaged");
}

TEST(WordBinary, CutOrChangedAnywhereItEnds) {
  const std::string whole = test_data("documents/form.doc");
  for (std::size_t size = 0; size < whole.size(); size += 97) {
    static_cast<void>(read_word_binary(std::string_view(whole).substr(0, size)));
  }
  // Each byte of the parts that steer the reading set to the ends of its range.
  std::size_t read = 0;
  for (std::size_t at = 0; at < whole.size(); at += at < 1024 ? 1 : 61) {
    for (const char value : {'\0', '\xFF', '\x7F'}) {
      std::string changed = whole;
      changed[at] = value;
      read += read_word_binary(changed) ? 1u : 0u;
    }
  }
  EXPECT_GT(read, 1000u) << "most bytes steer nothing";
}

TEST(WordBinary, ShortLastSector) {
  std::string file = test_data("documents/form.doc");
  while (file.back() == '\0') file.pop_back();
  EXPECT_EQ(outline_of("a.doc", file), outline_of_file("form.doc"));
}

}  // namespace
}  // namespace dengji
