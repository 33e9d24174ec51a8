#include "ocr/outline.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "ocr/solve.hpp"

namespace dengji {
namespace {

constexpr double pi = std::numbers::pi;

Point turned(Point p, double angle) {
  const double c = std::cos(angle), s = std::sin(angle);
  return {c * p.x - s * p.y, s * p.x + c * p.y};
}

OutlinePoint placed(const Outline& o, Point local, Point normal) {
  const Point at = turned(local, o.angle);
  return {{o.centre.x + at.x, o.centre.y + at.y}, turned(normal, o.angle)};
}

OutlinePoint on_ellipse(const Outline& o, double t) {
  const double c = std::cos(t), s = std::sin(t);
  const double length = std::hypot(c / o.rx, s / o.ry);
  return placed(o, {o.rx * c, o.ry * s}, {c / o.rx / length, s / o.ry / length});
}

// `t` of the way round, 0..1, from the top left corner; corners themselves are left out by a
// twentieth, since seals round them off.
OutlinePoint on_rectangle(const Outline& o, double t) {
  const double around = 4 * (o.rx + o.ry);
  double d = t * around;
  const auto along = [](double part) { return 0.9 * (2 * part - 1); };
  if (d < 2 * o.rx) return placed(o, {o.rx * along(d / (2 * o.rx)), -o.ry}, {0, -1});
  d -= 2 * o.rx;
  if (d < 2 * o.ry) return placed(o, {o.rx, o.ry * along(d / (2 * o.ry))}, {1, 0});
  d -= 2 * o.ry;
  if (d < 2 * o.rx) return placed(o, {-o.rx * along(d / (2 * o.rx)), o.ry}, {0, 1});
  d -= 2 * o.rx;
  return placed(o, {-o.rx, -o.ry * along(std::min(1.0, d / (2 * o.ry)))}, {-1, 0});
}

// inside() for many points of one outline.
class Within {
 public:
  explicit Within(const Outline& o) : o_(o), c_(std::cos(-o.angle)), s_(std::sin(-o.angle)) {}
  bool operator()(Point p) const {
    const double dx = p.x - o_.centre.x, dy = p.y - o_.centre.y;
    const double x = c_ * dx - s_ * dy, y = s_ * dx + c_ * dy;
    if (o_.kind == OutlineKind::rectangle) return std::abs(x) <= o_.rx && std::abs(y) <= o_.ry;
    const double u = x / o_.rx, v = y / o_.ry;
    return u * u + v * v <= 1;
  }

