#include "tests/parsers/word_maker.hpp"

#include <algorithm>

namespace dengji {
namespace {

constexpr std::size_t sector = 512;
constexpr std::size_t text_at = 0x400;

void pad(std::string& bytes) { bytes.resize((bytes.size() + sector - 1) / sector * sector, '\0'); }

void put(std::string& bytes, std::size_t at, const std::string& value) {
  bytes.replace(at, value.size(), value);
}

std::string entry(const std::string& name, int type, unsigned long right, unsigned long child,
                  unsigned long start, unsigned long size) {
  std::string out(128, '\0');
  for (std::size_t i = 0; i < name.size(); ++i) out[2 * i] = name[i];
  put(out, 64, le(2 * name.size() + 2, 2));
  out[66] = static_cast<char>(type);
  put(out, 68, le(0xFFFFFFFF, 4) + le(right, 4) + le(child, 4));
  put(out, 116, le(start, 4) + le(size, 4));
  return out;
}

struct Stored {  // a stretch of text with its modifiers, by byte offset
  std::size_t begin, end;
  std::string modifiers;
};

// A formatted disk page: offsets, entries, and from its end backwards the modifiers.
std::string page_of(const std::vector<Stored>& runs, std::size_t entry_size, bool paragraphs) {
  std::string page(sector, '\0');
  std::size_t free = sector - 2;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    put(page, 4 * i, le(runs[i].begin, 4));
    put(page, 4 * (i + 1), le(runs[i].end, 4));
    std::string body = runs[i].modifiers;
    if (paragraphs) {
      body = std::string(2, '\0') + body;
      if (body.size() % 2 == 0) body += '\0';
      body = std::string(1, static_cast<char>((body.size() + 1) / 2)) + body;
    } else {
      body = std::string(1, static_cast<char>(body.size())) + body;
    }
    free = (free - body.size()) / 2 * 2;
    put(page, free, body);
    page[4 * (runs.size() + 1) + entry_size * i] = static_cast<char>(free / 2);
  }
  page[sector - 1] = static_cast<char>(runs.size());
  return page;
}

std::size_t boxed_length(const std::vector<MadeBox>& boxes) {
  std::size_t length = 0;
  for (const MadeBox& box : boxes) length += box.length;
  return length;
}

std::string box_table(const std::vector<MadeBox>& boxes) {
  std::string positions = le(0, 4), entries;
  std::size_t end = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    positions += le(end += boxes[i].length, 4);
    entries += std::string(8, '\0') + le(boxes[i].spare, 2) + le(0, 4) + le(i + 1, 4) + le(0, 4);
  }
  return positions + entries;
}

std::string anchor_table(const std::vector<MadeBox>& boxes) {
  std::string positions, entries;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (boxes[i].anchor < 0) continue;
    positions += le(static_cast<unsigned long>(boxes[i].anchor), 4);
    entries += le(i + 1, 4) + std::string(22, '\0');
  }
  return positions + le(0xFFFF, 4) + entries;
}

}  // namespace

