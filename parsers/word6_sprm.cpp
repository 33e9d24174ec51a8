// word_sprm.hpp's for_each_old_sprm(). The operations of Word 6 and 95 and their sizes are those of
// Microsoft's "Word 6.0 binary file format", which antiword and LibreOffice read by, too.
#include <algorithm>
#include <array>
#include <optional>

#include "parsers/little_endian.hpp"
#include "parsers/word_sprm.hpp"

namespace dengji {
namespace {

constexpr int counted = -1;       // a byte in front tells the size
constexpr int counted_wide = -2;  // two bytes do, which count one byte of themselves
constexpr std::uint8_t change_tabs = 23;

struct Sizes {
  std::uint8_t first, last;
  int size;
};
// What is in none of them has an operand of one byte.
constexpr std::array sizes{
    Sizes{0, 1, 0},           Sizes{2, 2, 2},           Sizes{3, 3, counted},
    Sizes{12, 12, counted},   Sizes{15, 15, counted},   Sizes{16, 19, 2},
    Sizes{20, 20, 4},         Sizes{21, 22, 2},         Sizes{26, 28, 2},
    Sizes{30, 36, 2},         Sizes{38, 43, 2},         Sizes{45, 49, 2},
    Sizes{52, 52, 0},         Sizes{64, 64, counted},   Sizes{68, 68, counted},
    Sizes{69, 69, 2},         Sizes{70, 70, 4},         Sizes{72, 72, 2},
    Sizes{73, 73, 3},         Sizes{74, 74, counted},   Sizes{79, 79, counted},
    Sizes{80, 80, 2},         Sizes{81, 82, counted},   Sizes{83, 84, 0},
    Sizes{93, 93, 2},         Sizes{95, 95, 3},         Sizes{96, 97, 2},
    Sizes{99, 99, 2},         Sizes{101, 101, 2},       Sizes{103, 103, counted},
    Sizes{105, 106, counted}, Sizes{107, 107, 2},       Sizes{108, 108, counted},
    Sizes{109, 112, 2},       Sizes{113, 113, counted}, Sizes{115, 116, counted},
    Sizes{120, 120, counted}, Sizes{121, 124, 2},       Sizes{133, 133, counted},
    Sizes{136, 137, 3},       Sizes{140, 141, 2},       Sizes{144, 145, 2},
    Sizes{148, 149, 2},       Sizes{154, 157, 2},       Sizes{160, 161, 2},
    Sizes{163, 163, 0},       Sizes{164, 171, 2},       Sizes{179, 179, counted},
    Sizes{181, 181, counted}, Sizes{182, 184, 2},       Sizes{187, 187, 12},
    Sizes{188, 188, counted}, Sizes{189, 189, 2},       Sizes{190, 190, counted_wide},
    Sizes{191, 191, counted}, Sizes{192, 192, 4},       Sizes{193, 193, 5},
    Sizes{194, 194, 4},       Sizes{195, 195, 2},       Sizes{196, 196, 4},
    Sizes{197, 198, 2},       Sizes{199, 199, 5},       Sizes{200, 200, 4},
    Sizes{207, 207, counted}};

struct Meaning {
  std::uint8_t operation;
  Sprm sprm;
};
constexpr std::array meanings{
    Meaning{24, Sprm::PFInTable},    Meaning{25, Sprm::PFTtp},        Meaning{65, Sprm::CFRMarkDel},
    Meaning{68, Sprm::CPicLocation}, Meaning{71, Sprm::CFData},       Meaning{74, Sprm::CSymbol},
    Meaning{92, Sprm::CFVanish},     Meaning{93, Sprm::CRgFtc0},      Meaning{117, Sprm::CFSpec},
    Meaning{183, Sprm::TDxaLeft},    Meaning{190, Sprm::TDefTable10}, Meaning{194, Sprm::TInsert},
    Meaning{195, Sprm::TDelete},     Meaning{196, Sprm::TDxaCol},     Meaning{197, Sprm::TMerge},
    Meaning{198, Sprm::TSplit}};

int size_of(std::uint8_t operation) {
  for (const Sizes& range : sizes) {
    if (operation >= range.first && operation <= range.last) return range.size;
  }
  return 1;
}

std::optional<Sprm> meaning_of(std::uint8_t operation) {
  for (const Meaning& meaning : meanings) {
    if (meaning.operation == operation) return meaning.sprm;
  }
  return std::nullopt;
}

struct Extent {
  std::size_t skip = 0, size = 0;
};

Extent extent_of(std::uint8_t operation, std::string_view rest) {
  const int size = size_of(operation);
  if (size >= 0) return {0, static_cast<std::size_t>(size)};
  if (size == counted_wide) return {2, std::max<std::size_t>(le16(rest, 0), 1) - 1};
  return {1, le8(rest, 0)};
}

// A tab list of 255 bytes or more tells its size by its counts.
Extent extent_of_tabs(std::string_view rest) {
  if (le8(rest, 0) != 255) return {1, le8(rest, 0)};
  const std::size_t deleted = le8(rest, 1);
  return {1, 2 + 4 * deleted + 3 * std::size_t{le8(rest, 2 + 4 * deleted)}};
}

}  // namespace

void for_each_old_sprm(std::string_view list,
                       const std::function<void(Sprm, std::string_view operand)>& each) {
  std::size_t at = 0;
  while (at < list.size()) {
    const std::uint8_t operation = le8(list, at);
    const std::string_view rest = slice(list, at + 1, list.size());
    const Extent extent =
        operation == change_tabs ? extent_of_tabs(rest) : extent_of(operation, rest);
    const std::size_t begin = at + 1 + extent.skip;
    if (begin + extent.size > list.size()) return;
    if (const auto sprm = meaning_of(operation)) each(*sprm, list.substr(begin, extent.size));
    at = begin + extent.size;
  }
}

}  // namespace dengji
