#include "ocr/sheet_edges.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace dengji {
namespace {

constexpr double pi = std::numbers::pi;
constexpr int side = 320;                              // pixels of the longer side to look at
constexpr double least_area = 0.2, most_area = 0.985;  // of the picture
constexpr double steepest = 28 * pi / 180;             // of a side against the picture's
constexpr double least_support = 0.6;                  // of a side's points that show a step
constexpr std::size_t lines_each_way = 6;

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

GreyImage extreme(const GreyImage& in, int reach, bool brightest, bool across) {
  GreyImage out(in.width, in.height);
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x) {
      int value = in.at(x, y);
      for (int k = -reach; k <= reach; ++k) {
        const int sx = std::clamp(across ? x + k : x, 0, in.width - 1);
        const int sy = std::clamp(across ? y : y + k, 0, in.height - 1);
        const int v = in.at(sx, sy);
        value = brightest ? std::max(value, v) : std::min(value, v);
      }
      out.row(y)[x] = static_cast<std::uint8_t>(value);
    }
  return out;
}

// Print and the desk's dark grain closed over; edges between sheet and desk stay where they are.
GreyImage closed(GreyImage image, int reach) {
  for (const bool brightest : {true, false})
    for (const bool across : {true, false}) image = extreme(image, reach, brightest, across);
  return image;
}

struct Line {
  Point normal;         // a unit vector; of a pair of sides it points down or to the right
  double at = 0;        // normal . p = at
  bool border = false;  // the picture's own edge: the sheet goes on beyond it
};

// Lines along which brightness steps, by a Hough transform in which each pixel votes for its own
// direction.
class Steps {
 public:
  Steps(const GreyImage& image, bool across)
      : across_(across),
        size_(std::max(image.width, image.height)),
        bins_(static_cast<std::size_t>(angles * 3 * size_)) {
    for (int y = 1; y + 1 < image.height; ++y)
      for (int x = 1; x + 1 < image.width; ++x) vote(image, x, y);
  }

  std::vector<Line> strongest(std::size_t most) {
    std::vector<Line> lines;
    while (lines.size() < most) {
      const auto best = std::max_element(bins_.begin(), bins_.end());
      if (*best < size_ / 8) break;
      const int index = static_cast<int>(best - bins_.begin());
      lines.push_back(line(index / (3 * size_), index % (3 * size_) - size_));
      clear_around(index / (3 * size_), index % (3 * size_));
    }
    return lines;
  }

 private:
  static constexpr int angles = 57;  // degrees, from -28 to 28

  Line line(int angle, int at) const {
    const double a = (angle - angles / 2) * pi / 180;
    return across_ ? Line{{-std::sin(a), std::cos(a)}, double(at), false}
                   : Line{{std::cos(a), std::sin(a)}, double(at), false};
  }

  void vote(const GreyImage& image, int x, int y) {
    const double gx = image.at(x + 1, y) - image.at(x - 1, y);
    const double gy = image.at(x, y + 1) - image.at(x, y - 1);
    const double along = across_ ? gy : gx, other = across_ ? -gx : gy;
    if (std::abs(along) < 5 + 0.04 * image.at(x, y) || std::abs(other) > 0.6 * std::abs(along))
      return;
    const int middle = static_cast<int>(std::lround(std::atan2(other, along) * 180 / pi));
    // atan2 of a falling step points the other way round.
    const int folded = middle > 90 ? middle - 180 : middle < -90 ? middle + 180 : middle;
    for (int k = folded - 4; k <= folded + 4; ++k) {
      const int angle = k + angles / 2;
      if (angle < 0 || angle >= angles) continue;
      const Line l = line(angle, 0);
      const int bin = static_cast<int>(std::lround(l.normal.x * x + l.normal.y * y)) + size_;
      if (bin >= 0 && bin < 3 * size_) ++bins_[static_cast<std::size_t>(angle * 3 * size_ + bin)];
    }
  }

