#include "parsers/word_row.hpp"

#include <algorithm>

#include "parsers/little_endian.hpp"

namespace dengji {
namespace {

constexpr std::size_t max_boxes = 64;             // the format's own limit is 63
constexpr std::size_t description_size = 20;      // of one cell in a row's definition,
constexpr std::size_t old_description_size = 10;  // in Word 6 and 95
constexpr std::uint16_t flag_joins_left = 0x0002;
constexpr std::uint16_t flag_merged_down = 0x0020, flag_first_down = 0x0040;

Merge merge_of(bool merged, bool first) {
  if (first) return Merge::first;
  return merged ? Merge::continued : Merge::none;
}

struct Range {
  std::size_t first, last;  // last is one past
};

Range range_of(std::string_view operand, std::size_t size) {
  const std::size_t last = std::min<std::size_t>(le8(operand, 1), size);
  return {std::min<std::size_t>(le8(operand, 0), last), last};
}

}  // namespace

void WordRow::apply(Sprm sprm, std::string_view operand) {
  switch (sprm) {
    case Sprm::TDefTable:
      return define(operand, description_size);
    case Sprm::TDefTable10:
      return define(operand, old_description_size);
    case Sprm::TDxaLeft:
      left_ = le16s(operand, 0);
      return;
    case Sprm::TInsert:
      return insert(operand);
    case Sprm::TDelete:
      return remove(operand);
    case Sprm::TMerge:
      return join(operand, true);
    case Sprm::TSplit:
      return join(operand, false);
    case Sprm::TDxaCol:
      return set_width(operand);
    case Sprm::TVertMerge:
      return merge_down(operand);
    default:
      return;
  }
}

void WordRow::define(std::string_view operand, std::size_t size) {
  const std::size_t count = std::min<std::size_t>(le8(operand, 0), max_boxes);
  if (operand.size() < 1 + 2 * (count + 1)) return;
  const std::string_view descriptions = slice(operand, 1 + 2 * (count + 1), operand.size());
  left_ = le16s(operand, 1);
  boxes_.assign(count, {});
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t flags = le16(descriptions, size * i);
    boxes_[i].width = le16s(operand, 1 + 2 * (i + 1)) - le16s(operand, 1 + 2 * i);
    boxes_[i].joins_left = (flags & flag_joins_left) != 0;
    if (size == old_description_size) continue;  // nothing is merged down there
    boxes_[i].down = merge_of(flags & flag_merged_down, flags & flag_first_down);
  }
}

void WordRow::insert(std::string_view operand) {
  const std::size_t at = std::min<std::size_t>(le8(operand, 0), max_boxes);
  if (boxes_.size() < at) boxes_.resize(at);
  const std::size_t count = std::min<std::size_t>(le8(operand, 1), max_boxes - boxes_.size());
  const Box box{le16s(operand, 2), false, Merge::none};
  boxes_.insert(boxes_.begin() + static_cast<std::ptrdiff_t>(at), count, box);
}

void WordRow::remove(std::string_view operand) {
  const Range range = range_of(operand, boxes_.size());
  boxes_.erase(boxes_.begin() + static_cast<std::ptrdiff_t>(range.first),
               boxes_.begin() + static_cast<std::ptrdiff_t>(range.last));
}

void WordRow::join(std::string_view operand, bool joined) {
  const Range range = range_of(operand, boxes_.size());
  for (std::size_t i = range.first; i < range.last; ++i) {
    boxes_[i].joins_left = joined && i > range.first;
  }
}

void WordRow::set_width(std::string_view operand) {
  const Range range = range_of(operand, boxes_.size());
  for (std::size_t i = range.first; i < range.last; ++i) boxes_[i].width = le16s(operand, 2);
}

void WordRow::merge_down(std::string_view operand) {
  const std::size_t number = le8(operand, 0);
  const std::uint8_t flags = le8(operand, 1);
  if (number < boxes_.size()) boxes_[number].down = merge_of(flags & 1, flags & 2);
}

std::vector<CellPlace> WordRow::cells() const {
  std::vector<CellPlace> places;
  int edge = left_;
  for (const Box& box : boxes_) {
    CellPlace place;
    place.joins_left = box.joins_left;
    place.down = box.down;
    place.edges.emplace(edge, edge + std::max(box.width, 0));
    edge = place.edges->second;
    places.push_back(place);
  }
  return places;
}

}  // namespace dengji
