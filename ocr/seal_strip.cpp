#include "ocr/seal_strip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace dengji {
namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr int angles = 720;  // samples round the seal
constexpr int radii = 64;    // samples from centre to edge

// Where the name leaves room, a registration number stands near the ring and a line such as
// 业务专用章 reaches into the band from within, so that the gap shows in the inner half of the
// band, or in its middle. A thin character such as 广 may look like a gap itself.
struct Way {
  double low, high;  // part of the band that is looked at
  int gap;           // degrees: what is wider ends the name
};
constexpr std::array ways = {Way{0.05, 0.65, 13}, Way{0.35, 0.75, 13}, Way{0.05, 0.65, 40}};

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

// The paper's own tint to 0, the seal's full ink to 255, however faint it was stamped.
void stretch(GreyImage& ink) {
  const std::vector<double> values(ink.pixels.begin(), ink.pixels.end());
  const double paper = percentile(values, 0.35), full = percentile(values, 0.97);
  const double range = std::max(8.0, full - paper);
  for (auto& pixel : ink.pixels)
    pixel = static_cast<std::uint8_t>(std::clamp((pixel - paper) * 255 / range, 0.0, 255.0));
}

}  // namespace

SealInk::SealInk(GreyImage ink, Point centre, double rx, double ry, double angle, Shape shape)
    : ink_(std::move(ink)), centre_(centre) {
  if (shape == Shape::oval && ry > 0) step_round(rx, ry, angle);
  const double c = std::cos(angle), s = std::sin(angle);
  xx_ = rx * c * c + ry * s * s;
  xy_ = (rx - ry) * c * s;
  yy_ = rx * s * s + ry * c * c;
  if (!ink_.empty()) stretch(ink_);
}

// A curve at distance d within an ellipse is 2 pi d shorter than it: as within a circle of the same
// circumference. So the ellipse is walked at even steps of the curve that its characters stand on.
void SealInk::step_round(double rx, double ry, double angle) {
  constexpr int fine = 8 * angles;
  constexpr double text_line = 0.25;  // of the radius, within the edge
  const double up = std::cos(angle) < 0 ? -1 : 1;
  const Point u{up * std::cos(angle), up * std::sin(angle)}, v{-u.y, u.x};
  const double squashed = (rx - ry) * (rx - ry) / ((rx + ry) * (rx + ry));  // Ramanujan's
  const double radius = (rx + ry) / 2 * (1 + 3 * squashed / (10 + std::sqrt(4 - 3 * squashed)));
  std::vector<Step> walked(fine + 1);
  std::vector<double> length(fine + 1);
  for (std::size_t i = 0; i < walked.size(); ++i) {
    const double t = turn * static_cast<double>(i) / fine, s = std::sin(t), c = std::cos(t);
    const double far = std::hypot(s / rx, c / ry);
    const Point out{s / rx / far, -c / ry / far};
    walked[i].edge = {centre_.x + u.x * rx * s - v.x * ry * c,
                      centre_.y + u.y * rx * s - v.y * ry * c};
    walked[i].inward = {-radius * (u.x * out.x + v.x * out.y),
                        -radius * (u.y * out.x + v.y * out.y)};
    if (i == 0) continue;
    const auto on_line = [&](const Step& step) {
      return Point{step.edge.x + text_line * step.inward.x,
                   step.edge.y + text_line * step.inward.y};
    };
    const Point a = on_line(walked[i - 1]), b = on_line(walked[i]);
    length[i] = length[i - 1] + std::hypot(b.x - a.x, b.y - a.y);
  }
  for (std::size_t k = 0, i = 0; k <= angles; ++k) {
    while (i < fine && length[i] < length[fine] * static_cast<double>(k) / angles) ++i;
    steps_.push_back(walked[i]);
  }
}