  void clear_around(int angle, int bin) {
    for (int a = std::max(0, angle - 6); a <= std::min(angles - 1, angle + 6); ++a)
      for (int b = std::max(0, bin - 6); b <= std::min(3 * size_ - 1, bin + 6); ++b)
        bins_[static_cast<std::size_t>(a * 3 * size_ + b)] = 0;
  }

  bool across_;
  int size_;
  std::vector<int> bins_;
};

std::optional<Point> crossing(const Line& p, const Line& q) {
  const double det = p.normal.x * q.normal.y - q.normal.x * p.normal.y;
  if (std::abs(det) < 0.3) return std::nullopt;
  return Point{(p.at * q.normal.y - q.at * p.normal.y) / det,
               (p.normal.x * q.at - q.normal.x * p.at) / det};
}

int value_at(const GreyImage& image, double x, double y) {
  const int ix = static_cast<int>(std::lround(x)), iy = static_cast<int>(std::lround(y));
  return ix < 0 || iy < 0 || ix >= image.width || iy >= image.height ? -1 : image.at(ix, iy);
}

// The share of a side's points where it is brighter to its right, as one walks from a to b, than to
// its left.
double support(const GreyImage& image, Point a, Point b) {
  constexpr int samples = 50;
  constexpr double reach = 3;
  const double length = std::hypot(b.x - a.x, b.y - a.y);
  const Point inward{-(b.y - a.y) / length, (b.x - a.x) / length};
  int seen = 0, steps = 0;
  for (int i = 0; i < samples; ++i) {
    const double t = 0.04 + 0.92 * i / (samples - 1);
    const double x = a.x + t * (b.x - a.x), y = a.y + t * (b.y - a.y);
    const int in = value_at(image, x + reach * inward.x, y + reach * inward.y);
    const int out = value_at(image, x - reach * inward.x, y - reach * inward.y);
    if (in < 0 || out < 0) continue;
    ++seen;
    steps += in >= out * 1.05 + 4;
  }
  return seen < samples / 2 ? 0 : static_cast<double>(steps) / seen;
}

double quad_area(const Quad& q) {
  double twice = 0;
  for (std::size_t i = 0; i < 4; ++i)
    twice += q[i].x * q[(i + 1) % 4].y - q[(i + 1) % 4].x * q[i].y;
  return std::abs(twice) / 2;
}

using Sides = std::array<Line, 4>;  // top, right, bottom, left

std::optional<Quad> corners(const Sides& s) {
  Quad q;
  for (std::size_t i = 0; i < 4; ++i) {
    const auto p = crossing(s[(i + 3) % 4], s[i]);
    if (!p) return std::nullopt;
    q[i] = *p;
  }
  return q;
}

// How surely four lines bound a sheet: the sum over its sides, 0 if one of them does not.
double score(const GreyImage& image, const Sides& sides) {
  constexpr double beyond = 0.12, border_worth = 0.5;
  const auto quad = corners(sides);
  if (!quad) return 0;
  const double covered = quad_area(*quad), all = static_cast<double>(image.width) * image.height;
  if (covered < least_area * all || covered > most_area * all * (1 + beyond)) return 0;
  double sum = 0;
  int real = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Point a = (*quad)[i], b = (*quad)[(i + 1) % 4];
    if (a.x < -beyond * image.width || a.x > (1 + beyond) * image.width ||
        a.y < -beyond * image.height || a.y > (1 + beyond) * image.height)
      return 0;
    if (std::hypot(b.x - a.x, b.y - a.y) < 40) return 0;
    if (sides[i].border) {
      sum += border_worth;
      continue;
    }
    const double s = support(image, a, b);
    if (s < least_support) return 0;
    sum += s;
    ++real;
  }
  return real >= 2 ? sum : 0;
}

