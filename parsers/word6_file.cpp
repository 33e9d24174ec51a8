#include "parsers/word6_file.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "parsers/code_page.hpp"
#include "parsers/little_endian.hpp"

namespace dengji {
namespace {

constexpr std::uint16_t word6 = 0xA5DC, word97 = 0xA5EC, first_version_of_97 = 0x00C1;
constexpr std::uint16_t asian_first = 0xA697, asian_last = 0xA699;
constexpr std::uint16_t flag_complex = 0x0004, flag_encrypted = 0x0100, flag_wide = 0x1000;
constexpr std::size_t page_size = 512;

// Places in the information block.
constexpr std::size_t language_at = 0x06, flags_at = 0x0A, text_begin_at = 0x18, text_end_at = 0x1C;
constexpr std::size_t lengths_at = 0x34, fonts_at = 0xD0, pieces_at = 0x160, fib_size = 0x192;
struct IndexPlaces {
  std::size_t table, first_page, pages;
};
constexpr IndexPlaces characters{0xB8, 0x18A, 0x18E}, paragraphs{0xC0, 0x18C, 0x190};

void append(std::string& to, std::uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) to += static_cast<char>(value >> shift & 0xFF);
}

std::string_view part(std::string_view document, std::size_t pair) {
  return slice(document, le32(document, pair), le32(document, pair + 4));
}

// Which page has the formatting from which offset on. Where the table is not whole, the pages lie
// one after the other and tell themselves where they begin.
std::string index_of(std::string_view document, const IndexPlaces& places) {
  const std::string_view table = part(document, places.table);
  const std::size_t listed = table.size() < 10 ? 0 : (table.size() - 4) / 6;
  const std::size_t pages = le16(document, places.pages);
  std::string index, numbers;
  if (listed >= pages) {
    for (std::size_t i = 0; i <= listed; ++i) append(index, le32(table, 4 * i));
    for (std::size_t i = 0; i < listed; ++i) append(numbers, le16(table, 4 * (listed + 1) + 2 * i));
    return index + numbers;
  }
  const std::uint32_t first = le16(document, places.first_page);
  for (std::uint32_t number = first; number < first + pages; ++number) {
    append(index, le32(document, page_size * number));
    append(numbers, number);
  }
  append(index, le32(document, text_end_at));
  return index + numbers;
}

// A piece table of one piece, for a file that was saved whole.
std::string one_piece(std::string_view document, std::uint32_t width) {
  const std::uint32_t begin = le32(document, text_begin_at), end = le32(document, text_end_at);
  std::string table = "\x02";
  append(table, 16);
  append(table, 0);
  append(table, (std::max(begin, end) - begin) / width);
  table += std::string(2, '\0');
  append(table, begin);
  return table + std::string(2, '\0');
}

// Where the language does not tell what two-byte text is in, the first Asian font does.
int code_page_of(std::string_view document, std::string_view fonts, bool wide) {
  const int by_language = code_page_of_language(le16(document, language_at));
  if (is_double_byte(by_language)) return by_language;
  for (std::size_t at = 2; wide && at < fonts.size(); at += std::size_t{le8(fonts, at)} + 1) {
    const int page = code_page_of_charset(le8(fonts, at + 4));
    if (is_double_byte(page)) return page;
  }
  return by_language;
}

}  // namespace

bool is_word6(std::string_view document) {
  const std::uint16_t magic = le16(document, 0);
  return magic == word6 || (magic >= asian_first && magic <= asian_last) ||
         (magic == word97 && document.size() > 2 && le16(document, 2) < first_version_of_97);
}

Result<WordFile> open_word6(std::string document) {
  if (document.size() < fib_size) {
    return Unreadable{Why::damaged, "Word 6 document cut in its information block"};
  }
  const std::uint16_t flags = le16(document, flags_at);
  if (flags & flag_encrypted) return Unreadable{Why::encrypted, "Word document with a password"};
  OldWord old;
  old.wide = (flags & flag_wide) != 0;
  const std::string_view fonts = part(document, fonts_at), pieces = part(document, pieces_at);
  const bool complex = (flags & flag_complex) != 0 && !pieces.empty();
  old.code_page = code_page_of(document, fonts, old.wide);
  old.parts[WordTable::fonts] = fonts;
  old.parts[WordTable::pieces] = complex ? pieces : one_piece(document, old.wide ? 2 : 1);
  old.parts[WordTable::characters] = index_of(document, characters);
  old.parts[WordTable::paragraphs] = index_of(document, paragraphs);
  WordFile file;
  for (std::size_t i = 0; i < story_count; ++i) {
    file.story_lengths[i] = le32(document, lengths_at + 4 * i);
  }
  file.document = std::move(document);
  file.old = std::move(old);
  return file;
}

}  // namespace dengji
