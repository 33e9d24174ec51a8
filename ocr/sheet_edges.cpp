#include "ocr/sheet_edges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ocr/components.hpp"

namespace dengji {
namespace {

constexpr int side = 320;                              // pixels of the longer side to look at
constexpr double least_area = 0.2, most_area = 0.985;  // of the picture
constexpr double least_contrast = 28;                  // between desk and sheet, of 255

// The least channel: paper is light in all three, wood only in red.
GreyImage least_channel(const ColourImage& in) {
  GreyImage out(in.width, in.height);
  const std::uint8_t* p = in.pixels.data();
  for (std::uint8_t& to : out.pixels) {
    to = std::min({p[0], p[1], p[2]});
    p += 3;
  }
  return out;
}

struct Split {
  int level = 0;        // brighter than this is the sheet
  double contrast = 0;  // between the means of both classes
};

Split otsu(const GreyImage& image) {
  std::array<double, 256> h{};
  for (std::uint8_t v : image.pixels) ++h[v];
  double total = 0, sum = 0;
  for (std::size_t v = 0; v < 256; ++v) total += h[v], sum += h[v] * static_cast<double>(v);
  Split best;
  double below = 0, below_sum = 0, best_score = -1;
  for (std::size_t v = 0; v < 256; ++v) {
    below += h[v], below_sum += h[v] * static_cast<double>(v);
    if (below == 0 || below == total) continue;
    const double gap = (sum - below_sum) / (total - below) - below_sum / below;
    const double score = below * (total - below) * gap * gap;
    if (score > best_score) best_score = score, best = {static_cast<int>(v), gap};
  }
  return best;
}

// Ink is closed over by the brightest value around, then the edge moved back by the darkest.
GreyImage closed(const GreyImage& in, int reach) {
  GreyImage now = in;
  for (const bool brightest : {true, false})
    for (const bool across : {true, false}) {
      GreyImage next(now.width, now.height);
      for (int y = 0; y < now.height; ++y)
        for (int x = 0; x < now.width; ++x) {
          int value = now.at(x, y);
          for (int k = -reach; k <= reach; ++k) {
            const int sx = std::clamp(across ? x + k : x, 0, now.width - 1);
            const int sy = std::clamp(across ? y : y + k, 0, now.height - 1);
            value = brightest ? std::max<int>(value, now.at(sx, sy))
                              : std::min<int>(value, now.at(sx, sy));
          }
          next.row(y)[x] = static_cast<std::uint8_t>(value);
        }
      now = std::move(next);
    }
  return now;
}

struct Straight {
  double a = 0, b = 0, c = 0;
};  // a x + b y = c, a^2 + b^2 = 1

// Least squares by the principal axis, then once more without the points that lie off it.
Straight fit(std::vector<Point> points) {
  Straight line;
  for (int pass = 0; pass < 4; ++pass) {
    double n = 0, mx = 0, my = 0, xx = 0, xy = 0, yy = 0;
    for (const Point& p : points) ++n, mx += p.x, my += p.y;
    mx /= n, my /= n;
    for (const Point& p : points)
      xx += (p.x - mx) * (p.x - mx), xy += (p.x - mx) * (p.y - my), yy += (p.y - my) * (p.y - my);
    const double direction = 0.5 * std::atan2(2 * xy, xx - yy);
    line = {-std::sin(direction), std::cos(direction), 0};
    line.c = line.a * mx + line.b * my;
    const double keep = 4.0 / (1 << pass);
    std::vector<Point> near;
    for (const Point& p : points)
      if (std::abs(line.a * p.x + line.b * p.y - line.c) <= keep) near.push_back(p);
    if (near.size() * 2 < points.size() || near.size() < 8) break;
    points = std::move(near);
  }
  return line;
}

std::optional<Point> crossing(const Straight& p, const Straight& q) {
  const double det = p.a * q.b - q.a * p.b;
  if (std::abs(det) < 0.2) return std::nullopt;
  return Point{(p.c * q.b - q.c * p.b) / det, (p.a * q.c - q.a * p.c) / det};
}

// The corners of a part that reach furthest along the diagonals.
Quad extremes(const Components& all, int label, const GreyImage& image) {
  std::array<double, 4> best{1e9, -1e9, -1e9, 1e9};
  Quad quad{};
  std::size_t i = 0;
  for (int y = 0; y < image.height; ++y)
    for (int x = 0; x < image.width; ++x, ++i) {
      if (all.labels[i] != label) continue;
      const double sum = x + y, difference = x - y;
      const Point p{double(x), double(y)};
      if (sum < best[0]) best[0] = sum, quad[0] = p;
      if (difference > best[1]) best[1] = difference, quad[1] = p;
      if (sum > best[2]) best[2] = sum, quad[2] = p;
      if (difference < best[3]) best[3] = difference, quad[3] = p;
    }
  return quad;
}

double quad_area(const Quad& q) {
  double twice = 0;
  for (std::size_t i = 0; i < 4; ++i)
    twice += q[i].x * q[(i + 1) % 4].y - q[(i + 1) % 4].x * q[i].y;
  return std::abs(twice) / 2;
}

// The outermost pixels of the part beside each side of the rough quadrilateral, as straight lines.
// An edge of the picture itself is kept as it is: the sheet goes on beyond it.
std::optional<Quad> refined(const Components& all, int label, const GreyImage& image,
                            const Quad& rough) {
  std::array<Straight, 4> sides;
  const auto on = [&](int x, int y) {
    return all.labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                      static_cast<std::size_t>(x)] == label;
  };
  for (std::size_t s = 0; s < 4; ++s) {
    const Point a = rough[s], b = rough[(s + 1) % 4];
    const bool across = s % 2 == 0;
    std::vector<Point> edge;
    const double from = across ? std::min(a.x, b.x) : std::min(a.y, b.y);
    const double to = across ? std::max(a.x, b.x) : std::max(a.y, b.y);
    const double margin = (to - from) * 0.06;
    for (int t = static_cast<int>(from + margin); t <= static_cast<int>(to - margin); ++t) {
      const int length = across ? image.height : image.width;
      for (int k = 0; k < length; ++k) {
        const int depth = s == 0 || s == 3 ? k : length - 1 - k;
        if (!(across ? on(t, depth) : on(depth, t))) continue;
        edge.push_back(across ? Point{double(t), double(depth)} : Point{double(depth), double(t)});
        break;
      }
    }
    if (edge.size() < 8) return std::nullopt;
    sides[s] = fit(std::move(edge));
  }
  Quad quad;
  for (std::size_t s = 0; s < 4; ++s) {
    const auto corner = crossing(sides[(s + 3) % 4], sides[s]);
    if (!corner) return std::nullopt;
    quad[s] = *corner;
  }
  return quad;
}

}  // namespace

