#include "ocr/seal_ink.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocr/percentile.hpp"

namespace dengji {
namespace {

std::vector<std::uint8_t> inked(const GreyImage& ink, int level) {
  std::vector<std::uint8_t> values;
  for (const std::uint8_t v : ink.pixels)
    if (v >= level) values.push_back(v);
  return values;
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

}  // namespace dengji
