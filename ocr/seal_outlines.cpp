#include "ocr/seal_outlines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
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
  if (!best) return std::nullopt;
  best = polished(points, polished(points, *best, 1.5 * reach), reach);
  const bool possible = 2 * best->r >= sizes.least && 2 * best->r <= sizes.most;
  return possible ? best : std::nullopt;
}

// The ellipse that most of the points lie on, found as the circle is.
std::optional<Outline> best_ellipse(const std::vector<Point>& points, const SealSizes& sizes) {
  constexpr int trials = 600;  // of five points, a third of them on the ellipse: three hit it
  constexpr double reach = 2, longest = 2;
  if (points.size() < 24) return std::nullopt;
  const auto possible = [&](const std::optional<Outline>& o) {
    return o && 2 * o->rx >= sizes.least && 2 * o->rx <= sizes.most && o->rx <= longest * o->ry;
  };
  std::mt19937 random(20180813);
  std::uniform_int_distribution<std::size_t> any(0, points.size() - 1);
  std::vector<Point> five(5);
  std::optional<Outline> best;
  std::ptrdiff_t most = 0;
  for (int t = 0; t < trials; ++t) {
    for (Point& p : five) p = points[any(random)];
    const auto ellipse = ellipse_through(five);
    if (!possible(ellipse)) continue;
    const DistanceFrom distance(*ellipse);
    const auto n =
        std::count_if(points.begin(), points.end(), [&](Point p) { return distance(p) <= reach; });
    if (n > most) most = n, best = ellipse;
  }
  if (!best) return best;
  std::vector<Point> on;
  std::copy_if(points.begin(), points.end(), std::back_inserter(on),
               [distance = DistanceFrom(*best)](Point p) { return distance(p) <= reach; });
  best = ellipse_through(on);
  return possible(best) ? best : std::nullopt;
}

// Where the ink of a part lies across a direction, pixels by pixels.
struct Shadow {
  double from = 0;
  std::vector<int> counts;
};

Shadow shadow_of(const std::vector<Point>& points, Point along) {
  double least = 1e9, most = -1e9;
  for (const Point& p : points) {
    const double at = p.x * along.x + p.y * along.y;
    least = std::min(least, at), most = std::max(most, at);
  }
  Shadow shadow{std::floor(least), {}};
  shadow.counts.resize(static_cast<std::size_t>(most - shadow.from) + 2);
  for (const Point& p : points)
    ++shadow.counts[static_cast<std::size_t>(p.x * along.x + p.y * along.y - shadow.from)];
  return shadow;
}

// A stroke as it lies across the direction.
struct Edge {
  double from = 0, to = 0;
  int ink = 0;  // of its fullest line
};

// The deepest places of a shadow, each the most of its neighbours: where edges may lie.
std::vector<Edge> edges_of(const Shadow& shadow) {
  constexpr std::size_t most = 6;
  constexpr std::ptrdiff_t apart = 4;  // pixels
  const auto& counts = shadow.counts;
  std::vector<Edge> edges;
  const auto n = static_cast<std::ptrdiff_t>(counts.size());
  const auto ink = [&](std::ptrdiff_t i) { return counts[static_cast<std::size_t>(i)]; };
  for (std::ptrdiff_t i = 0; i < n; ++i) {
    const auto low = std::max<std::ptrdiff_t>(0, i - apart), high = std::min(n, i + apart + 1);
    if (std::max_element(counts.begin() + low, counts.begin() + high) != counts.begin() + i)
      continue;
    auto from = i, to = i + 1;
    while (from > low && 3 * ink(from - 1) > 2 * ink(i)) --from;
    while (to < high && 3 * ink(to) > 2 * ink(i)) ++to;
    edges.push_back(
        {shadow.from + static_cast<double>(from), shadow.from + static_cast<double>(to), ink(i)});
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.ink > b.ink; });
  edges.resize(std::min(edges.size(), most));
  return edges;
}

// A frame that other red things touch, so that neither its part's hull nor its rim is one: two
// pairs of edges at right angles, each about as deep as it is long.
std::optional<Outline> best_frame(const std::vector<Point>& points, const SealSizes& sizes) {
  constexpr double degree = pi / 180, least_depth = 0.6, longest = 1.7;
  std::optional<Outline> best;
  double most = 0;
  for (int turn = 0; turn < 90; turn += 2) {
    const Point u{std::cos(turn * degree), std::sin(turn * degree)}, v{-u.y, u.x};
    const auto across = edges_of(shadow_of(points, u)), down = edges_of(shadow_of(points, v));
    for (const Edge& left : across)
      for (const Edge& right : across)
        for (const Edge& top : down)
          for (const Edge& bottom : down) {
            const double w = right.to - left.from, h = bottom.to - top.from;
            if (std::min(w, h) < sizes.least || std::max(w, h) > sizes.most ||
                std::max(w, h) > longest * std::min(w, h))
              continue;
            const double depth =
                std::min(std::min(left.ink, right.ink) / h, std::min(top.ink, bottom.ink) / w);
            const double ink = std::min(1.0, depth) * (w + h);
            if (depth < least_depth || ink <= most) continue;
            most = ink;
            const double x = (left.from + right.to) / 2, y = (top.from + bottom.to) / 2;
            best = {OutlineKind::rectangle,
                    {x * u.x + y * v.x, x * u.y + y * v.y},
                    std::max(w, h) / 2,
                    std::min(w, h) / 2,
                    (turn + (w >= h ? 0 : 90)) * degree};
          }
  }
  return best;
}