 private:
  const Outline& o_;
  double c_, s_;
};

bool on_picture(const GreyImage& image, Point p) {
  return p.x >= 0 && p.y >= 0 && p.x <= image.width - 1 && p.y <= image.height - 1;
}

// The most ink between two distances from the outline; -1 where the picture ends before.
int most_ink(const GreyImage& ink, const OutlinePoint& p, double from, double to) {
  int most = -1;
  for (double d = from; d <= to + 1e-9; d += 0.7) {
    const Point q{p.at.x + d * p.outward.x, p.at.y + d * p.outward.y};
    if (on_picture(ink, q))
      most = std::max<int>(
          most, ink.at(static_cast<int>(std::lround(q.x)), static_cast<int>(std::lround(q.y))));
  }
  return most;
}

double fill_of(const Outline& o, const GreyImage& ink, int level) {
  const Box box = intersection(box_round(o), {0, 0, ink.width, ink.height});
  const Within within(o);
  int all = 0, inked = 0;
  for (int y = box.y; y < box.y + box.h; ++y)
    for (int x = box.x; x < box.x + box.w; ++x)
      if (within({double(x), double(y)})) ++all, inked += ink.at(x, y) >= level;
  return all > 0 ? static_cast<double>(inked) / all : 0;
}

double cross(Point o, Point a, Point b) {
  return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
}

}  // namespace

std::vector<OutlinePoint> points_on(const Outline& o, int n) {
  std::vector<OutlinePoint> points;
  if (!(o.rx > 0 && o.ry > 0)) return points;
  points.reserve(static_cast<std::size_t>(n));
  for (int i = 0; i < n; ++i) {
    const double t = (i + 0.5) / n;
    points.push_back(o.kind == OutlineKind::ellipse ? on_ellipse(o, 2 * pi * t)
                                                    : on_rectangle(o, t));
  }
  return points;
}

Box box_round(const Outline& o) {
  const double c = std::abs(std::cos(o.angle)), s = std::abs(std::sin(o.angle));
  const bool round = o.kind == OutlineKind::ellipse;
  const double hx = round ? std::hypot(o.rx * c, o.ry * s) : o.rx * c + o.ry * s;
  const double hy = round ? std::hypot(o.rx * s, o.ry * c) : o.rx * s + o.ry * c;
  const int x0 = static_cast<int>(std::floor(o.centre.x - hx)),
            y0 = static_cast<int>(std::floor(o.centre.y - hy));
  return {x0, y0, static_cast<int>(std::ceil(o.centre.x + hx)) - x0 + 1,
          static_cast<int>(std::ceil(o.centre.y + hy)) - y0 + 1};
}

bool inside(const Outline& o, Point p) { return Within(o)(p); }

OutlineFit measure(const Outline& outline, const GreyImage& ink, int level, double reach) {
  constexpr int samples = 180;
  OutlineFit fit;
  int seen = 0, covered = 0, dirty = 0;
  double strength = 0;
  for (const OutlinePoint& p : points_on(outline, samples)) {
    const int here = on_picture(ink, p.at) ? most_ink(ink, p, -reach, reach) : -1;
    if (here < 0) continue;
    ++seen;
    if (here >= level) ++covered, strength += here;
    dirty += most_ink(ink, p, reach + 1, 4 * reach) >= level;
  }
  if (seen == 0) return fit;
  fit.coverage = static_cast<double>(covered) / seen;
  fit.outside = static_cast<double>(dirty) / seen;
  fit.visible = static_cast<double>(seen) / samples;
  fit.strength = covered > 0 ? strength / covered / 255 : 0;
  fit.fill = fill_of(outline, ink, level);
  return fit;
}

std::vector<Point> convex_hull(std::vector<Point> points) {
  std::sort(points.begin(), points.end(),
            [](Point a, Point b) { return a.x != b.x ? a.x < b.x : a.y < b.y; });
  if (points.size() < 3) return points;
  std::vector<Point> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t floor = hull.size() + 1;
    for (const Point& p : points) {
      while (hull.size() > floor && cross(hull[hull.size() - 2], hull.back(), p) <= 0)
        hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();  // the other pass begins with it
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

std::optional<Outline> ellipse_through(const std::vector<Point>& points) {
  if (points.size() < 5) return std::nullopt;
  Point middle;
  for (const Point& p : points) middle.x += p.x, middle.y += p.y;
  const auto n = static_cast<double>(points.size());
  middle = {middle.x / n, middle.y / n};
  double unit = 0;
  for (const Point& p : points) unit = std::max(unit, std::hypot(p.x - middle.x, p.y - middle.y));
  std::array<std::array<double, 6>, 5> sums{};
  for (const Point& p : points) {
    const double x = (p.x - middle.x) / unit, y = (p.y - middle.y) / unit;
    const std::array<double, 6> terms{x * x, x * y, y * y, x, y, 1};
    for (std::size_t i = 0; i < 5; ++i)
      for (std::size_t j = 0; j < 6; ++j) sums[i][j] += terms[i] * terms[j];
  }
  std::array<double, 5> conic{};  // a xx + b xy + c yy + d x + e y = 1
  if (!solve(sums, conic)) return std::nullopt;
  const auto [a, b, c, d, e] = conic;
  const double det = 4 * a * c - b * b;
  if (!(det > 0)) return std::nullopt;
  const double x = (b * e - 2 * c * d) / det, y = (b * d - 2 * a * e) / det;
  const double level = 1 - (d * x + e * y) / 2;  // of the form about its centre
  const double mean = (a + c) / 2, swing = std::hypot((a - c) / 2, b / 2);
  if (!(level / (mean + swing) > 0 && level / (mean - swing) > 0)) return std::nullopt;
  const double one = unit * std::sqrt(level / (mean + swing));
  const double other = unit * std::sqrt(level / (mean - swing));
  const double steepest = 0.5 * std::atan2(b, a - c);  // where `one` lies
  return Outline{OutlineKind::ellipse,
                 {middle.x + unit * x, middle.y + unit * y},
                 std::max(one, other),
                 std::min(one, other),
                 one >= other ? steepest : steepest + pi / 2};
}

DistanceFrom::DistanceFrom(const Outline& o)
    : centre_(o.centre),
      along_{std::cos(o.angle), std::sin(o.angle)},
      xx_(1 / (o.rx * o.rx)),
      yy_(1 / (o.ry * o.ry)) {}

double DistanceFrom::operator()(Point p) const {
  const double dx = p.x - centre_.x, dy = p.y - centre_.y;
  const double x = along_.x * dx + along_.y * dy, y = along_.x * dy - along_.y * dx;
  const double steep = 2 * std::sqrt(x * x * xx_ * xx_ + y * y * yy_ * yy_);
  return std::abs(x * x * xx_ + y * y * yy_ - 1) / steep;
}

Outline ellipse_of(const std::vector<Point>& hull) {
  Outline o;
  if (hull.size() < 3) return o;
  const Point origin = hull[0];  // near the points, for precision
  double a = 0, mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Point p{hull[i].x - origin.x, hull[i].y - origin.y};
    const Point& next = hull[(i + 1) % hull.size()];
    const Point q{next.x - origin.x, next.y - origin.y};
    const double w = p.x * q.y - q.x * p.y;
    a += w / 2;
    mx += w * (p.x + q.x) / 6, my += w * (p.y + q.y) / 6;
    xx += w * (p.x * p.x + p.x * q.x + q.x * q.x) / 12,
        yy += w * (p.y * p.y + p.y * q.y + q.y * q.y) / 12;
    xy += w * (p.x * q.y + 2 * p.x * p.y + 2 * q.x * q.y + q.x * p.y) / 24;
  }
  if (std::abs(a) < 1e-9) return o;
  mx /= a, my /= a;
  xx = xx / a - mx * mx, yy = yy / a - my * my, xy = xy / a - mx * my;
  const double middle = (xx + yy) / 2, spread = std::hypot((xx - yy) / 2, xy);
  o.centre = {mx + origin.x, my + origin.y};
  o.rx = 2 * std::sqrt(std::max(0.0, middle + spread));
  o.ry = 2 * std::sqrt(std::max(0.0, middle - spread));
  o.angle = 0.5 * std::atan2(2 * xy, xx - yy);
  return o;
}

Outline rectangle_round(const std::vector<Point>& hull) {
  Outline best;
  best.kind = OutlineKind::rectangle;
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = 0; hull.size() >= 3 && i < hull.size(); ++i) {
    const Point a = hull[i], b = hull[(i + 1) % hull.size()];
    const double angle = std::atan2(b.y - a.y, b.x - a.x);
    double x0 = 1e9, x1 = -1e9, y0 = 1e9, y1 = -1e9;
    for (const Point& p : hull) {
      const Point q = turned(p, -angle);
      x0 = std::min(x0, q.x), x1 = std::max(x1, q.x);
      y0 = std::min(y0, q.y), y1 = std::max(y1, q.y);
    }
    if ((x1 - x0) * (y1 - y0) >= least) continue;
    least = (x1 - x0) * (y1 - y0);
    best.centre = turned({(x0 + x1) / 2, (y0 + y1) / 2}, angle);
    best.rx = (x1 - x0) / 2, best.ry = (y1 - y0) / 2, best.angle = angle;
  }
  if (best.rx < best.ry) {
    std::swap(best.rx, best.ry);
    best.angle += pi / 2;
  }
  return best;
}

}  // namespace dengji