// Lines in pairs, the first one above or left of the second.
std::vector<std::pair<Line, Line>> pairs(std::vector<Line> lines, bool across,
                                         const GreyImage& image) {
  const Point n = across ? Point{0, 1} : Point{1, 0};
  const double mx = image.width / 2.0, my = image.height / 2.0;
  lines.push_back({n, 0, true});
  lines.push_back({n, across ? image.height - 1.0 : image.width - 1.0, true});
  const auto where = [&](const Line& l) {  // where it crosses the picture's middle
    return across ? (l.at - l.normal.x * mx) / l.normal.y : (l.at - l.normal.y * my) / l.normal.x;
  };
  std::vector<std::pair<Line, Line>> out;
  for (const Line& a : lines)
    for (const Line& b : lines)
      if (where(b) - where(a) > 0.3 * (across ? image.height : image.width)) out.emplace_back(a, b);
  return out;
}

// The line moved to where the step is steepest, by least squares over the points that agree.
Line refined(const GreyImage& image, const Line& line, Point a, Point b) {
  std::vector<double> along, off;
  for (int i = 0; i <= 80; ++i) {
    const double t = 0.05 + 0.9 * i / 80;
    const Point p{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    int most = 0;
    double where = 0;
    for (double d = -4; d <= 4; d += 0.5) {
      const int one = value_at(image, p.x + (d + 1) * line.normal.x, p.y + (d + 1) * line.normal.y);
      const int other =
          value_at(image, p.x + (d - 1) * line.normal.x, p.y + (d - 1) * line.normal.y);
      if (one < 0 || other < 0 || std::abs(one - other) <= most) continue;
      most = std::abs(one - other), where = d;
    }
    if (most > 8) along.push_back(t), off.push_back(where);
  }
  double slope = 0, middle = 0;
  for (int pass = 0; pass < 3 && along.size() >= 12; ++pass) {
    double n = 0, st = 0, so = 0, stt = 0, sto = 0;
    for (std::size_t i = 0; i < along.size(); ++i)
      if (pass == 0 || std::abs(off[i] - middle - slope * along[i]) < 1.5)
        ++n, st += along[i], so += off[i], stt += along[i] * along[i], sto += along[i] * off[i];
    const double det = n * stt - st * st;
    if (n < 8 || std::abs(det) < 1e-9) break;
    slope = (n * sto - st * so) / det;
    middle = (so - slope * st) / n;
  }
  const auto moved = [&](Point p, double t) {
    const double d = middle + slope * t;
    return Point{p.x + d * line.normal.x, p.y + d * line.normal.y};
  };
  const Point p = moved(a, 0), q = moved(b, 1);
  const double length = std::hypot(q.x - p.x, q.y - p.y);
  Line out{{-(q.y - p.y) / length, (q.x - p.x) / length}, 0, false};
  out.at = out.normal.x * p.x + out.normal.y * p.y;
  return out;
}

}  // namespace

std::optional<FoundSheet> find_sheet(const ColourImage& page) {
  const int factor = std::max(1, std::max(page.width, page.height) / side);
  const GreyImage small = closed(least_channel(shrunk(page, factor)), 3);
  if (small.width < 60 || small.height < 60) return std::nullopt;
  const auto rows = pairs(Steps(small, true).strongest(lines_each_way), true, small);
  const auto columns = pairs(Steps(small, false).strongest(lines_each_way), false, small);
  Sides best;
  double most = 0;
  for (const auto& [top, bottom] : rows)
    for (const auto& [left, right] : columns) {
      const Sides sides{top, right, bottom, left};
      const double s = score(small, sides);
      if (s > most) most = s, best = sides;
    }
  if (most == 0) return std::nullopt;
  FoundSheet out;
  const Quad rough = *corners(best);
  for (std::size_t i = 0; i < 4; ++i) {
    out.whole = out.whole && !best[i].border;
    if (!best[i].border) best[i] = refined(small, best[i], rough[i], rough[(i + 1) % 4]);
  }
  out.corners = corners(best).value_or(rough);
  for (Point& p : out.corners) p = {(p.x + 0.5) * factor - 0.5, (p.y + 0.5) * factor - 0.5};
  return out;
}

}  // namespace dengji
