#include "ocr/text_lines.hpp"

#include <algorithm>
#include <numeric>

#include "ocr/components.hpp"
#include "ocr/rules.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int ink_below = 195;  // of the red channel: thin print that was shrunk is grey, not black
constexpr double tallest = 1.0 / 14;  // of the page's longer side: larger than any title
constexpr double gap = 1.3;           // heights between characters of a line: titles are set wide
constexpr double shared = 0.5;        // of the lower part's height that lies beside the other part

// Ink but for what lies on a rule or at its soft edge.
GreyImage ink_of(const GreyImage& grey, const GreyImage& rules) {
  GreyImage mask(grey.width, grey.height);
  for (int y = 1; y + 1 < mask.height; ++y) {
    const std::uint8_t *from = grey.row(y), *rule = rules.row(y), *above = rules.row(y - 1),
                       *below = rules.row(y + 1);
    std::uint8_t* to = mask.row(y);
    for (int x = 1; x + 1 < mask.width; ++x)
      if (from[x] < ink_below && (rule[x - 1] | rule[x] | rule[x + 1] | above[x] | below[x]) == 0)
        to[x] = 255;
  }
  return mask;
}

int side_of(const Box& b) { return std::max(b.w, b.h); }
int right_of(const Box& b) { return b.x + b.w; }
int below_of(const Box& b) { return b.y + b.h; }

std::vector<Box> parts_of(const GreyImage& mask) {
  const double most = tallest * std::max(mask.width, mask.height);
  std::vector<Box> parts;
  for (const Component& c : connected(runs_of(mask)).parts)
    if (c.pixels >= 4 && c.box.h <= most && c.box.w <= 3 * most) parts.push_back(c.box);
  return parts;
}

int usual_height(const std::vector<Box>& parts) {
  std::vector<int> sides;
  for (const Box& b : parts)
    if (side_of(b) >= 4) sides.push_back(side_of(b));
  if (sides.empty()) return 0;
  const auto k = static_cast<std::ptrdiff_t>(0.7 * static_cast<double>(sides.size() - 1));
  std::nth_element(sides.begin(), sides.begin() + k, sides.end());
  return sides[static_cast<std::size_t>(k)];
}

// A rule between two parts that stand side by side: they are in different cells.
bool parted(const GreyImage& rules, const Box& left, const Box& right) {
  const int y = (std::max(left.y, right.y) + std::min(below_of(left), below_of(right))) / 2;
  for (int x = std::min(right_of(left), right.x); x < right.x; ++x)
    if (rules.at(x, y) != 0) return true;
  return false;
}

class Groups {
 public:
  explicit Groups(std::size_t n) : parents_(n) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }
  std::size_t root(std::size_t i) {
    while (parents_[i] != i) i = parents_[i] = parents_[parents_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parents_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parents_;
};

bool beside(const Box& left, const Box& right, double usual) {
  const double reach = gap * std::max({usual, double(left.h), double(right.h)});
  const int common = std::min(below_of(left), below_of(right)) - std::max(left.y, right.y);
  return right.x - right_of(left) <= reach && common >= shared * std::min(left.h, right.h);
}

// `parts` from left to right.
Groups joined(const std::vector<Box>& parts, const GreyImage& rules, double usual) {
  Groups groups(parts.size());
  int widest = 0;
  for (const Box& b : parts) widest = std::max(widest, b.h);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double end = right_of(parts[i]) + gap * std::max<double>(usual, widest);
    for (std::size_t k = i + 1; k < parts.size() && parts[k].x <= end; ++k)
      if (beside(parts[i], parts[k], usual) && !parted(rules, parts[i], parts[k]))
        groups.join(i, k);
  }
  return groups;
}

Box around(const Box& a, const Box& b) {
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(right_of(a), right_of(b)) - x, std::max(below_of(a), below_of(b)) - y};
}

