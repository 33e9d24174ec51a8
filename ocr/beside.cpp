#include "ocr/beside.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace dengji {
namespace {

constexpr double least_room = 0.35;  // of the picture's width or height
constexpr double common = 0.04;      // of the same: sheets that lie askew overlap

void move_by(Box& box, const Box& room) {
  box.x += room.x;
  box.y += room.y;
}

void place(PageFacts& facts, const Box& room) {
  for (auto& seal : facts.seals) move_by(seal.box, room);
  for (auto& number : facts.numbers) move_by(number.box, room);
  for (auto& cell : facts.cells) move_by(cell, room);
  for (auto& line : facts.lines) move_by(line.box, room);
}

template <class T>
void append(std::vector<T>& to, std::vector<T> from) {
  to.insert(to.end(), std::move_iterator(from.begin()), std::move_iterator(from.end()));
}

void add(Agreement& letter, const Agreement& certificate) {
  letter.id_number = certificate.id_number;
  if (certificate.registrant) letter.registrant = certificate.registrant;
  letter.score = std::max(letter.score, certificate.score);
}

}  // namespace

std::optional<Box> room_beside(const Page& page, const Sheet& sheet) {
  if (!sheet.flattened()) return std::nullopt;
  const int w = page.pixels.width, h = page.pixels.height;
  const Box found = sheet.page_box(sheet.whole());
  const int right = w - found.x - found.w, below = h - found.y - found.h;
  const std::array rooms = {std::pair{static_cast<double>(found.x) / w, Box{0, 0, found.x, h}},
                            std::pair{static_cast<double>(right) / w, Box{w - right, 0, right, h}},
                            std::pair{static_cast<double>(found.y) / h, Box{0, 0, w, found.y}},
                            std::pair{static_cast<double>(below) / h, Box{0, h - below, w, below}}};
  const auto best = std::max_element(
      rooms.begin(), rooms.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (best->first < least_room) return std::nullopt;
  return grown(best->second, static_cast<int>(common * std::max(w, h)), w, h);
}

Page part_of(const Page& page, const Box& box) {
  Page part{page.number, ColourImage(box.w, box.h), page.dpi, page.rendered, false, 0};
  for (int y = 0; y < box.h; ++y)
    std::copy_n(page.pixels.row(box.y + y) + 3 * box.x, 3 * box.w, part.pixels.row(y));
  return part;
}

PageFacts together(PageFacts first, PageFacts second, const Box& room) {
  const bool letter_first = first.kind == PageKind::commitment;
  const auto other = letter_first ? PageKind::certificate : PageKind::commitment;
  if (second.kind != other) return first;
  place(second, room);
  second.width = first.width;
  second.height = first.height;
  auto letter = std::move(letter_first ? first : second);
  auto certificate = std::move(letter_first ? second : first);
  letter.certificate = certificate.certificate;
  letter.name = std::move(certificate.name);
  letter.legal_name = std::move(certificate.legal_name);
  letter.valid_until = std::move(certificate.valid_until);
  append(letter.seals, std::move(certificate.seals));
  append(letter.numbers, std::move(certificate.numbers));
  append(letter.cells, std::move(certificate.cells));
  append(letter.lines, std::move(certificate.lines));
  for (std::size_t i = 0; i < letter.agreement.size(); ++i)
    add(letter.agreement[i], certificate.agreement[i]);
  return letter;
}

}  // namespace dengji
