#include "parsers/word_formatting.hpp"

#include <algorithm>
#include <functional>

#include "parsers/code_page.hpp"
#include "parsers/little_endian.hpp"
#include "parsers/symbols.hpp"
#include "parsers/word_row.hpp"
#include "parsers/word_sprm.hpp"

namespace dengji {
namespace {

constexpr std::size_t page_size = 512;
constexpr std::size_t max_fonts = 4096;
constexpr int max_level = 1000;  // what a file may claim; the builder's own limit is far below

// One run of a formatted disk page: the offsets it holds for and where its formatting lies in the
// page.
struct Run {
  std::uint32_t begin = 0, end = 0;
  std::string_view page;
  std::size_t entry = 0;  // offset of the run's entry in the page
};

// The last i with the i-th number at most `value`, among `count`; numbers lie one after the other.
std::size_t last_not_above(std::string_view numbers, std::size_t count, std::uint32_t value) {
  std::size_t low = 0, high = count;
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (le32(numbers, 4 * middle) <= value ? low : high) = middle;
  }
  return low;
}

// A run with `end` 0: the offset has no formatting of its own.
Run find_run(std::string_view document, std::string_view index, std::size_t entry_size,
             std::uint32_t offset) {
  if (index.size() < 12) return {};
  const std::size_t pages = (index.size() - 4) / 8;
  const std::size_t number = last_not_above(index, pages, offset);
  const std::uint32_t page_number = le32(index, 4 * (pages + 1) + 4 * number) & 0x3FFFFF;
  const std::string_view page = slice(document, page_size * page_number, page_size);
  const std::size_t runs = le8(page, page_size - 1);
  if (page.size() < page_size || runs == 0 || 4 * (runs + 1) + entry_size * runs > page_size) {
    return {};
  }
  const std::size_t run = last_not_above(page, runs, offset);
  const std::uint32_t begin = le32(page, 4 * run), end = le32(page, 4 * (run + 1));
  if (offset < begin || offset >= end) return {};
  return {begin, end, page, 4 * (runs + 1) + entry_size * run};
}

// A paragraph's modifiers; in front of them stands the number of its style.
std::string_view paragraph_modifiers(const Run& run, bool old) {
  std::size_t at = std::size_t{le8(run.page, run.entry)} * 2;
  if (at == 0) return {};
  std::size_t size = std::size_t{le8(run.page, at)} * 2;
  if (size == 0 && !old) {
    size = std::size_t{le8(run.page, ++at)} * 2;
  } else if (!old) {
    --size;
  }
  const std::string_view all = slice(run.page, at + 1, size);
  return all.size() < 2 ? std::string_view{} : all.substr(2);
}

std::string_view character_modifiers(const Run& run) {
  const std::size_t at = std::size_t{le8(run.page, run.entry)} * 2;
  return at == 0 ? std::string_view{} : slice(run.page, at + 1, le8(run.page, at));
}

// An entry's name: in UTF-16, in Word 6 and 95 in bytes.
std::string font_name_of(std::string_view entry, bool old) {
  if (old) return std::string(slice(entry, 6, slice(entry, 6, entry.size()).find('\0')));
  std::string name;
  for (std::size_t unit = 40; le16(entry, unit) != 0; unit += 2) {
    append_utf8(name, le16(entry, unit));
  }
  return name;
}

std::vector<WordFormatting::Font> read_fonts(std::string_view table, bool old) {
  std::vector<WordFormatting::Font> fonts;
  const std::size_t count = old ? max_fonts : std::min<std::size_t>(le16(table, 0), max_fonts);
  std::size_t at = old ? 2 : 4;
  for (std::size_t i = 0; i < count && at < table.size(); ++i) {
    const std::string_view entry = slice(table, at, std::size_t{le8(table, at)} + 1);
    fonts.push_back({font_name_of(entry, old), le8(entry, 4)});
    at += std::size_t{le8(table, at)} + 1;
  }
  return fonts;
}

// Walks lists as the file's version of Word writes them, within the budget.
class SprmWalk {
 public:
  SprmWalk(const WordFile& file, SprmBudget& budget)
      : each_(file.old ? for_each_old_sprm : for_each_sprm), budget_(budget) {}
  void operator()(std::string_view list,
                  const std::function<void(Sprm, std::string_view)>& each) const {
    each_(budget_.take(list), each);
  }

 private:
  decltype(&for_each_sprm) each_;
  SprmBudget& budget_;
};

// Gathers the modifiers of a paragraph, following those that point into the Data stream one step.
class ParagraphReader {
 public:
  ParagraphReader(std::string_view data, SprmWalk walk) : data_(data), walk_(walk) {}

  void read(std::string_view modifiers, bool follow = true) {
    walk_(modifiers,
          [this, follow](Sprm sprm, std::string_view operand) { apply(sprm, operand, follow); });
  }
  void apply(Sprm sprm, std::string_view operand, bool follow);
  ParagraphFormat result() const;

