#include "ocr/rules.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ocr/components.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int ink_below = 190;  // of evened light: a thin rule that was shrunk is grey, not black
constexpr int gap = 2;          // pixels that a rule may lack
constexpr double shortest = 1.0 / 28;  // of the longer side; longer than any stroke of a character

GreyImage transposed(const GreyImage& in) {
  GreyImage out(in.height, in.width);
  for (int y = 0; y < in.height; ++y) {
    const std::uint8_t* row = in.row(y);
    for (int x = 0; x < in.width; ++x) out.row(x)[y] = row[x];
  }
  return out;
}

// Long runs of ink along the rows; a fat run (a black area) is none.
GreyImage runs_across(const GreyImage& grey, int least) {
  GreyImage mask(grey.width, grey.height);
  for (int y = 0; y < grey.height; ++y) {
    const std::uint8_t* row = grey.row(y);
    int start = -1, last = -1;
    for (int x = 0; x <= grey.width; ++x) {
      const bool ink = x < grey.width && row[x] < ink_below;
      if (ink && start < 0) start = x;
      if (ink) last = x;
      if (start >= 0 && (x == grey.width || x - last > gap)) {
        if (last - start + 1 >= least) std::fill(mask.row(y) + start, mask.row(y) + last + 1, 255);
        start = -1;
      }
    }
  }
  return mask;
}

// Each run reaches `reach` pixels further, so that the parts of a bent rule and its crossings meet.
GreyImage lengthened(const GreyImage& mask, int reach) {
  GreyImage out = mask;
  for (int y = 0; y < mask.height; ++y) {
    const std::uint8_t* row = mask.row(y);
    for (int x = 1; x < mask.width; ++x) {
      if (row[x] && !row[x - 1])
        std::fill(out.row(y) + std::max(0, x - reach), out.row(y) + x, 255);
      if (!row[x] && row[x - 1])
        std::fill(out.row(y) + x, out.row(y) + std::min(mask.width, x + reach), 255);
    }
  }
  return out;
}

struct Line {
  GreyImage mask;
  std::vector<Rule> rules;
};

// Ends of a part by the mean row at either end of it.
Rule fitted(const Components& all, const Component& part, int label, int width) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (int y = part.box.y; y < part.box.y + part.box.h; ++y)
    for (int x = part.box.x; x < part.box.x + part.box.w; ++x) {
      if (all.labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                     static_cast<std::size_t>(x)] != label)
        continue;
      ++n, sx += x, sy += y, sxx += double(x) * x, sxy += double(x) * y;
    }
  const double spread = n * sxx - sx * sx;
  const double slope = spread > 0 ? (n * sxy - sx * sy) / spread : 0;
  const double at = (sy - slope * sx) / n;
  const double left = part.box.x, right = part.box.x + part.box.w - 1;
  return {left, at + slope * left, right, at + slope * right};
}

Line lines_across(const GreyImage& grey, int least) {
  constexpr double most_thickness = 12, steepest = 0.12;
  Line out;
  out.mask = lengthened(runs_across(grey, least), 3);
  const Components all = components(out.mask);
  for (std::size_t i = 0; i < all.parts.size(); ++i) {
    const Component& part = all.parts[i];
    const double thickness = static_cast<double>(part.pixels) / part.box.w;
    if (part.box.w < least || thickness > most_thickness ||
        part.box.h > most_thickness + steepest * part.box.w)
      continue;
    out.rules.push_back(fitted(all, part, static_cast<int>(i) + 1, grey.width));
  }
  return out;
}

std::vector<Box> cells_between(const GreyImage& across, const GreyImage& down_transposed) {
  constexpr int least_side = 8;
  constexpr double least_fill = 0.75, largest = 0.7;
  const GreyImage down = transposed(down_transposed);
  GreyImage open(across.width, across.height, 255);
  for (int y = 0; y < open.height; ++y)
    for (int x = 0; x < open.width; ++x)
      if (across.at(x, y) || down.at(x, y)) open.row(y)[x] = 0;
  std::vector<Box> cells;
  for (const Component& part : components(open).parts) {
    const Box& b = part.box;
    const bool at_edge =
        b.x == 0 || b.y == 0 || b.x + b.w == open.width || b.y + b.h == open.height;
    if (at_edge || b.w < least_side || b.h < least_side || part.pixels < least_fill * area(b) ||
        area(b) > largest * open.width * open.height)
      continue;
    cells.push_back(b);
    if (cells.size() == limits::cells_on_page) break;
  }
  return cells;
}

// By rows: a cell belongs to the row above it when more than half of it lies beside that row's
// first one.
void sort_for_reading(std::vector<Box>& cells) {
  std::sort(cells.begin(), cells.end(),
            [](const Box& a, const Box& b) { return a.y != b.y ? a.y < b.y : a.x < b.x; });
  for (std::size_t begin = 0; begin < cells.size();) {
    std::size_t end = begin + 1;
    while (end < cells.size() && cells[end].y < cells[begin].y + cells[begin].h / 2) ++end;
    std::sort(cells.begin() + static_cast<std::ptrdiff_t>(begin),
              cells.begin() + static_cast<std::ptrdiff_t>(end),
              [](const Box& a, const Box& b) { return a.x < b.x; });
    begin = end;
  }
}

}  // namespace

Rules find_rules(const GreyImage& grey) {
  Rules out;
  if (grey.empty()) return out;
  const int least = std::max(12, static_cast<int>(shortest * std::max(grey.width, grey.height)));
  Line across = lines_across(grey, least);
  Line down = lines_across(transposed(grey), std::max(10, least / 2));
  for (Rule& r : down.rules) r = {r.y0, r.x0, r.y1, r.x1};
  out.cells = cells_between(across.mask, down.mask);
  sort_for_reading(out.cells);
  out.across = std::move(across.rules);
  out.down = std::move(down.rules);
  return out;
}

}  // namespace dengji
