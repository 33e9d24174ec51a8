// The streams of a Word 6-2003 file and its file information block ([MS-DOC] 2.5, word6_file.hpp):
// where everything else in the file lies. Owns the streams.
#pragma once
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/result.hpp"

namespace dengji {

// The parts of the one long text, in their order in it.
enum class Story { body, footnotes, headers, macros, comments, endnotes, text_boxes, header_boxes };
inline constexpr std::size_t story_count = 8;

// Places in the block of pairs "offset and size in the table stream".
enum class WordTable : std::size_t {
  styles = 1,
  characters = 12,
  paragraphs = 13,
  fonts = 15,
  pieces = 33,
  anchors = 40,  // of shapes in the body
  boxes = 56,    // of the body
};

// What is another way in Word 6 and 95, whose tables are kept here in the shape of Word 97's.
struct OldWord {
  bool wide = false;     // two bytes a character, the first a lead byte or of no meaning
  int code_page = 1252;  // of text whose font names none
  std::map<WordTable, std::string> parts;
};

struct WordFile {
  std::string document, table, data;
  std::array<std::uint32_t, story_count> story_lengths{};  // in characters

  std::optional<OldWord> old;  // none: Word 97-2003

  std::string_view part(WordTable which) const;
};

// From an OLE2 file's bytes: encrypted, older than Word 6, or no Word file at all are told apart.
Result<WordFile> open_word_file(std::string_view bytes);

}  // namespace dengji