std::string le(unsigned long value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::string sprm(unsigned operation, const std::string& operand) {
  return le(operation, 2) + operand;
}

std::string row_definition(const std::vector<int>& edges, const std::vector<unsigned>& flags) {
  std::string body(1, static_cast<char>(flags.size()));
  for (const int edge : edges) body += le(static_cast<unsigned long>(edge), 2);
  for (const unsigned flag : flags) body += le(flag, 2) + std::string(18, '\0');
  return sprm(0xD608, le(body.size() + 1, 2) + body);
}

std::string make_ole(const std::map<std::string, std::string>& streams) {
  std::string body, directory, table;
  const auto chain = [&table](std::size_t sectors) {
    const std::size_t first = table.size() / 4;
    for (std::size_t i = 1; i < sectors; ++i) table += le(first + i, 4);
    table += le(0xFFFFFFFE, 4);
    return first;
  };
  directory = entry("Root Entry", 5, 0xFFFFFFFF, 1, 0xFFFFFFFE, 0);
  std::size_t number = 1;
  for (const auto& [name, content] : streams) {
    std::string padded = content;
    pad(padded);
    const std::size_t first = padded.empty() ? 0xFFFFFFFE : chain(padded.size() / sector);
    const bool last = number == streams.size();
    directory += entry(name, 2, last ? 0xFFFFFFFF : number + 1, 0xFFFFFFFF, first, content.size());
    body += padded;
    ++number;
  }
  pad(directory);
  const std::size_t directory_at = chain(directory.size() / sector);
  const std::size_t table_at = table.size() / 4, per_sector = sector / 4;
  std::size_t table_sectors = 1;  // at most the 109 that the header has room for
  while (table_at + table_sectors > table_sectors * per_sector) ++table_sectors;
  std::string places;
  for (std::size_t i = 0; i < table_sectors; ++i) {
    table += le(0xFFFFFFFD, 4);
    places += le(table_at + i, 4);
  }
  pad(table);
  std::string header(sector, '\xFF');
  put(header, 0,
      "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') + le(0x3E, 2) + le(3, 2) +
          le(0xFFFE, 2) + le(9, 2) + le(6, 2) + std::string(10, '\0') + le(table_sectors, 4) +
          le(directory_at, 4) + le(0, 4) + le(0, 4) + le(0xFFFFFFFE, 4) + le(0, 4) +
          le(0xFFFFFFFE, 4) + le(0, 4) + places);
  return header + body + directory + table;
}

std::string make_word(const MadeWord& word) {
  std::string text;
  std::vector<Stored> characters, paragraphs;
  std::string positions = le(0, 4), places;
  std::size_t length = 0;
  std::vector<std::pair<std::size_t, std::size_t>> stored(word.paragraphs.size());
  const auto store = [&](std::size_t i) {
    const std::size_t begin = text_at + text.size();
    for (const MadeRun& run : word.paragraphs[i].runs) {
      const std::size_t from = text_at + text.size();
      for (const char16_t unit : run.text) text += le(unit, 2);
      characters.push_back({from, text_at + text.size(), run.modifiers});
    }
    stored[i] = {begin, text_at + text.size()};
    paragraphs.push_back({begin, text_at + text.size(), word.paragraphs[i].modifiers});
  };
  for (std::size_t i = 0; i < stored.size(); ++i) {
    store(word.fast_saved ? stored.size() - 1 - i : i);
  }
  for (const auto& [begin, end] : stored) {
    length += (end - begin) / 2;
    positions += le(length, 4);
    places += le(0, 2) + le(begin, 4) + le(word.piece_modifier, 2);
  }
  std::string document(text_at, '\0');
  document += text;
  pad(document);
  const std::size_t page = document.size() / sector;
  document += page_of(characters, 1, false) + page_of(paragraphs, 13, true);
  const std::string index = le(text_at, 4) + le(text_at + text.size(), 4);
  const std::string pieces =
      word.lists + '\x02' + le(positions.size() + places.size(), 4) + positions + places;
  put(document, 0, le(0xA5EC, 2) + le(0xC1, 2));
  put(document, 0x0A, le(word.flags | 0x0200, 2));
  const std::size_t boxed = boxed_length(word.boxes);
  put(document, 0x4C, le(length - boxed, 4));
  put(document, 0x64, le(boxed, 4));
  put(document, 0xFA, le(0, 4) + le(12, 4) + le(12, 4) + le(12, 4));
  put(document, 0x1A2, le(24, 4) + le(pieces.size(), 4));
  const std::string anchors = anchor_table(word.boxes), boxes = box_table(word.boxes);
  put(document, 0x1DA, le(24 + pieces.size(), 4) + le(anchors.size(), 4));
  put(document, 0x25A, le(24 + pieces.size() + anchors.size(), 4) + le(boxes.size(), 4));
  const std::string table =
      index + le(page, 4) + index + le(page + 1, 4) + pieces + anchors + boxes;
  return make_ole({{"WordDocument", document}, {"1Table", table}, {"Data", word.data}});
}

}  // namespace dengji