std::optional<Quad> find_sheet(const ColourImage& page) {
  const int factor = std::max(1, std::max(page.width, page.height) / side);
  const GreyImage small = closed(least_channel(shrunk(page, factor)), 3);
  if (small.width < 40 || small.height < 40) return std::nullopt;
  const Split split = otsu(small);
  if (split.contrast < least_contrast) return std::nullopt;
  GreyImage mask(small.width, small.height);
  for (std::size_t i = 0; i < mask.pixels.size(); ++i)
    mask.pixels[i] = small.pixels[i] > split.level ? 255 : 0;
  const Components all = components(mask);
  if (all.parts.empty()) return std::nullopt;
  const auto largest =
      std::max_element(all.parts.begin(), all.parts.end(),
                       [](const Component& a, const Component& b) { return a.pixels < b.pixels; });
  const int label = static_cast<int>(largest - all.parts.begin()) + 1;
  const auto quad = refined(all, label, small, extremes(all, label, small));
  if (!quad) return std::nullopt;
  const double picture = static_cast<double>(small.width) * small.height;
  const double covered = quad_area(*quad);
  if (covered < least_area * picture || covered > most_area * picture ||
      largest->pixels < 0.8 * covered || largest->pixels > 1.06 * covered)
    return std::nullopt;
  Quad out = *quad;
  for (Point& p : out) p = {(p.x + 0.5) * factor - 0.5, (p.y + 0.5) * factor - 0.5};
  return out;
}

}  // namespace dengji
