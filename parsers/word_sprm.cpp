#include "parsers/word_sprm.hpp"

#include "parsers/limits.hpp"
#include "parsers/little_endian.hpp"

namespace dengji {
namespace {

constexpr std::uint16_t sprm_change_tabs = 0xC615;
constexpr std::uint16_t sprm_t_def_table = 0xD608, sprm_t_def_table_10 = 0xD606;

struct Extent {
  std::size_t skip = 0;  // bytes of a size field before the operand
  std::size_t size = 0;
};

// A tab list of 255 bytes or more tells its size by its counts.
Extent extent_of_tabs(std::string_view rest) {
  const std::size_t size = le8(rest, 0);
  if (size != 255) return {1, size};
  const std::size_t deleted = le8(rest, 1);
  const std::size_t added = le8(rest, 2 + 4 * deleted);
  return {1, 2 + 4 * deleted + 3 * added};
}

// The three top bits of the operation tell the operand's size.
Extent extent_of(std::uint16_t operation, std::string_view rest) {
  switch (operation >> 13) {
    case 0:
    case 1:
      return {0, 1};
    case 2:
    case 4:
    case 5:
      return {0, 2};
    case 3:
      return {0, 4};
    case 7:
      return {0, 3};
    default:
      break;
  }
  if (operation == sprm_t_def_table || operation == sprm_t_def_table_10) {
    const std::size_t size = le16(rest, 0);  // counts one byte of itself
    return {2, size == 0 ? 0 : size - 1};
  }
  return operation == sprm_change_tabs ? extent_of_tabs(rest) : Extent{1, le8(rest, 0)};
}

}  // namespace

std::string_view SprmBudget::take(std::string_view list) {
  spent_ = spent_ || list.size() > limits::modifier_bytes - taken_;
  if (spent_) return {};
  taken_ += list.size();
  return list;
}

void for_each_sprm(std::string_view list,
                   const std::function<void(Sprm, std::string_view operand)>& each) {
  std::size_t at = 0;
  while (at + 2 < list.size()) {
    const std::uint16_t operation = le16(list, at);
    const Extent extent = extent_of(operation, slice(list, at + 2, list.size()));
    const std::size_t begin = at + 2 + extent.skip;
    if (begin + extent.size > list.size()) return;
    each(static_cast<Sprm>(operation), list.substr(begin, extent.size));
    at = begin + extent.size;
  }
}

std::optional<Sprm> sprm_of_piece(std::uint8_t code) {
  switch (code) {
    case 0x18:
      return Sprm::PFInTable;
    case 0x19:
      return Sprm::PFTtp;
    case 0x41:
      return Sprm::CFRMarkDel;
    case 0x57:
      return Sprm::CFStrike;
    case 0x5C:
      return Sprm::CFVanish;
    default:
      return std::nullopt;
  }
}

}  // namespace dengji
