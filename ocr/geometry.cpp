#include "ocr/geometry.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/solve.hpp"

namespace dengji {
namespace {

// Coordinates beyond this come from near-degenerate maps; they are cut so that int casts stay
// defined.
constexpr double far = 1e6;

int to_int(double v) { return static_cast<int>(std::lround(std::clamp(v, -far, far))); }

// All four turns in the same direction and none of them nearly straight.
bool convex(const Quad& q) {
  int sign = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = q[i], b = q[(i + 1) % 4], c = q[(i + 2) % 4];
    const double cross = (b.x - a.x) * (c.y - b.y) - (b.y - a.y) * (c.x - b.x);
    const double scale = std::hypot(b.x - a.x, b.y - a.y) * std::hypot(c.x - b.x, c.y - b.y);
    if (std::abs(cross) <= 1e-3 * scale || scale == 0) return false;
    const int s = cross > 0 ? 1 : -1;
    if (sign != 0 && s != sign) return false;
    sign = s;
  }
  return true;
}

}  // namespace

double area(const Box& b) { return static_cast<double>(b.w) * static_cast<double>(b.h); }

Box turned(const Box& box, int quarters, int width, int height) {
  switch (quarters) {
    case 1:
      return {height - box.y - box.h, box.x, box.h, box.w};
    case 2:
      return {width - box.x - box.w, height - box.y - box.h, box.w, box.h};
    case 3:
      return {box.y, width - box.x - box.w, box.h, box.w};
    default:
      return box;
  }
}

Box intersection(const Box& a, const Box& b) {
  const int x = std::max(a.x, b.x), y = std::max(a.y, b.y);
  const int w = std::min(a.x + a.w, b.x + b.w) - x, h = std::min(a.y + a.h, b.y + b.h) - y;
  return w > 0 && h > 0 ? Box{x, y, w, h} : Box{x, y, 0, 0};
}

double overlap(const Box& a, const Box& b) {
  const double both = area(intersection(a, b)), either = area(a) + area(b) - both;
  return either > 0 ? both / either : 0;
}

Box grown(const Box& b, int by, int width, int height) {
  return intersection({b.x - by, b.y - by, b.w + 2 * by, b.h + 2 * by}, {0, 0, width, height});
}

Transform Transform::scaling(double sx, double sy) {
  return Transform({sx, 0, 0, 0, sy, 0, 0, 0, 1});
}

Transform Transform::translation(double dx, double dy) {
  return Transform({1, 0, dx, 0, 1, dy, 0, 0, 1});
}

Transform Transform::rotation(double radians) {
  const double c = std::cos(radians), s = std::sin(radians);
  return Transform({c, -s, 0, s, c, 0, 0, 0, 1});
}

std::optional<Transform> Transform::between(const Quad& from, const Quad& to) {
  if (!convex(from) || !convex(to)) return std::nullopt;
  std::array<std::array<double, 9>, 8> a{};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto [x, y] = from[i];
    const auto [u, v] = to[i];
    a[2 * i] = {x, y, 1, 0, 0, 0, -u * x, -u * y, u};
    a[2 * i + 1] = {0, 0, 0, x, y, 1, -v * x, -v * y, v};
  }
  std::array<double, 8> unknown{};
  if (!solve(a, unknown)) return std::nullopt;
  std::array<double, 9> m{};
  std::copy(unknown.begin(), unknown.end(), m.begin());
  m[8] = 1;
  return Transform(m);
}

Point Transform::operator()(Point p) const {
  const double w = m_[6] * p.x + m_[7] * p.y + m_[8];
  const double d = std::abs(w) < 1e-12 ? 1e-12 : w;
  return {(m_[0] * p.x + m_[1] * p.y + m_[2]) / d, (m_[3] * p.x + m_[4] * p.y + m_[5]) / d};
}

Transform Transform::operator*(const Transform& first) const {
  std::array<double, 9> m{};
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t c = 0; c < 3; ++c)
      for (std::size_t k = 0; k < 3; ++k) m[3 * r + c] += m_[3 * r + k] * first.m_[3 * k + c];
  return Transform(m);
}

Transform Transform::inverse() const {
  const auto& m = m_;
  const double a = m[4] * m[8] - m[5] * m[7], b = m[5] * m[6] - m[3] * m[8],
               c = m[3] * m[7] - m[4] * m[6];
  const double det = m[0] * a + m[1] * b + m[2] * c;
  return Transform({a / det, (m[2] * m[7] - m[1] * m[8]) / det, (m[1] * m[5] - m[2] * m[4]) / det,
                    b / det, (m[0] * m[8] - m[2] * m[6]) / det, (m[2] * m[3] - m[0] * m[5]) / det,
                    c / det, (m[1] * m[6] - m[0] * m[7]) / det, (m[0] * m[4] - m[1] * m[3]) / det});
}

Box image(const Transform& t, const Box& b) {
  const double l = b.x, r = b.x + b.w, top = b.y, bottom = b.y + b.h;
  const std::array<Point, 4> corners{t({l, top}), t({r, top}), t({r, bottom}), t({l, bottom})};
  double x0 = far, y0 = far, x1 = -far, y1 = -far;
  for (const Point& p : corners) {
    x0 = std::min(x0, p.x);
    y0 = std::min(y0, p.y);
    x1 = std::max(x1, p.x);
    y1 = std::max(y1, p.y);
  }
  return {to_int(x0), to_int(y0), to_int(x1) - to_int(x0), to_int(y1) - to_int(y0)};
}

}  // namespace dengji
