#include "ocr/quality.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
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
  double widest = 0;    // the same in the direction in which it takes the most
};

Edge edge_in(const GreyImage& grey) {
  constexpr double ink = 0.02, paper = 0.97, steep = 0.985;  // shares of the pixels
  std::array<int, 256> values{}, slopes{};
  std::array<std::array<int, 256>, 4> directed{};
  int n = 0;
  const auto add = [](std::array<int, 256>& histogram, int v) {
    ++histogram[static_cast<std::size_t>(v)];
  };
  for (int y = 1; y + 1 < grey.height; ++y)
    for (int x = 1; x + 1 < grey.width; ++x, ++n) {
      ++values[grey.at(x, y)];
      const int gx = std::abs(grey.at(x + 1, y) - grey.at(x - 1, y));
      const int gy = std::abs(grey.at(x, y + 1) - grey.at(x, y - 1));
      add(slopes, std::max(gx, gy));
      add(directed[0], gx);
      add(directed[1], gy);
      add(directed[2], std::abs(grey.at(x + 1, y + 1) - grey.at(x - 1, y - 1)));
      add(directed[3], std::abs(grey.at(x + 1, y - 1) - grey.at(x - 1, y + 1)));
    }
  Edge edge;
  if (n == 0) return edge;
  edge.contrast = percentile(values, n, paper) - percentile(values, n, ink);
  edge.width = edge.contrast / std::max(1.0, percentile(slopes, n, steep) / 2.0);
  for (std::size_t i = 0; i < directed.size(); ++i) {
    const double between = i < 2 ? 2 : 2 * std::numbers::sqrt2;  // pixels
    const double steepest = percentile(directed[i], n, steep) / between;
    edge.widest = std::max(edge.widest, edge.contrast / std::max(1.0, steepest));
  }
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

// Of usual print: 10.5 point on a sheet of A4.
double usual_height(const Sheet& sheet) {
  return print_share * std::max(sheet.width(), sheet.height());
}

// 1 = as a flatbed scan at 200 dpi, by the width of print's edges over its height.
double sharpness_of(double width, double height) {
  constexpr double flatbed_width = 0.1;
  return width > 0 ? std::min(1.0, flatbed_width * height / width) : 0;
}

// Print as it stands in its longest lines, in the direction in which it is the least sharp: a
// picture that was moved is sharp across, and so are its rules. Nothing where few lines were found.
std::optional<double> sharpness_of_lines(const Sheet& sheet) {
  constexpr std::size_t enough = 4, most = 8;
  constexpr int longest = 24;  // characters: what is seen of a line
  const double usual = usual_height(sheet);
  std::vector<LinePlace> lines = sheet.lines();
  std::erase_if(lines, [](const LinePlace& l) { return l.box.w < 3 || l.box.h < 3; });
  if (lines.size() < enough) return std::nullopt;
  const std::size_t keep = std::min(lines.size(), most);
  std::partial_sort(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(keep), lines.end(),
                    [](const LinePlace& a, const LinePlace& b) { return a.box.w > b.box.w; });
  lines.resize(keep);
  std::vector<double> all;
  for (const LinePlace& line : lines) {
    const double height = std::clamp(line.height, usual, 1.5 * usual);
    Box box = line.box;
    box.w = std::min(box.w, static_cast<int>(longest * height));
    all.push_back(sharpness_of(edge_in(sheet.grey(box)).widest, height));
  }
  return median(std::move(all));
}

std::string reason(const Page& page, const Quality& q, const Sheet& sheet) {
  if (page.missing > most_missing) return "damaged";
  if (page.blank) return "";
  if (q.brightness < least_brightness) return "dark";
  if (q.contrast < least_contrast) return "contrast";
  if (q.text_height < least_print_height) return "resolution";
  if (q.sharpness >= least_sharpness) return "";
  return usual_height(sheet) < least_print_height ? "resolution" : "blur";
}

}  // namespace

Quality measure_quality(const Page& page, const Sheet& sheet) {
  constexpr double least_spread = 9 * 9;  // variance of a tile that bears anything
  Quality q;
  q.dpi = sheet.dpi();
  q.monochrome = sheet.monochrome();
  q.brightness = paper_level(page.pixels) / 255;
  // Blur joins characters into larger parts, so the usual height for the sheet bounds what was
  // measured.
  const double usual = usual_height(sheet);
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
  q.sharpness = sharpness_of(median(widths), q.text_height);
  if (const auto of_lines = sharpness_of_lines(sheet))
    q.sharpness = std::min(q.sharpness, *of_lines);
  q.why = reason(page, q, sheet);
  q.readable = q.why.empty();
  return q;
}

}  // namespace dengji
