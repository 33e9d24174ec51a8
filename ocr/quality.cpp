#include "ocr/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace dengji {
namespace {

constexpr int tile = 64;                   // pixels of the overview
constexpr std::size_t tiles_measured = 8;  // those with the most print
constexpr double print_share = 0.0125;     // of an A4 sheet's longer side: 10.5 point

constexpr double most_missing = 0.1;  // of the rows

struct Tile {
  Box box;  // on the overview
  double spread = 0;
};

std::vector<Tile> tiles_with_print(const GreyImage& overview) {
  std::vector<Tile> tiles;
  for (int y = 0; y + tile <= overview.height; y += tile)
    for (int x = 0; x + tile <= overview.width; x += tile) {
      double sum = 0, squares = 0;
      for (int ty = y; ty < y + tile; ++ty)
        for (int tx = x; tx < x + tile; ++tx) {
          const double v = overview.at(tx, ty);
          sum += v, squares += v * v;
        }
      constexpr double n = tile * tile;
      tiles.push_back({{x, y, tile, tile}, squares / n - sum / n * (sum / n)});
    }
  const std::size_t keep = std::min(tiles.size(), tiles_measured);
  std::partial_sort(tiles.begin(), tiles.begin() + static_cast<std::ptrdiff_t>(keep), tiles.end(),
                    [](const Tile& a, const Tile& b) { return a.spread > b.spread; });
  tiles.resize(keep);
  return tiles;
}

int percentile(const std::array<int, 256>& histogram, int total, double share) {
  double left = total * share;
  for (std::size_t v = 0; v < 256; ++v) {
    left -= histogram[v];
    if (left <= 0) return static_cast<int>(v);
  }
  return 255;
}

struct Edge {
  double contrast = 0;  // 0..255, between paper and ink
  double width = 0;     // pixels over which ink turns into paper
};

Edge edge_in(const GreyImage& grey) {
  std::array<int, 256> values{}, slopes{};
  int n = 0;
  for (int y = 1; y + 1 < grey.height; ++y)
    for (int x = 1; x + 1 < grey.width; ++x, ++n) {
      ++values[grey.at(x, y)];
      const int gx = std::abs(grey.at(x + 1, y) - grey.at(x - 1, y));
      const int gy = std::abs(grey.at(x, y + 1) - grey.at(x, y - 1));
      ++slopes[static_cast<std::size_t>(std::max(gx, gy))];
    }
  Edge edge;
  if (n == 0) return edge;
  edge.contrast = percentile(values, n, 0.97) - percentile(values, n, 0.02);
  const double steepest = percentile(slopes, n, 0.985) / 2.0;
  edge.width = edge.contrast / std::max(1.0, steepest);
  return edge;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// How bright the page is where it is brightest: paper under any usable light.
double paper_level(const ColourImage& pixels) {
  std::array<int, 256> histogram{};
  int n = 0;
  for (std::size_t i = 0; i + 2 < pixels.pixels.size(); i += 3 * 31, ++n)
    ++histogram[std::max({pixels.pixels[i], pixels.pixels[i + 1], pixels.pixels[i + 2]})];
  return percentile(histogram, n, 0.8);
}

std::string reason(const Page& page, const Quality& q, bool print_found) {
  if (page.missing > most_missing) return "damaged";
  if (page.blank || !print_found) return "";
  if (q.brightness < least_brightness) return "dark";
  if (q.contrast < least_contrast) return "contrast";
  if (q.text_height < least_print_height) return "resolution";
  return q.sharpness < least_sharpness ? "blur" : "";
}

}  // namespace

Quality measure_quality(const Page& page, const Sheet& sheet) {
  constexpr double flatbed_width = 0.1;   // of an edge, over the print's height
  constexpr double least_spread = 9 * 9;  // variance of a tile that bears anything
  Quality q;
  q.dpi = sheet.dpi();
  q.monochrome = sheet.monochrome();
  q.brightness = paper_level(page.pixels) / 255;
  // Blur joins characters into larger parts, so the usual height for the sheet bounds what was
  // measured.
  const double usual = print_share * std::max(sheet.width(), sheet.height());
  q.text_height = std::clamp(sheet.text_height(), usual, 1.5 * usual);
  std::vector<double> widths, contrasts;
  for (const Tile& t : tiles_with_print(luminance(sheet.overview()))) {
    if (t.spread < least_spread) continue;
    const double back = 1 / sheet.overview_scale();
    const Edge edge = edge_in(sheet.grey(image(Transform::scaling(back, back), t.box)));
    widths.push_back(edge.width);
    contrasts.push_back(edge.contrast / 255);
  }
  q.contrast = median(contrasts);
  const double width = median(widths);
  if (width > 0) q.sharpness = std::min(1.0, flatbed_width * q.text_height / width);
  q.why = reason(page, q, !widths.empty());
  q.readable = q.why.empty();
  return q;
}

}  // namespace dengji
