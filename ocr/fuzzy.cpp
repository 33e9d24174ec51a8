#include "ocr/fuzzy.hpp"

#include <algorithm>
#include <vector>

#include "parsers/text.hpp"

namespace dengji {
namespace {

// Of the characters of names that were misread on drawn scans none was read so surely.
constexpr double beyond_doubt = 0.98;

struct Cell {
  std::size_t edits = 0, begin = 0;
  bool operator<(const Cell& other) const { return edits < other.edits; }
};

}  // namespace

std::u32string fold(std::string_view utf8) {
  // fold_name() keeps punctuation that stands alone; the letter before it makes it go.
  auto folded = code_points(fold_name("a" + std::string(utf8)));
  folded.erase(0, 1);
  return folded;
}

Found find_alike(std::u32string_view sought, std::u32string_view text,
                 std::span<const double> confidence) {
  if (sought.empty()) return {};
  const std::size_t never = sought.size();
  const auto sure = [&](std::size_t j) {
    return j < confidence.size() && confidence[j] >= beyond_doubt;
  };
  const auto misread = [&](std::size_t j) { return sure(j) ? never : 1; };
  const auto lost = [&](std::size_t j) { return j > 0 && sure(j - 1) && sure(j) ? never : 1; };
  std::vector<Cell> above(text.size() + 1), row(text.size() + 1);
  for (std::size_t j = 0; j <= text.size(); ++j) above[j] = {0, j};
  for (std::size_t i = 1; i <= sought.size(); ++i) {
    row[0] = {i, 0};
    for (std::size_t j = 1; j <= text.size(); ++j) {
      const std::size_t other = sought[i - 1] != text[j - 1] ? misread(j - 1) : 0;
      const Cell swap{above[j - 1].edits + other, above[j - 1].begin};
      const Cell lack{above[j].edits + lost(j), above[j].begin};
      const Cell extra{row[j - 1].edits + misread(j - 1), row[j - 1].begin};
      row[j] = std::min({swap, lack, extra});
    }
    std::swap(above, row);
  }
  const auto best = std::min_element(above.begin(), above.end());
  const auto edits = static_cast<double>(std::min(best->edits, never));
  return {1 - edits / static_cast<double>(never), best->begin,
          static_cast<std::size_t>(best - above.begin())};
}

double likeness(std::u32string_view a, std::u32string_view b) {
  const auto longer = std::max(a.size(), b.size());
  if (longer == 0) return 1;
  return 1 - static_cast<double>(edit_distance(a, b)) / static_cast<double>(longer);
}

}  // namespace dengji
