// Word 6 and 95 files made here, since no program at hand writes them any more.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "parsers/word6_file.hpp"
#include "parsers/word_binary.hpp"
#include "parsers/word_sprm.hpp"
#include "tests/parsers/outline.hpp"
#include "tests/parsers/word_maker.hpp"

namespace dengji {
namespace {

using namespace std::string_literals;

constexpr std::size_t page_size = 512, text_at = 0x400;

struct Run {
  std::string text{};  // as stored
  std::string modifiers{};
};

struct Paragraph {
  std::vector<Run> runs{};
  std::string modifiers{};
};

struct Made {
  std::vector<Paragraph> paragraphs{};
  unsigned magic = 0xA5DC, language = 0x0804, flags = 0;
  bool fast_saved = false;  // a piece a paragraph, stored last to first
  std::string lists{};      // modifiers that pieces refer to, and
  unsigned piece_modifier = 0;
  std::vector<std::pair<std::string, int>> fonts{{"Times New Roman", 0}};
  bool whole_index = true;
};

void put(std::string& bytes, std::size_t at, const std::string& value) {
  bytes.replace(at, value.size(), value);
}

struct Stored {
  std::size_t begin, end;
  std::string modifiers;
};

// A formatted disk page: offsets, entries, and from its end backwards the modifiers.
std::string page_of(const std::vector<Stored>& runs, bool paragraphs) {
  const std::size_t entry_size = paragraphs ? 7 : 1;
  std::string page(page_size, '\0');
  std::size_t free = page_size - 2;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    put(page, 4 * i, le(runs[i].begin, 4) + le(runs[i].end, 4));
    std::string body = runs[i].modifiers;
    if (paragraphs) body = "\0\0"s + body + std::string(body.size() % 2, '\0');
    body = le(paragraphs ? body.size() / 2 : body.size(), 1) + body;
    free = (free - body.size()) / 2 * 2;
    put(page, free, body);
    page[4 * (runs.size() + 1) + entry_size * i] = static_cast<char>(free / 2);
  }
  page[page_size - 1] = static_cast<char>(runs.size());
  return page;
}

std::string document_of(const Made& word) {
  const unsigned width = (word.flags & 0x1000) != 0 ? 2 : 1;
  std::string text;
  std::vector<Stored> characters, paragraphs;
  std::vector<std::pair<std::size_t, std::size_t>> stored(word.paragraphs.size());
  for (std::size_t n = 0; n < stored.size(); ++n) {
    const std::size_t i = word.fast_saved ? stored.size() - 1 - n : n;
    const std::size_t begin = text_at + text.size();
    for (const Run& run : word.paragraphs[i].runs) {
      const std::size_t from = text_at + text.size();
      text += run.text;
      characters.push_back({from, text_at + text.size(), run.modifiers});
    }
    stored[i] = {begin, text_at + text.size()};
    paragraphs.push_back({begin, text_at + text.size(), word.paragraphs[i].modifiers});
  }
  std::string positions = le(0, 4), places;
  std::size_t length = 0;
  for (const auto& [begin, end] : stored) {
    length += (end - begin) / width;
    positions += le(length, 4);
    places += le(0, 2) + le(begin, 4) + le(word.piece_modifier, 2);
  }
  const std::string pieces =
      word.lists + '\x02' + le(positions.size() + places.size(), 4) + positions + places;
  std::string fonts;
  for (const auto& [name, charset] : word.fonts) {
    fonts += le(name.size() + 6, 1) + "\0\x90\1"s + le(static_cast<unsigned>(charset), 1) + "\0"s +
             name + "\0"s;
  }
  fonts = le(fonts.size() + 2, 2) + fonts;
  std::string document(text_at, '\0');
  document += text;
  const std::size_t end = document.size();
  document.resize((end + page_size - 1) / page_size * page_size, '\0');
  const std::size_t page = document.size() / page_size;
  document += page_of(characters, false) + page_of(paragraphs, true);
  const auto add = [&document](std::size_t pair, const std::string& part) {
    put(document, pair, le(document.size(), 4) + le(part.size(), 4));
    document += part;
  };
  put(document, 0, le(word.magic, 2) + le(0x65, 2));
  put(document, 6, le(word.language, 2));
  put(document, 0x0A, le(word.flags | (word.fast_saved ? 4u : 0u), 2));
  put(document, 0x18, le(text_at, 4) + le(end, 4));
  put(document, 0x34, le(length, 4));
  put(document, 0x18A, le(page, 2) + le(page + 1, 2) + le(1, 2) + le(1, 2));
  const std::string range = le(text_at, 4) + le(end, 4);
  add(0xB8, word.whole_index ? range + le(page, 2) : "");
  add(0xC0, word.whole_index ? range + le(page + 1, 2) : "");
  add(0xD0, fonts);
  if (word.fast_saved) add(0x160, pieces);
  return document;
}

std::string read(const Made& word) {
  return outline_of("a.doc", make_ole({{"WordDocument", document_of(word)}}));
}

const std::string in_table = "\x18\1"s, row_end = in_table + "\x19\1"s;
const std::string deleted = "\x41\1"s, hidden = "\x5C\1"s;

Paragraph plain(const std::string& text, const std::string& modifiers = "") {
  return {{{text + "\r", modifiers}}, ""};
}
Paragraph cell(const std::string& text) { return {{{text + "\a", ""}}, in_table}; }
Paragraph row(const std::vector<int>& edges, const std::vector<unsigned>& flags,
              const std::string& more = "") {
  std::string body = le(edges.size() - 1, 1);
  for (const int edge : edges) body += le(static_cast<unsigned long>(edge), 2);
  for (const unsigned flag : flags) body += le(flag, 2) + std::string(8, '\0');
  return {{{"\a", ""}}, row_end + "\xBE" + le(body.size() + 1, 2) + body + more};
}

// 姓名, 邵阳 in GBK.
const std::string name = "\xD0\xD5\xC3\xFB", place = "\xC9\xDB\xD1\xF4";

TEST(Word6, TextInTheCodePageOfItsLanguageWithATable) {
  EXPECT_EQ(read({{plain(name), cell(name), cell("a"), row({0, 500, 900}, {}), cell(place),
                   row({0, 900}, {0}), plain(place)}}),
            "姓名\n| 姓名 | a |\n| 邵阳>2 |\n邵阳\n");
}

TEST(Word6, MergedCellsAndChangedRows) {
  const std::string merge = "\xC5\0\2"s, insert = "\xC2\0\1"s + le(200, 2);
  EXPECT_EQ(read({{cell("a"), cell(""), cell("c"), row({0, 500, 900, 1500}, {1, 2, 0x60}),
                   cell("d"), cell(""), cell("f"), row({0, 500, 900, 1500}, {0, 0, 0}, merge),
                   cell("x"), cell("y"), row({0, 1300}, {0}, insert)}}),
            "| a>2 | c |\n| d>2 | f |\n| x | y>2 |\n");
}

TEST(Word6, FastSavedTextIsPutInOrder) {
  Made word{{plain("1"), cell("2"), row({0, 900}, {0}), plain(name)}};
  word.fast_saved = true;
  EXPECT_EQ(read(word), "1\n| 2 |\n姓名\n");
  word.lists = "\x01" + le(hidden.size(), 2) + hidden;
  word.piece_modifier = 1;
  EXPECT_EQ(read(word).find("1"), std::string::npos);
  word.piece_modifier = 0x41 << 1 | 0x100;  // one byte's code: deleted
  EXPECT_EQ(read(word).find("1"), std::string::npos);
}

TEST(Word6, DeletedHiddenFieldsAndBreaks) {
  EXPECT_EQ(read({{{{{name, ""}, {place, deleted}, {"b", hidden}, {"c\r", ""}}, ""},
                   plain("\x13 DATE \x14"s + place + "\x15\x0B" + name)}}),
            "姓名c\n邵阳\n姓名\n");
}

TEST(Word6, FontsHaveCodePagesAndSymbols) {
  Made word;
  word.language = 0x0409;
  word.fonts = {{"Times New Roman", 0}, {"\xCB\xCE\xCC\xE5", 134}, {"Cyr", 204}, {"Wingdings", 2}};
  const auto font = [](unsigned number) { return "\x5D" + le(number, 2); };
  word.paragraphs = {{{{"\x93q\x94", ""},
                       {name, font(1)},
                       {"\xCA", font(2)},
                       {"\xFE o", font(3)},
                       {"(", "\x4A\3"s + le(3, 2) + "\xA8"},
                       {"z\r", font(99)}},
                      ""}};
  EXPECT_EQ(read(word), "“q”姓名К☑ ☐☐z\n");
}

TEST(Word6, AsianVersionsStoreTwoBytesACharacter) {
  Made word;
  word.magic = 0xA699;
  word.flags = 0x1000;
  word.language = 0x0409;
  word.fonts = {{"\xCB\xCE\xCC\xE5", 134}};
  // Single bytes beyond ASCII are no part of the double-byte text; what is above them means
  // nothing.
  word.paragraphs = {
      {{{le(0xD0D5, 2) + le(0xC3FB, 2) + le('x', 2) + le(0x1092, 2) + le('\r', 2), ""}}, ""}};
  EXPECT_EQ(read(word), "姓名x’\n");
  word.language = 0x0804;
  word.fonts = {{"Arial", 0}};
  EXPECT_EQ(read(word), "姓名x’\n");
}

TEST(Word6, AnIndexThatIsNotWhole) {
  Made word{{plain("1"), cell("2"), row({0, 900}, {0})}};
  word.whole_index = false;
  EXPECT_EQ(read(word), "1\n| 2 |\n");
}

TEST(Word6, ModifiersOfEverySize) {
  const auto found = [](const std::string& list) {
    std::string all;
    for_each_old_sprm(list, [&all](Sprm sprm, std::string_view operand) {
      all +=
          std::to_string(static_cast<unsigned>(sprm)) + ":" + std::to_string(operand.size()) + " ";
    });
    return all;
  };
  const std::string in = std::to_string(0x2416) + ":1 ";
  EXPECT_EQ(found("\x05\1"s + in_table), in);  // a byte
  EXPECT_EQ(found("\x10\1\1\x14\1\1\1\1\x34\xBB"s + std::string(12, '\1') + in_table), in);
  EXPECT_EQ(found("\x0F\3\1\1\1\x17\2\1\1"s + in_table), in);  // counted ones
  EXPECT_EQ(found("\x17\xFF\1"s + std::string(4, '\0') + "\2" + std::string(6, '\0') + in_table),
            in);
  EXPECT_EQ(found("\x17\xFF\1\1"s), "");  // cut
  EXPECT_EQ(found("\xBE\0\0"s + in_table), std::to_string(0xD606) + ":0 " + in);
  EXPECT_EQ(found("\x18"s), "");
}

TEST(Word6, WhatIsNotReadIsNamed) {
  Made word{{plain("a")}};
  word.flags = 0x0100;
  EXPECT_EQ(read(word).substr(0, 10), "!encrypted");
  EXPECT_EQ(outline_of("a", make_ole({{"WordDocument", le(0xA5DC, 2)}})).substr(0, 8), "!damaged");
  word.flags = 0;
  word.magic = 0xA5EC;  // a number of an old version behind the new mark
  EXPECT_EQ(read(word), "a\n");
}

TEST(Word6, EveryCutEndsInAValueOrAReason) {
  Made word{{plain(name), cell("2"), row({0, 900}, {0}), plain(place)}};
  word.fast_saved = true;
  const std::string whole = document_of(word);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto cut = read_word_binary(make_ole({{"WordDocument", whole.substr(0, size)}}));
    EXPECT_TRUE(!cut || cut->kind == FileType::doc);
  }
}

}  // namespace
}  // namespace dengji