// Whether lines go on beyond its corners, as those of a table's cell do.
bool runs_on(const Outline& o, const GreyImage& mask) {
  const Point u{std::cos(o.angle), std::sin(o.angle)}, v{-u.y, u.x};
  int on = 0;
  for (const double i : {-1.0, 1.0})
    for (const double j : {-1.0, 1.0})
      for (const bool across : {true, false}) {
        bool inked = false;
        for (const double beyond : {0.12, 0.18, 0.24})
          for (const double beside : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
            const double far = beyond * o.ry;
            const double x = i * o.rx + (across ? i * far : beside);
            const double y = j * o.ry + (across ? beside : j * far);
            const auto px = std::lround(o.centre.x + x * u.x + y * v.x);
            const auto py = std::lround(o.centre.y + x * u.y + y * v.y);
            inked = inked || (px >= 0 && py >= 0 && px < mask.width && py < mask.height &&
                              mask.at(static_cast<int>(px), static_cast<int>(py)) != 0);
          }
        on += inked;
      }
  return on > 3;
}

// A part's pixels; of one that has more of them than a frame has, the upper ones.
std::vector<Point> ink_of(const GreyImage& mask, const Components& all, int label, const Box& box) {
  constexpr std::size_t most = 20'000;
  std::vector<Point> points;
  for (int y = box.y; y < box.y + box.h; ++y)
    for (int x = box.x; x < box.x + box.w && points.size() < most; ++x)
      if (mask.at(x, y) != 0 &&
          all.labels[static_cast<std::size_t>(y) * static_cast<std::size_t>(mask.width) +
                     static_cast<std::size_t>(x)] == label)
        points.push_back({double(x), double(y)});
  return points;
}

struct Parts {
  GreyImage mask;
  Components all;
};

Parts parts_of(const GreyImage& ink, int level, int bridge) {
  Parts parts{GreyImage(ink.width, ink.height), {}};
  for (std::size_t i = 0; i < ink.pixels.size(); ++i)
    parts.mask.pixels[i] = ink.pixels[i] >= level ? 255 : 0;
  parts.all = components(spread(parts.mask, bridge));
  return parts;
}

bool may_be_seal(const Component& part, const SealSizes& sizes) {
  const double longer = std::max(part.box.w, part.box.h);
  return longer >= sizes.least && part.pixels >= longer * 2;
}

}  // namespace

std::vector<Outline> guess_outlines(const GreyImage& ink, int level, int bridge,
                                    const SealSizes& sizes) {
  std::vector<Outline> out;
  const auto [mask, all] = parts_of(ink, level, bridge);
  for (std::size_t i = 0; i < all.parts.size() && out.size() + 3 <= limits::seal_guesses; ++i) {
    if (!may_be_seal(all.parts[i], sizes)) continue;
    std::vector<Point> rim = rim_of(mask, all, static_cast<int>(i) + 1, all.parts[i].box);
    if (const auto circle = best_circle(rim, sizes))
      out.push_back({OutlineKind::ellipse, {circle->x, circle->y}, circle->r, circle->r, 0});
    const std::vector<Point> hull = convex_hull(std::move(rim));
    for (const Outline& o : {ellipse_of(hull), rectangle_round(hull)})
      if (2 * o.ry >= sizes.least / 2 && 2 * o.rx >= sizes.least && 2 * o.rx <= sizes.most)
        out.push_back(o);
  }
  return out;
}

std::vector<Outline> guess_touched(const GreyImage& ink, int level, const SealSizes& sizes) {
  constexpr int bridge = 2;
  std::vector<Outline> out;
  const auto [mask, all] = parts_of(ink, level, bridge);
  for (std::size_t i = 0; i < all.parts.size() && out.size() + 2 <= limits::seal_guesses; ++i) {
    if (!may_be_seal(all.parts[i], sizes)) continue;
    const auto points = ink_of(mask, all, static_cast<int>(i) + 1, all.parts[i].box);
    if (const auto frame = best_frame(points, sizes); frame && !runs_on(*frame, mask))
      out.push_back(*frame);
    const auto rim = rim_of(mask, all, static_cast<int>(i) + 1, all.parts[i].box);
    if (const auto ellipse = best_ellipse(rim, sizes)) out.push_back(*ellipse);
  }
  return out;
}

}  // namespace dengji
