#include "ocr/seal_strip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "ocr/percentile.hpp"

namespace dengji {
namespace {

constexpr double turn = 2 * std::numbers::pi;
constexpr int angles = 720;  // samples round the seal
constexpr int radii = 64;    // samples from centre to edge

// Part of the band that is looked at. Where the name leaves room, a registration number stands near
// the ring and a line such as 业务专用章 reaches into the band from within, so that the gap shows
// in the inner half of the band, or in its middle.
struct Way {
  double low, high;
};
constexpr std::array ways = {Way{0.05, 0.65}, Way{0.35, 0.75}};

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

}  // namespace

std::optional<SealBand> SealInk::band(std::size_t count) const {
  if (ink_.empty()) return {};
  std::vector<double> mean(radii + 4);
  for (std::size_t r = 0; r < mean.size(); ++r)
    for (int a = 0; a < angles; a += 4)
      mean[r] += ink(a * turn / angles, (static_cast<double>(r) + 0.5) / radii) * 4 / angles;
  const auto radial = fit_band(mean);
  const double thick = radial.outer - radial.inner;
  const double square = thick / ((radial.outer + radial.inner) / 2);
  std::vector<std::vector<double>> profiles;
  for (const auto& way : ways)
    profiles.push_back(
        round_about(radial.inner + way.low * thick, radial.inner + way.high * thick));
  const auto arc = seal_arc(profiles, square, count);
  if (!arc) return std::nullopt;
  return SealBand{radial.inner, radial.outer, *arc};
}

namespace {

// What a character's ink reaches down from: its paper and its darkest strokes.
struct Tones {
  double dark = 0, light = 255;
};

Tones tones_of(const GreyImage& line, int left, int width) {
  std::vector<double> values;
  for (int y = 0; y < line.height; ++y)
    values.insert(values.end(), line.row(y) + left, line.row(y) + left + width);
  return {percentile(values, 0.04), percentile(values, 0.6)};
}

// The characters are fainter than ring and star, and a worn one than the others: each has its own
// range, but no more than so much wider than the line's, or dirt would become a character.
void stretch_cells(GreyImage& line, int first, int width, int count) {
  constexpr double least = 24, most_gain = 2.5;
  const auto whole = tones_of(line, 0, line.width);
  const double usual = std::max(least, whole.light - whole.dark);
  for (int i = 0; i < count; ++i) {
    const int left = first + i * width;
    const auto own = tones_of(line, left, width);
    const double range = std::max(own.light - own.dark, std::max(least, usual / most_gain));
    for (int y = 0; y < line.height; ++y)
      for (int x = left; x < left + width; ++x) {
        auto& pixel = line.row(y)[x];
        pixel = static_cast<std::uint8_t>(
            std::clamp(255 - (own.light - pixel) * 255 / range, 0.0, 255.0));
      }
  }
}

}  // namespace

GreyImage SealInk::line(const SealBand& band, int height, double reach) const {
  const auto count = static_cast<int>(band.arc.count);
  if (count == 0) return {};
  const double middle = (band.inner + band.outer) / 2, thick = (band.outer - band.inner) * reach;
  const double widest = std::max(band.arc.width, 1.1 * thick / middle);
  const double wide = std::clamp(0.98 * band.arc.pitch(), band.arc.width, widest);
  const int cell_height = height * 10 / 13, top = (height - cell_height) / 2;
  const int cell_width = std::max(4, static_cast<int>(cell_height * wide * middle / thick));
  const int space = std::max(1, cell_height / 16), margin = line_margin(height);
  GreyImage line(count * (cell_width + space) + 2 * margin, height, 255);
  for (int i = 0; i < count; ++i) {
    const double angle = band.arc.middle(static_cast<std::size_t>(i));
    const int left = margin + i * (cell_width + space);
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
  stretch_cells(line, margin, cell_width + space, count);
  return line;
}

}  // namespace dengji