Point SealInk::place(double angle, double share) const {
  if (steps_.empty()) {
    const double across = share * std::sin(angle), down = -share * std::cos(angle);
    return {centre_.x + xx_ * across + xy_ * down, centre_.y + xy_ * across + yy_ * down};
  }
  const double turns = angle / turn, at = (turns - std::floor(turns)) * angles;
  const auto k = std::min<std::size_t>(static_cast<std::size_t>(at), angles - 1);
  const double part = at - static_cast<double>(k), depth = 1 - share;
  const Step &a = steps_[k], &b = steps_[k + 1];
  const auto between = [part](double p, double q) { return p * (1 - part) + q * part; };
  return {between(a.edge.x, b.edge.x) + depth * between(a.inward.x, b.inward.x),
          between(a.edge.y, b.edge.y) + depth * between(a.inward.y, b.inward.y)};
}

double SealInk::ink(double angle, double share) const {
  const auto [x, y] = place(angle, share);
  const int left = static_cast<int>(std::floor(x)), top = static_cast<int>(std::floor(y));
  if (left < 0 || top < 0 || left + 1 >= ink_.width || top + 1 >= ink_.height) return 0;
  const double fx = x - left, fy = y - top;
  const double upper = ink_.at(left, top) * (1 - fx) + ink_.at(left + 1, top) * fx;
  const double lower = ink_.at(left, top + 1) * (1 - fx) + ink_.at(left + 1, top + 1) * fx;
  return (upper * (1 - fy) + lower * fy) / 255;
}

// Mean ink of the band at each angle.
std::vector<double> SealInk::round_about(double inner, double outer) const {
  std::vector<double> profile(angles);
  constexpr int steps = 16;
  for (int a = 0; a < angles; ++a)
    for (int s = 0; s < steps; ++s)
      profile[static_cast<std::size_t>(a)] +=
          ink(a * turn / angles, inner + (outer - inner) * (s + 0.5) / steps) / steps;
  return profile;
}

namespace {

struct Radial {
  double inner = 0.6, outer = 0.88;
};

// From the profile of mean ink against radius: inside of the ring's inner edge, across the gap that
// follows it, the band of characters.
Radial fit_band(const std::vector<double>& mean) {
  const auto at = [](double share) { return static_cast<std::size_t>(share * radii); };
  std::size_t ring = at(0.86);
  for (auto i = ring; i < mean.size(); ++i)
    if (mean[i] > mean[ring]) ring = i;
  auto edge = ring;
  while (edge > at(0.8) && mean[edge] > 0.5 * mean[ring]) --edge;
  double most = 0;
  for (auto i = at(0.6); i < edge; ++i) most = std::max(most, mean[i]);
  auto outer = edge;
  for (auto i = edge; i > at(0.75) && mean[i - 1] < mean[outer]; --i) outer = i - 1;
  auto inner = at(0.72);
  while (inner > at(0.45) && mean[inner] > 0.3 * most) --inner;
  return {(static_cast<double>(inner) + 0.5) / radii, (static_cast<double>(outer) + 0.5) / radii};
}

struct Arc {
  int begin = 0, length = 0;
};

// The longest arc of ink that no gap as wide as `gap` breaks.
Arc longest_arc(const std::vector<double>& profile, double threshold, int gap) {
  const auto inked = [&](int a) {
    return profile[static_cast<std::size_t>(a % angles)] >= threshold;
  };
  int first = 0, blank = 0;  // `first`: just behind a gap, so that no arc is cut in two
  while (first < angles && blank < gap) blank = inked(first++) ? 0 : blank + 1;
  Arc longest, arc;
  int last = first - gap - 1;
  for (int a = first; a < first + angles; ++a) {
    if (!inked(a)) continue;
    if (a - last > gap) arc = {a, 0};
    last = a;
    arc.length = a + 1 - arc.begin;
    if (arc.length > longest.length) longest = arc;
  }
  return longest;
}

}  // namespace

