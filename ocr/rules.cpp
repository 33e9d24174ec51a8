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
constexpr int reach =
    3;  // pixels that a run is taken further, so that parts of a bent rule and crossings meet

// Of the longer side: longer than a stroke of usual print; than those of a title; than a bold title
// whose strokes touch.
constexpr double shortest = 1.0 / 28, longer_than_print = 1.0 / 12, longer_than_title = 1.0 / 4;

GreyImage transposed(const GreyImage& in) {
  constexpr int tile = 32;  // so that both pictures stay in the cache
  GreyImage out(in.height, in.width);
  for (int top = 0; top < in.height; top += tile)
    for (int left = 0; left < in.width; left += tile)
      for (int y = top; y < std::min(top + tile, in.height); ++y)
        for (int x = left; x < std::min(left + tile, in.width); ++x) out.row(x)[y] = in.row(y)[x];
  return out;
}

// Long runs of ink along the rows, those of a row that meet once they were taken further as one.
std::vector<Run> runs_across(const GreyImage& grey, int least) {
  std::vector<Run> runs;
  for (int y = 0; y < grey.height; ++y) {
    const std::uint8_t* row = grey.row(y);
    int start = -1, last = -1;
    for (int x = 0; x <= grey.width; ++x) {
      const bool ink = x < grey.width && row[x] < ink_below;
      if (ink && start < 0) start = x;
      if (ink) last = x;
      if (start < 0 || (x < grey.width && x - last <= gap)) continue;
      const Run run{y, std::max(0, start - reach), std::min(grey.width - 1, last + reach)};
      if (last - start + 1 >= least) {
        if (!runs.empty() && runs.back().y == y && runs.back().x1 + 1 >= run.x0)
          runs.back().x1 = run.x1;
        else
          runs.push_back(run);
      }
      start = -1;
    }
  }
  return runs;
}

// One direction's lines; x runs along them.
struct Lines {
  std::vector<Run> runs;
  RunParts found;
  std::vector<std::vector<Run>> members;  // of each part
};

Lines lines_across(const GreyImage& grey, int least) {
  Lines lines;
  lines.runs = runs_across(grey, least);
  lines.found = connected(lines.runs);
  lines.members.resize(lines.found.parts.size());
  for (std::size_t i = 0; i < lines.runs.size(); ++i)
    lines.members[static_cast<std::size_t>(lines.found.part_of[i])].push_back(lines.runs[i]);
  return lines;
}

// Ends of a part on the straight line through its pixels.
Rule fitted(const Box& box, const std::vector<Run>& runs) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (const Run& run : runs)
    for (double x = run.x0; x <= run.x1; ++x)
      ++n, sx += x, sy += run.y, sxx += x * x, sxy += x * run.y;
  const double spread = n * sxx - sx * sx;
  const double slope = spread > 0 ? (n * sxy - sx * sy) / spread : 0;
  const double at = (sy - slope * sx) / n;
  const double left = box.x, right = box.x + box.w - 1;
  return {left, at + slope * left, right, at + slope * right};
}

std::vector<Rule> rules_among(const Lines& lines, int least) {
  constexpr double most_thickness = 12, steepest = 0.12;
  std::vector<Rule> rules;
  for (std::size_t i = 0; i < lines.members.size(); ++i) {
    const Component& part = lines.found.parts[i];
    const double thickness = static_cast<double>(part.pixels) / part.box.w;
    if (part.box.w >= least && thickness <= most_thickness &&
        part.box.h <= most_thickness + steepest * part.box.w)
      rules.push_back(fitted(part.box, lines.members[i]));
  }
  return rules;
}