 private:
  std::string_view data_;
  SprmWalk walk_;
  ParagraphFormat format_;
  WordRow row_;
  bool in_table_ = false;
  int level_ = 0;
};

void ParagraphReader::apply(Sprm sprm, std::string_view operand, bool follow) {
  const bool on = le8(operand, 0) != 0;
  switch (sprm) {
    case Sprm::PFInTable:
      in_table_ = on;
      return;
    case Sprm::PFTtp:
    case Sprm::PFInnerTtp:
      format_.row_end = on;
      return;
    case Sprm::PFInnerTableCell:
      format_.inner_cell = on;
      return;
    case Sprm::PItap:
      level_ = static_cast<int>(std::min<std::uint32_t>(le32(operand, 0), max_level));
      return;
    case Sprm::PDtap:
      level_ = std::clamp(level_ + static_cast<int>(le16s(operand, 0)), 0, max_level);
      return;
    case Sprm::PHugePapx:
    case Sprm::PHugePapxOld:
    case Sprm::PTableProps:
      if (follow) {
        const std::size_t at = le32(operand, 0);
        read(slice(data_, at + 2, le16(data_, at)), false);
      }
      return;
    default:
      row_.apply(sprm, operand);
  }
}

ParagraphFormat ParagraphReader::result() const {
  ParagraphFormat format = format_;
  format.level = std::max(level_, in_table_ ? 1 : 0);
  if (format.row_end) format.cells = row_.cells();
  return format;
}

// 0x80 and 0x81 mean "as the style says" and its opposite; styles here neither hide nor delete.
bool toggled(std::string_view operand) { return (le8(operand, 0) & 1) != 0; }

void apply_to_characters(CharacterFormat& format, Sprm sprm, std::string_view operand) {
  switch (sprm) {
    case Sprm::CFRMarkDel:
      format.deleted = toggled(operand);
      return;
    case Sprm::CFVanish:
      format.hidden = toggled(operand);
      return;
    case Sprm::CFStrike:
    case Sprm::CFDStrike:
      format.struck = toggled(operand);
      return;
    case Sprm::CFSpec:
      format.special = toggled(operand);
      return;
    case Sprm::CPicLocation:
      format.data_offset = le32(operand, 0);
      format.has_data = true;
      return;
    case Sprm::CRgFtc0:
      format.font = le16(operand, 0);
      return;
    case Sprm::CSymbol:
      format.font = le16(operand, 0);
      format.symbol = le16(operand, 2);
      return;
    default:
      return;
  }
}

// What the piece says for all of its text comes after what the pages say.
void for_each_piece_sprm(const Piece& piece, const PieceTable& pieces, SprmWalk walk,
                         const std::function<void(Sprm, std::string_view)>& each) {
  if (piece.modifier & 1) return walk(pieces.modifiers(piece.modifier), each);
  const auto sprm = sprm_of_piece(static_cast<std::uint8_t>(piece.modifier >> 1 & 0x7F));
  const char value = static_cast<char>(piece.modifier >> 8);
  if (sprm) each(*sprm, {&value, 1});
}

}  // namespace

WordFormatting::WordFormatting(const WordFile& file, const PieceTable& pieces)
    : file_(file),
      pieces_(pieces),
      fonts_(read_fonts(file.part(WordTable::fonts), file.old.has_value())) {}

ParagraphFormat WordFormatting::paragraph(const Piece& piece, std::uint32_t offset) const {
  const bool old = file_.old.has_value();
  const std::size_t entry_size = old ? 7 : 13;
  const Run run = find_run(file_.document, file_.part(WordTable::paragraphs), entry_size, offset);
  ParagraphReader reader(file_.data, SprmWalk(file_, budget_));
  if (run.end != 0) reader.read(paragraph_modifiers(run, old));
  for_each_piece_sprm(
      piece, pieces_, SprmWalk(file_, budget_),
      [&reader](Sprm sprm, std::string_view operand) { reader.apply(sprm, operand, true); });
  ParagraphFormat format = reader.result();
  format.ends_paragraph = run.end == 0 || offset + piece.width() >= run.end;
  return format;
}

CharacterFormat WordFormatting::characters(const Piece& piece, std::uint32_t offset) const {
  const Run run = find_run(file_.document, file_.part(WordTable::characters), 1, offset);
  CharacterFormat format;
  format.begin = run.end == 0 ? offset : run.begin;
  format.end = run.end == 0 ? offset + 1 : run.end;
  const auto apply = [&format](Sprm sprm, std::string_view operand) {
    apply_to_characters(format, sprm, operand);
  };
  if (run.end != 0) SprmWalk(file_, budget_)(character_modifiers(run), apply);
  for_each_piece_sprm(piece, pieces_, SprmWalk(file_, budget_), apply);
  return format;
}

bool WordFormatting::symbol_font(int font) const { return is_symbol_font(font_name(font)); }

std::string_view WordFormatting::font_name(int font) const {
  const auto number = static_cast<std::size_t>(font);
  return font < 0 || number >= fonts_.size() ? std::string_view{}
                                             : std::string_view{fonts_[number].name};
}

int WordFormatting::code_page(int font) const {
  const auto number = static_cast<std::size_t>(std::max(font, 0));
  const int page = number < fonts_.size() ? code_page_of_charset(fonts_[number].charset) : 0;
  return page == 0 && file_.old ? file_.old->code_page : page;
}

}  // namespace dengji
