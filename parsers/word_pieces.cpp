#include "parsers/word_pieces.hpp"

#include <algorithm>
#include <array>

#include "parsers/little_endian.hpp"

namespace dengji {
namespace {

constexpr std::uint8_t mark_list = 1, mark_pieces = 2;
constexpr std::uint32_t narrow_bit = 0x40000000, offset_bits = 0x3FFFFFFF;
constexpr std::uint16_t modifier_is_list = 1;

// Windows-1252 from 0x80 to 0x9F; what it leaves free stays as it is.
constexpr std::array<char16_t, 32> windows_1252{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// Where a piece's text is and how wide, from the number that the table holds for it.
void set_place(Piece& piece, std::uint32_t place, const std::optional<OldWord>& old) {
  piece.narrow = old ? !old->wide : (place & narrow_bit) != 0;
  piece.offset = old ? place : (place & offset_bits) / (piece.narrow ? 2 : 1);
}

std::vector<Piece> read_pieces(std::string_view table, const WordFile& file) {
  std::vector<Piece> pieces;
  if (table.size() < 16) return pieces;
  const std::size_t document_size = file.document.size();
  const std::size_t count = (table.size() - 4) / 12;
  // No byte is the text of two places, so all pieces together are no longer than the stream.
  std::size_t budget = document_size;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t descriptor = 4 * (count + 1) + 8 * i;
    Piece piece;
    piece.begin = le32(table, 4 * i);
    piece.end = le32(table, 4 * (i + 1));
    set_place(piece, le32(table, descriptor + 2), file.old);
    piece.modifier = le16(table, descriptor + 6);
    if (piece.offset >= document_size) continue;
    const auto left = static_cast<std::uint32_t>(document_size - piece.offset) / piece.width();
    if (piece.end <= piece.begin || (!pieces.empty() && piece.begin < pieces.back().end)) continue;
    const std::size_t length = std::min<std::size_t>({piece.end - piece.begin, left, budget});
    piece.end = piece.begin + static_cast<std::uint32_t>(length);
    budget -= length;
    pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace

std::optional<PieceTable> PieceTable::read(const WordFile& file) {
  PieceTable table;
  table.document_ = file.document;
  table.coded_ = file.old.has_value();
  const std::string_view bytes = file.part(WordTable::pieces);
  std::size_t at = 0;
  while (le8(bytes, at) == mark_list && at < bytes.size()) {
    table.lists_.push_back(slice(bytes, at + 3, le16(bytes, at + 1)));
    at += 3 + std::size_t{le16(bytes, at + 1)};
  }
  if (le8(bytes, at) != mark_pieces) return std::nullopt;
  table.pieces_ = read_pieces(slice(bytes, at + 5, le32(bytes, at + 1)), file);
  if (table.pieces_.empty()) return std::nullopt;
  return table;
}

char16_t PieceTable::unit(const Piece& piece, std::uint32_t position) const {
  const std::uint32_t offset = piece.offset_of(position);
  if (!piece.narrow) return le16(document_, offset);
  const std::uint8_t byte = le8(document_, offset);
  return !coded_ && byte >= 0x80 && byte <= 0x9F ? windows_1252[byte - 0x80u] : byte;
}

std::string_view PieceTable::modifiers(std::uint16_t modifier) const {
  const std::size_t number = modifier >> 1;
  const bool is_list = (modifier & modifier_is_list) != 0;
  return is_list && number < lists_.size() ? lists_[number] : std::string_view{};
}

}  // namespace dengji