// A bent rule is one thin line everywhere; strokes of bold print that touch lie above one another.
bool is_thin(const Box& box, const std::vector<Run>& runs) {
  constexpr int thickest = 8;
  constexpr double mostly = 0.9;
  const auto width = static_cast<std::size_t>(box.w);
  std::vector<int> first(width, box.y + box.h), last(width, box.y);
  for (const Run& run : runs)
    for (int x = run.x0 - box.x; x <= run.x1 - box.x; ++x) {
      const auto column = static_cast<std::size_t>(x);
      first[column] = std::min(first[column], run.y), last[column] = std::max(last[column], run.y);
    }
  double thin = 0;
  for (std::size_t x = 0; x < width; ++x) thin += last[x] - first[x] < thickest;
  return thin >= mostly * box.w;
}

using Chosen = std::vector<bool>;  // of the parts

Chosen long_parts(const Lines& lines, double least) {
  Chosen chosen;
  for (std::size_t i = 0; i < lines.members.size(); ++i) {
    const Box& box = lines.found.parts[i].box;
    chosen.push_back(box.w >= least && is_thin(box, lines.members[i]));
  }
  return chosen;
}

GreyImage drawn(const Lines& lines, const Chosen& chosen, int width, int height) {
  GreyImage mask(width, height);
  for (std::size_t i = 0; i < lines.runs.size(); ++i) {
    const Run& run = lines.runs[i];
    if (chosen[static_cast<std::size_t>(lines.found.part_of[i])])
      std::fill(mask.row(run.y) + run.x0, mask.row(run.y) + run.x1 + 1, 255);
  }
  return mask;
}

bool meets(const GreyImage& mask, const Box& box, int x) {
  constexpr int near = 4;
  for (int y = box.y; y < box.y + box.h; ++y)
    for (int k = std::max(0, x - near); k <= std::min(mask.width - 1, x + near); ++k)
      if (mask.at(k, y) != 0) return true;
  return false;
}

// A short line from one rule to the next is one too. `crossing`: the other direction's, in this
// one's pixels.
void choose_between(const Lines& lines, const GreyImage& crossing, Chosen& chosen) {
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const Box& box = lines.found.parts[i].box;
    if (!chosen[i])
      chosen[i] = is_thin(box, lines.members[i]) && meets(crossing, box, box.x) &&
                  meets(crossing, box, box.x + box.w - 1);
  }
}

// What of the lines are ruling lines rather than strokes of large print: the long ones and those
// between them.
GreyImage ruled(const Lines& across, const Lines& down, int width, int height) {
  const double side = std::max(width, height);
  Chosen rows = long_parts(across, longer_than_title * side);
  Chosen columns = long_parts(down, longer_than_print * side);
  const GreyImage long_rows = drawn(across, rows, width, height);
  choose_between(across, transposed(drawn(down, columns, height, width)), rows);
  choose_between(down, transposed(long_rows), columns);
  GreyImage mask = drawn(across, rows, width, height);
  for (std::size_t i = 0; i < down.runs.size(); ++i) {
    const Run& run = down.runs[i];
    for (int y = run.x0; columns[static_cast<std::size_t>(down.found.part_of[i])] && y <= run.x1;
         ++y)
      mask.row(y)[run.y] = 255;
  }
  return mask;
}

std::vector<Box> cells_between(const GreyImage& rules) {
  constexpr int least_side = 8;
  constexpr double least_fill = 0.75, largest = 0.7;
  GreyImage open = rules;
  for (std::uint8_t& v : open.pixels) v = v == 0 ? 255 : 0;
  std::vector<Box> cells;
  for (const Component& part : connected(runs_of(open)).parts) {
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
  const int least_down = std::max(10, least / 2);
  const Lines across = lines_across(grey, least);
  const Lines down = lines_across(transposed(grey), least_down);
  out.across = rules_among(across, least);
  out.down = rules_among(down, least_down);
  for (Rule& r : out.down) r = {r.y0, r.x0, r.y1, r.x1};
  out.mask = ruled(across, down, grey.width, grey.height);
  out.cells = cells_between(out.mask);
  sort_for_reading(out.cells);
  return out;
}

}  // namespace dengji