double percentile(std::vector<double> values, double share) {
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

LinePlace line_of(const std::vector<Box>& parts) {
  LinePlace line;
  std::vector<double> sides;
  for (const Box& b : parts) {
    line.box = line.box.w == 0 ? b : around(line.box, b);
    sides.push_back(side_of(b));
  }
  line.height = percentile(std::move(sides), 0.8);
  double narrow = 0;
  for (const Box& b : parts) narrow += b.h >= 0.6 * line.height && b.w <= 0.8 * b.h;
  line.digits = narrow / static_cast<double>(parts.size());
  return line;
}

// Dots and strokes of a line's characters that were left by themselves.
bool within(const Box& inner, const Box& outer) {
  return area(intersection(inner, outer)) >= 0.6 * area(inner);
}

void absorb(std::vector<LinePlace>& lines) {
  std::sort(lines.begin(), lines.end(),
            [](const LinePlace& a, const LinePlace& b) { return area(a.box) > area(b.box); });
  std::vector<LinePlace> kept;
  for (const LinePlace& line : lines) {
    const auto home = std::find_if(kept.begin(), kept.end(),
                                   [&](const LinePlace& k) { return within(line.box, k.box); });
    if (home == kept.end()) kept.push_back(line);
  }
  lines = std::move(kept);
}

// Labels of two or three characters are set as wide as longer ones above them.
void join_wide_set(std::vector<LinePlace>& lines, const GreyImage& rules) {
  constexpr double widest = 4;  // heights between two characters
  std::sort(lines.begin(), lines.end(),
            [](const LinePlace& a, const LinePlace& b) { return a.box.x < b.box.x; });
  const auto single = [](const LinePlace& l) { return l.box.w < 1.4 * l.box.h; };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!single(lines[i])) continue;
    for (std::size_t k = i + 1; k < lines.size();) {
      const Box &a = lines[i].box, &b = lines[k].box;
      const int common = std::min(below_of(a), below_of(b)) - std::max(a.y, b.y);
      const bool near = b.x - right_of(a) <= widest * std::max(a.h, b.h) && b.x >= right_of(a);
      if (near && single(lines[k]) && common >= 0.6 * std::max(a.h, b.h) && !parted(rules, a, b)) {
        lines[i].box = around(a, b);
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(k));
        break;
      }
      ++k;
    }
  }
}

void keep_widest(std::vector<LinePlace>& lines) {
  if (lines.size() <= limits::lines_on_page) return;
  std::stable_sort(lines.begin(), lines.end(),
                   [](const LinePlace& a, const LinePlace& b) { return a.box.w > b.box.w; });
  lines.resize(limits::lines_on_page);
}

std::vector<std::vector<Box>> groups_of(const std::vector<Box>& parts, const GreyImage& rules,
                                        double usual) {
  Groups groups = joined(parts, rules, usual);
  std::vector<std::vector<Box>> members(parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) members[groups.root(i)].push_back(parts[i]);
  std::erase_if(members, [](const auto& group) { return group.empty(); });
  return members;
}

// Not several lines that something high ties together: it is no higher than its characters. Those
// of large print are in several parts each, of which some reach from top to bottom.
bool is_one_line(const std::vector<Box>& parts, const LinePlace& line) {
  constexpr double from_top_to_bottom = 0.65, mostly = 0.35;
  if (line.box.h <= 1.9 * line.height) return true;
  double high = 0;
  for (const Box& b : parts)
    if (b.h >= from_top_to_bottom * line.box.h) high += b.w;
  return high >= mostly * line.box.w;
}

}  // namespace

std::vector<LinePlace> find_lines(const GreyImage& grey, const Rules& rules) {
  std::vector<Box> parts = parts_of(ink_of(grey, rules.mask));
  const double usual = usual_height(parts);
  // What is left of a bent rule; a stroke such as 一 is less long.
  std::erase_if(parts, [&](const Box& b) { return b.w > 4 * usual && b.w > 12 * b.h; });
  if (usual == 0 || parts.size() > limits::text_parts) return {};
  std::sort(parts.begin(), parts.end(), [](const Box& a, const Box& b) { return a.x < b.x; });
  std::vector<LinePlace> lines;
  for (auto& group : groups_of(parts, rules.mask, usual)) {
    const LinePlace line = line_of(group);
    if (is_one_line(group, line)) {
      lines.push_back(line);
      continue;
    }
    // Something high, a bracket or a stroke of a pen, ties several lines together.
    std::erase_if(group, [&](const Box& b) { return b.h > 1.3 * usual; });
    for (const auto& part : groups_of(group, rules.mask, usual)) lines.push_back(line_of(part));
  }
  absorb(lines);
  std::erase_if(
      lines, [&](const LinePlace& l) { return l.box.h < 0.5 * usual || l.box.w < 0.4 * l.box.h; });
  join_wide_set(lines, rules.mask);
  keep_widest(lines);
  std::sort(lines.begin(), lines.end(),
            [](const LinePlace& a, const LinePlace& b) { return a.box.y < b.box.y; });
  return lines;
}

}  // namespace dengji