std::vector<SealBand> SealInk::bands() const {
  if (ink_.empty()) return {};
  std::vector<double> mean(radii + 4);
  for (std::size_t r = 0; r < mean.size(); ++r)
    for (int a = 0; a < angles; a += 4)
      mean[r] += ink(a * turn / angles, (static_cast<double>(r) + 0.5) / radii) * 4 / angles;
  const auto radial = fit_band(mean);
  const double thick = radial.outer - radial.inner;
  std::vector<SealBand> found;
  for (const auto& way : ways) {
    const auto profile =
        round_about(radial.inner + way.low * thick, radial.inner + way.high * thick);
    const auto arc = longest_arc(profile, 0.25 * percentile(profile, 0.7), way.gap * angles / 360);
    SealBand band{radial.inner, radial.outer, arc.begin * turn / angles, 0};
    band.end = band.begin + arc.length * turn / angles;
    const bool known = std::any_of(found.begin(), found.end(), [&](const SealBand& other) {
      return std::abs(other.end - band.end) < 0.1 && std::abs(other.begin - band.begin) < 0.1;
    });
    if (arc.length > 0 && !known) found.push_back(band);
  }
  return found;
}

namespace {

// The characters are fainter than ring and star; what matters is the line's own range.
void stretch_line(GreyImage& line) {
  const std::vector<double> values(line.pixels.begin(), line.pixels.end());
  const double dark = percentile(values, 0.04), light = percentile(values, 0.6);
  const double range = std::max(24.0, light - dark);
  for (auto& pixel : line.pixels)
    pixel = static_cast<std::uint8_t>(std::clamp((pixel - dark) * 255 / range, 0.0, 255.0));
}

}  // namespace

GreyImage SealInk::line(const SealBand& band, std::size_t count, int height) const {
  if (count == 0) return {};
  const double middle = (band.inner + band.outer) / 2, thick = (band.outer - band.inner) * 1.12;
  const double span = band.end - band.begin;
  const double n = static_cast<double>(count);
  double wide = std::min(span / n, 1.05 * thick / middle);
  const double pitch = count > 1 ? (span - wide) / (n - 1) : span;
  wide = std::min(std::max(wide, 0.98 * pitch), 1.1 * thick / middle);
  const int cell_height = height * 10 / 13, top = (height - cell_height) / 2;
  const int cell_width = std::max(4, static_cast<int>(cell_height * wide * middle / thick));
  const int space = std::max(1, cell_height / 16);
  GreyImage line(static_cast<int>(count) * (cell_width + space) + 2 * height / 2, height, 255);
  for (std::size_t i = 0; i < count; ++i) {
    const double angle = band.begin + wide / 2 + pitch * static_cast<double>(i);
    const int left = height / 2 + static_cast<int>(i) * (cell_width + space);
    for (int y = 0; y < cell_height; ++y)
      for (int x = 0; x < cell_width; ++x) {
        // Upright, not polar: the character was cut straight and set on the tangent.
        const double along = ((x + 0.5) / cell_width - 0.5) * wide * middle;
        const double out = middle + (0.5 - (y + 0.5) / cell_height) * thick;
        const double share = std::hypot(along, out), lean = std::atan2(along, out);
        line.row(top + y)[left + x] =
            static_cast<std::uint8_t>(255 - 255 * ink(angle + lean, share));
      }
  }
  stretch_line(line);
  return line;
}

std::size_t SealInk::likely_count(const SealBand& band) const {
  // Characters of common faces are about as wide as the band is high, and set no closer than 0.8 of
  // that.
  const double middle = (band.inner + band.outer) / 2, thick = band.outer - band.inner;
  const double profile_span = band.end - band.begin;
  const auto profile = round_about(band.inner, band.outer);
  double best = 0;
  std::size_t count = 0;
  for (std::size_t n = 4; n <= 24; ++n) {
    const double pitch = profile_span / static_cast<double>(n);
    if (pitch * middle < 0.5 * thick || pitch * middle > 2.6 * thick) continue;
    double sum_cos = 0, sum_sin = 0, sum = 0;
    for (int a = 0; a < angles; ++a) {
      double angle = a * turn / angles;
      while (angle < band.begin) angle += turn;
      if (angle > band.end) continue;
      const double value = profile[static_cast<std::size_t>(a)];
      sum_cos += value * std::cos((angle - band.begin) / pitch * turn);
      sum_sin += value * std::sin((angle - band.begin) / pitch * turn);
      sum += value;
    }
    const double strength = sum > 0 ? std::hypot(sum_cos, sum_sin) / sum : 0;
    if (strength > best) {
      best = strength;
      count = n;
    }
  }
  return count;
}

}  // namespace dengji
