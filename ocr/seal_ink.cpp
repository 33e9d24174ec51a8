#include "ocr/seal_ink.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace dengji {
namespace {

constexpr int side = 16;  // of the coarse picture: side * side bits

std::uint8_t percentile(std::vector<std::uint8_t> values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + k, values.end());
  return values[static_cast<std::size_t>(k)];
}

std::vector<std::uint8_t> inked(const GreyImage& ink, int level) {
  std::vector<std::uint8_t> values;
  for (const std::uint8_t v : ink.pixels)
    if (v >= level) values.push_back(v);
  return values;
}

// The mean ink of a part of a box; the part's edges are rounded to pixels.
double mean_of(const GreyImage& ink, const Box& box, int column, int columns, int row, int rows) {
  const int x0 = box.x + box.w * column / columns, x1 = box.x + box.w * (column + 1) / columns;
  const int y0 = box.y + box.h * row / rows, y1 = box.y + box.h * (row + 1) / rows;
  double sum = 0;
  int n = 0;
  for (int y = std::max(0, y0); y < std::min(ink.height, std::max(y1, y0 + 1)); ++y)
    for (int x = std::max(0, x0); x < std::min(ink.width, std::max(x1, x0 + 1)); ++x, ++n)
      sum += ink.at(x, y);
  return n > 0 ? sum / n : 0;
}

int digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

double flatness(const ColourImage& whitened, const GreyImage& ink) {
  constexpr int least = 40;              // redness of anything that counts
  constexpr std::size_t enough = 150;    // pixels within strokes
  constexpr double usual_spread = 0.25;  // of stamped ink, over its mean
  const int full = percentile(inked(ink, least), 0.75);
  std::vector<double> values;
  for (int y = 2; y + 2 < ink.height; ++y)
    for (int x = 2; x + 2 < ink.width; ++x) {
      // Inside of a stroke by its surroundings, whatever the pixel itself holds; black print over
      // it left out.
      const int around =
          std::min({ink.at(x - 2, y), ink.at(x + 2, y), ink.at(x, y - 2), ink.at(x, y + 2)});
      if (around * 2 < full || whitened.row(y)[3 * x] < 150) continue;
      values.push_back(ink.at(x, y));
    }
  if (full == 0 || values.size() < enough) return 0;
  double mean = 0, variance = 0;
  for (const double v : values) mean += v / static_cast<double>(values.size());
  for (const double v : values)
    variance += (v - mean) * (v - mean) / static_cast<double>(values.size());
  return std::clamp(1 - std::sqrt(variance) / (usual_spread * std::max(1.0, mean)), 0.0, 1.0);
}

std::string fingerprint(const GreyImage& ink, const Box& box) {
  constexpr char digits[] = "0123456789abcdef";
  if (ink.empty() || box.w < side || box.h < side) return "";
  std::string out;
  for (int y = 0; y < side; ++y) {
    double left = mean_of(ink, box, 0, side + 1, y, side);
    for (int x = 0; x < side; x += 4) {
      unsigned nibble = 0;
      for (int k = 1; k <= 4; ++k) {
        const double right = mean_of(ink, box, x + k, side + 1, y, side);
        nibble = nibble << 1 | (right > left + 4 ? 1U : 0U);
        left = right;
      }
      out += digits[nibble];
    }
  }
  return out;
}

double alike(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || a.empty()) return 0;
  int different = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const int p = digit(a[i]), q = digit(b[i]);
    if (p < 0 || q < 0) return 0;
    different += std::popcount(static_cast<unsigned>(p ^ q));
  }
  return 1 - different / (4.0 * static_cast<double>(a.size()));
}

}  // namespace dengji
