#include "ocr/seal_outlines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <random>

#include "ocr/components.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr double pi = std::numbers::pi;

// Ink spread by `reach` in both directions, a square at a time.
GreyImage spread(const GreyImage& mask, int reach) {
  GreyImage across(mask.width, mask.height), out(mask.width, mask.height);
  for (int y = 0; y < mask.height; ++y) {
    const std::uint8_t* row = mask.row(y);
    int until = -1;
    for (int x = -reach; x < mask.width; ++x) {
      if (x + reach < mask.width && row[x + reach]) until = x + 2 * reach;
      if (x >= 0 && x <= until) across.row(y)[x] = 255;
    }
  }
  std::vector<int> until(static_cast<std::size_t>(mask.width), -1);
  for (int y = -reach; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x) {
      int& u = until[static_cast<std::size_t>(x)];
      if (y + reach < mask.height && across.at(x, y + reach)) u = y + 2 * reach;
      if (y >= 0 && y <= u) out.row(y)[x] = 255;
    }
  return out;
}

// The points of each part of `labels` that bear ink in `mask`, outermost of their row or column.
std::vector<Point> rim_of(const GreyImage& mask, const Components& all, int label, const Box& box) {
  std::vector<Point> rim;
  const auto on = [&](int x, int y) {
    return mask.at(x, y) != 0 &&
           all.labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) +
                      static_cast<std::size_t>(x)] == label;
  };
  for (int y = box.y; y < box.y + box.h; ++y) {
    int first = -1, last = -1;
    for (int x = box.x; x < box.x + box.w; ++x)
      if (on(x, y)) last = x, first = first < 0 ? x : first;
    if (first >= 0)
      rim.push_back({double(first), double(y)}), rim.push_back({double(last), double(y)});
  }
  for (int x = box.x; x < box.x + box.w; ++x) {
    int first = -1, last = -1;
    for (int y = box.y; y < box.y + box.h; ++y)
      if (on(x, y)) last = y, first = first < 0 ? y : first;
    if (first >= 0)
      rim.push_back({double(x), double(first)}), rim.push_back({double(x), double(last)});
  }
  return rim;
}

struct Circle {
  double x = 0, y = 0, r = 0;
};

std::optional<Circle> through(Point a, Point b, Point c) {
  const double d = 2 * (a.x * (b.y - c.y) + b.x * (c.y - a.y) + c.x * (a.y - b.y));
  if (std::abs(d) < 1e-6) return std::nullopt;
  const double aa = a.x * a.x + a.y * a.y, bb = b.x * b.x + b.y * b.y, cc = c.x * c.x + c.y * c.y;
  const double x = (aa * (b.y - c.y) + bb * (c.y - a.y) + cc * (a.y - b.y)) / d;
  const double y = (aa * (c.x - b.x) + bb * (a.x - c.x) + cc * (b.x - a.x)) / d;
  return Circle{x, y, std::hypot(a.x - x, a.y - y)};
}

// Least squares (Kasa) over the points within `reach` of a circle.
Circle polished(const std::vector<Point>& points, Circle circle, double reach) {
  double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0, sxz = 0, syz = 0, sz = 0;
  for (const Point& p : points) {
    const double x = p.x - circle.x, y = p.y - circle.y;
    if (std::abs(std::hypot(x, y) - circle.r) > reach) continue;
    const double z = x * x + y * y;
    ++n, sx += x, sy += y, sz += z, sxx += x * x, syy += y * y, sxy += x * y, sxz += x * z,
        syz += y * z;
  }
  if (n < 8) return circle;
  const double cxx = sxx - sx * sx / n, cyy = syy - sy * sy / n, cxy = sxy - sx * sy / n;
  const double cxz = (sxz - sx * sz / n) / 2, cyz = (syz - sy * sz / n) / 2;
  const double det = cxx * cyy - cxy * cxy;
  if (std::abs(det) < 1e-6) return circle;
  const double x = (cxz * cyy - cyz * cxy) / det, y = (cyz * cxx - cxz * cxy) / det;
  const double r2 = sz / n - 2 * (x * sx + y * sy) / n + x * x + y * y;
  return r2 > 0 ? Circle{circle.x + x, circle.y + y, std::sqrt(r2)} : circle;
}

// The circle that most of the points lie on (RANSAC; seeded, so that the same page gives the same
// seals).
std::optional<Circle> best_circle(const std::vector<Point>& points, const SealSizes& sizes) {
  constexpr int trials = 300;
  constexpr double reach = 2;
  if (points.size() < 24) return std::nullopt;
  std::mt19937 random(20180813);
  std::uniform_int_distribution<std::size_t> any(0, points.size() - 1);
  std::optional<Circle> best;
  int most = 0;
  for (int t = 0; t < trials; ++t) {
    const auto circle = through(points[any(random)], points[any(random)], points[any(random)]);
    if (!circle || 2 * circle->r < sizes.least || 2 * circle->r > sizes.most) continue;
    int n = 0;
    const double inner = std::max(0.0, circle->r - reach), outer = circle->r + reach;
    for (const Point& p : points) {
      const double dx = p.x - circle->x, dy = p.y - circle->y, d = dx * dx + dy * dy;
      n += d >= inner * inner && d <= outer * outer;
    }
    if (n > most) most = n, best = circle;
  }
  if (best) best = polished(points, polished(points, *best, 1.5 * reach), reach);
  return best;
}

}  // namespace

std::vector<Outline> guess_outlines(const GreyImage& ink, int level, int bridge,
                                    const SealSizes& sizes) {
  std::vector<Outline> out;
  GreyImage mask(ink.width, ink.height);
  for (std::size_t i = 0; i < mask.pixels.size(); ++i)
    mask.pixels[i] = ink.pixels[i] >= level ? 255 : 0;
  const Components all = components(spread(mask, bridge));
  for (std::size_t i = 0; i < all.parts.size() && out.size() + 3 <= limits::seal_guesses; ++i) {
    const Box& box = all.parts[i].box;
    const double longer = std::max(box.w, box.h);
    if (longer < sizes.least || all.parts[i].pixels < longer * 2) continue;
    std::vector<Point> rim = rim_of(mask, all, static_cast<int>(i) + 1, box);
    if (const auto circle = best_circle(rim, sizes))
      out.push_back({OutlineKind::ellipse, {circle->x, circle->y}, circle->r, circle->r, 0});
    const std::vector<Point> hull = convex_hull(std::move(rim));
    for (const Outline& o : {ellipse_of(hull), rectangle_round(hull)})
      if (2 * o.ry >= sizes.least / 2 && 2 * o.rx >= sizes.least && 2 * o.rx <= sizes.most)
        out.push_back(o);
  }
  return out;
}

}  // namespace dengji
