#include "ocr/upright.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <vector>

namespace dengji {
namespace {

constexpr int ink_below = 180;
constexpr double degree = std::numbers::pi / 180;
constexpr double widest_skew = 8 * degree;

std::vector<Point> ink_points(const GreyImage& grey, std::size_t most) {
  std::vector<Point> points;
  std::size_t total = 0;
  for (std::uint8_t v : grey.pixels) total += v < ink_below;
  const std::size_t step = std::max<std::size_t>(1, total / most);
  std::size_t seen = 0;
  for (int y = 0; y < grey.height; ++y)
    for (int x = 0; x < grey.width; ++x)
      if (grey.at(x, y) < ink_below && seen++ % step == 0) points.push_back({double(x), double(y)});
  return points;
}

// How sharply the ink falls into lines when seen along a direction: the squared differences of
// neighbouring bins, over the ink squared.
double sharpness(const std::vector<Point>& ink, double radians, bool across, int size) {
  std::vector<int> bins(static_cast<std::size_t>(3 * size));
  const double s = std::tan(radians);
  for (const Point& p : ink) {
    const double at = across ? p.y - s * p.x : p.x + s * p.y;
    const auto bin = static_cast<std::ptrdiff_t>(std::lround(at)) + size;
    if (bin >= 0 && bin < static_cast<std::ptrdiff_t>(bins.size()))
      ++bins[static_cast<std::size_t>(bin)];
  }
  double score = 0;
  for (std::size_t i = 1; i < bins.size(); ++i) {
    const double d = bins[i] - bins[i - 1];
    score += d * d;
  }
  return score;
}

double best_skew(const std::vector<Point>& ink, bool across, int size, double& score) {
  double best = 0, width = widest_skew, step = 0.5 * degree;
  score = sharpness(ink, 0, across, size);
  for (int level = 0; level < 3; ++level) {
    const double middle = best;
    for (double a = middle - width; a <= middle + width + 1e-9; a += step) {
      const double now = sharpness(ink, a, across, size);
      if (now > score * 1.0001) score = now, best = a;
    }
    width = step;
    step /= 5;
  }
  return best;
}

}  // namespace

Lie find_lie(const GreyImage& grey) {
  Lie lie;
  const std::vector<Point> ink = ink_points(grey, 60'000);
  if (ink.size() < 200) return lie;
  const int size = std::max(grey.width, grey.height);
  double across_score = 0, down_score = 0;
  const double across = best_skew(ink, true, size, across_score);
  const double down = best_skew(ink, false, size, down_score);
  lie.skew = across_score >= down_score ? across : down;
  return lie;
}

bool has_colour(const ColourImage& whitened) {
  constexpr int coloured = 40, least = 30;
  int n = 0;
  for (std::size_t i = 0; i + 2 < whitened.pixels.size(); i += 3) {
    const auto [low, high] =
        std::minmax({whitened.pixels[i], whitened.pixels[i + 1], whitened.pixels[i + 2]});
    n += high - low > coloured;
  }
  return n >= least;
}

}  // namespace dengji
