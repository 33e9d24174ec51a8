#include "ocr/seal_ink.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "ocr/percentile.hpp"

namespace dengji {
namespace {

std::vector<int> inked(const GreyImage& ink, int level) {
  std::vector<int> values;
  for (const std::uint8_t v : ink.pixels)
    if (v >= level) values.push_back(v);
  return values;
}

// The least ink at half of `reach` and all of it away, in eight directions: cameras and JPEG's
// coarser colours blend a stroke's edge with the paper, whatever the pixel itself holds.
int around(const GreyImage& ink, int x, int y, int reach) {
  const int half = reach / 2, aslant = reach * 7 / 10;
  int least = 255;
  for (const auto& [dx, dy] : {std::pair(half, 0), std::pair(reach, 0), std::pair(aslant, aslant)})
    for (const int sign : {-1, 1})
      least = std::min<int>(
          {least, ink.at(x + sign * dx, y + sign * dy), ink.at(x - sign * dy, y + sign * dx)});
  return least;
}

}  // namespace

double flatness(const ColourImage& whitened, const GreyImage& ink) {
  constexpr int least = 40;            // redness of anything that counts
  constexpr int black = 150;           // in red; darker is print over the seal
  constexpr int reach = 3;             // pixels from the edge of a stroke
  constexpr std::size_t enough = 150;  // pixels within strokes
  constexpr double usual = 0.25;       // spread of stamped ink, over its median
  constexpr double deciles = 2.563;    // a normal distribution's, in its standard deviations
  const int full = percentile(inked(ink, least), 0.75);
  std::vector<int> values;
  for (int y = reach; full > 0 && y + reach < ink.height; ++y)
    for (int x = reach; x + reach < ink.width; ++x)
      if (2 * around(ink, x, y, reach) >= full && whitened.row(y)[3 * x] >= black)
        values.push_back(ink.at(x, y));
  if (values.size() < enough) return 0;
  const double spread = (percentile(values, 0.9) - percentile(values, 0.1)) / deciles;
  return std::clamp(1 - spread / (usual * std::max(1, percentile(values, 0.5))), 0.0, 1.0);
}

}  // namespace dengji
