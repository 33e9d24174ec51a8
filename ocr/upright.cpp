#include "ocr/upright.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "ocr/components.hpp"

namespace dengji {
namespace {

constexpr int ink_below = 180;
constexpr double degree = std::numbers::pi / 180;
constexpr double widest_skew = 8 * degree;
constexpr std::size_t most_points = 12'000;  // of ink that the skew is told by

// Print and rules lie in lines; photographs, crests and codes are large and full, and their ink
// falls sharply along any direction that one of their edges has.
bool is_picture(const Component& c, int size) {
  constexpr double full = 0.3;
  return std::min(c.box.w, c.box.h) > size / 40 && c.pixels > full * area(c.box);
}

std::vector<Point> ink_points(const std::vector<Run>& runs, const RunParts& found, int size) {
  std::vector<Run> lines;
  std::size_t total = 0;
  for (std::size_t i = 0; i < runs.size(); ++i) {
    if (is_picture(found.parts[static_cast<std::size_t>(found.part_of[i])], size)) continue;
    lines.push_back(runs[i]);
    total += static_cast<std::size_t>(runs[i].x1 - runs[i].x0 + 1);
  }
  const std::size_t step = total / most_points + 1;
  std::vector<Point> points;
  std::size_t seen = 0;
  for (const Run& run : lines)
    for (int x = run.x0; x <= run.x1; ++x)
      if (seen++ % step == 0)
        points.push_back({static_cast<double>(x), static_cast<double>(run.y)});
  return points;
}

// How sharply the ink falls into lines along a direction: the squared differences of neighbouring
// bins.
double sharpness(const std::vector<Point>& ink, double radians, bool across, int size) {
  std::vector<int> bins(static_cast<std::size_t>(3 * size));
  const double s = std::tan(radians);
  for (const Point& p : ink) {
    const double at = (across ? p.y - s * p.x : p.x + s * p.y) + size + 0.5;
    if (at >= 0 && at < 3.0 * size) ++bins[static_cast<std::size_t>(at)];
  }
  double score = 0;
  for (std::size_t i = 1; i < bins.size(); ++i) {
    const double d = bins[i] - bins[i - 1];
    score += d * d;
  }
  return score;
}

// Lines lie along it and their characters stand in columns across it: of print in a grid other
// directions are as sharp one way, but not both ways.
double best_skew(const std::vector<Point>& ink, int size) {
  const auto sharp = [&](double radians) {
    return sharpness(ink, radians, true, size) + sharpness(ink, radians, false, size);
  };
  double best = 0, most = sharp(0), width = widest_skew, step = 0.5 * degree;
  for (int level = 0; level < 3; ++level) {
    const double middle = best;
    for (double a = middle - width; a <= middle + width + 1e-9; a += step)
      if (const double now = sharp(a); now > most * 1.0001) best = a, most = now;
    width = step;
    step /= 5;
  }
  return best;
}

// What may be a character or a part of one.
std::vector<Component> characters(const std::vector<Component>& all, int size) {
  const int least = std::max(4, size / 240), most = size / 14;
  std::vector<Component> out;
  for (const Component& c : all)
    if (std::max(c.box.w, c.box.h) >= least && c.box.w <= most && c.box.h <= most &&
        c.pixels * 12 >= c.box.w * c.box.h)
      out.push_back(c);
  return out;
}

int percentile(std::vector<int> values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

int side_of(const Component& c) { return std::max(c.box.w, c.box.h); }

int usual_side(const std::vector<Component>& chars) {
  std::vector<int> sides;
  sides.reserve(chars.size());
  for (const Component& c : chars) sides.push_back(side_of(c));
  return percentile(std::move(sides), 0.7);  // many parts are smaller than their character
}

// Blank pixels from a part to the next ink to its right (or below it), at most `far`.
int gap_after(const GreyImage& grey, const Box& b, bool below, int far) {
  for (int d = 0; d < far; ++d) {
    const int from = below ? b.x : b.y, to = below ? b.x + b.w : b.y + b.h;
    for (int k = from; k < to; ++k) {
      const int x = below ? k : b.x + b.w + d, y = below ? b.y + b.h + d : k;
      if (x >= grey.width || y >= grey.height) return far;
      if (grey.at(x, y) < ink_below) return d;
    }
  }
  return far;
}

// -1..1: characters follow one another more closely to the right than downwards.
double across_rather_than_down(const GreyImage& grey, const std::vector<Component>& chars,
                               int side) {
  int across = 0, down = 0;
  for (const Component& c : chars) {
    if (2 * side_of(c) < side) continue;
    const int right = gap_after(grey, c.box, false, 2 * side),
              below = gap_after(grey, c.box, true, 2 * side);
    if (right > side && below > side) continue;
    across += 4 * right < 3 * below;
    down += 4 * below < 3 * right;
  }
  return across + down < 20 ? 0 : static_cast<double>(across - down) / (across + down);
}

// 0..1 along the reading direction's cross: where a box stands from the top once the page is
// turned.
double from_top(const Box& b, int turn, double width, double height) {
  const double x = (b.x + b.w / 2.0) / width, y = (b.y + b.h / 2.0) / height;
  return turn == 0 ? y : turn == 1 ? x : turn == 2 ? 1 - y : 1 - x;
}

// -1..1: large print stands above nearly all small print, as a title does; negative: below nearly
// all.
double title_on_top(const std::vector<Component>& chars, int turn, int side,
                    const GreyImage& grey) {
  constexpr double outermost = 0.1;  // of the small print may stand beyond a title
  constexpr double least = 3;        // parts of a title
  std::vector<double> large, small;
  for (const Component& c : chars) {
    const bool big = side_of(c) >= 1.3 * side && c.pixels > 2 * side;
    (big ? large : small).push_back(from_top(c.box, turn, grey.width, grey.height));
  }
  if (small.size() < 20) return 0;
  std::sort(small.begin(), small.end());
  const auto share = static_cast<std::size_t>(outermost * static_cast<double>(small.size()));
  const double upper = small[share], lower = small[small.size() - 1 - share];
  const auto count = [&](auto test) {
    return static_cast<double>(std::count_if(large.begin(), large.end(), test));
  };
  const double top = count([&](double at) { return at < upper; });
  const double bottom = count([&](double at) { return at > lower; });
  return top + bottom < least ? 0 : (top - bottom) / (top + bottom);
}

}  // namespace

Lie find_lie(const GreyImage& grey) {
  constexpr double least_direction = 0.12;
  Lie lie;
  const int size = std::max(grey.width, grey.height);
  GreyImage mask(grey.width, grey.height);
  for (std::size_t i = 0; i < mask.pixels.size(); ++i)
    mask.pixels[i] = grey.pixels[i] < ink_below ? 255 : 0;
  const std::vector<Run> runs = runs_of(mask);
  const RunParts found = connected(runs);
  const std::vector<Point> ink = ink_points(runs, found, size);
  if (ink.size() < 200) return lie;
  const std::vector<Component> chars = characters(found.parts, size);
  const int side = usual_side(chars);
  lie.text_height = side;
  const double direction = across_rather_than_down(grey, chars, side);
  const bool sideways = direction < -least_direction;
  lie.skew = best_skew(ink, size);
  lie.turn = sideways ? 1 : 0;
  const double title = title_on_top(chars, lie.turn, side, grey);
  // Of a sideways page either end may be up. One that lies along its lines is left as it is, since
  // large print below may also be handwriting; `turn_sure` then tells to look at the words.
  if (sideways && title < 0) lie.turn = 3;
  const double upright = sideways ? std::abs(title) : title;
  lie.turn_sure = std::min(1.0, std::abs(direction) * 2) * (0.5 + 0.5 * upright);
  return lie;
}

bool has_colour(const ColourImage& picture) {
  constexpr int coloured = 14;    // more than JPEG gives to grey
  constexpr double tinted = 2.5;  // on the average: paper that a colour scanner saw
  const std::size_t pixels = picture.pixels.size() / 3;
  std::size_t n = 0, sum = 0;
  for (std::size_t i = 0; i + 2 < picture.pixels.size(); i += 3) {
    const auto [low, high] =
        std::minmax({picture.pixels[i], picture.pixels[i + 1], picture.pixels[i + 2]});
    sum += static_cast<std::size_t>(high - low);
    n += high - low > coloured;
  }
  return n >= pixels / 10'000 + 10 ||
         static_cast<double>(sum) > tinted * static_cast<double>(pixels);
}

}  // namespace dengji
