#include "ocr/seal_inside.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

#include "ocr/percentile.hpp"
#include "ocr/seal_read.hpp"

namespace dengji {
namespace {

constexpr double pi = std::numbers::pi;
constexpr double least_radius = 60;  // pixels; below, characters of a line have fewer than ten

// A part of a seal, upright: x to the right and y down from its centre, in radii (of an oval, in
// its lesser half axes).
struct Part {
  double x0 = 0, x1 = 0, y0 = 0, y1 = 0;
};

class Frame {
 public:
  static std::optional<Frame> of(const FoundSeal& seal) {
    if (seal.shape == SealShape::square) return std::nullopt;
    if (seal.shape == SealShape::oval) {
      FoundSeal circle = seal;
      circle.rx = circle.ry;
      circle.angle = 0;
      const double up = std::cos(seal.angle) < 0 ? pi : 0;
      return Frame(ink_of(circle), seal.angle + up, seal.ry, seal.rx / seal.ry);
    }
    auto ink = ink_of(seal);
    const auto band = ink.band(0);
    if (!band) return std::nullopt;
    return Frame(std::move(ink), (band->arc.begin + band->arc.end) / 2,
                 std::sqrt(seal.rx * seal.ry), 1);
  }

  double longish() const { return longish_; }
  double pixel() const { return 1 / radius_; }  // of the seal, in radii

  double at(double x, double y) const {
    return ink_.ink(up_ + std::atan2(x, -y), std::hypot(x, y));
  }
  // Clockwise from the top.
  double round_at(double angle, double share) const { return ink_.ink(up_ + angle, share); }

 private:
  Frame(SealInk ink, double up, double radius, double longish)
      : ink_(std::move(ink)), up_(up), radius_(radius), longish_(longish) {}
  SealInk ink_;
  double up_, radius_, longish_;
};

// Ink of a strip, as dark print on white: `at(x, y)` of places 0..1 across and down.
template <class Ink>
GreyImage drawn(int width, int height, Ink at) {
  GreyImage out(width, height);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      out.row(y)[x] = static_cast<std::uint8_t>(
          255 - 255 * std::clamp(at((x + 0.5) / width, (y + 0.5) / height), 0.0, 1.0));
  const std::vector<int> values(out.pixels.begin(), out.pixels.end());
  const int dark = percentile(values, 0.03), light = percentile(values, 0.6);
  const int range = std::max(30, light - dark);
  for (auto& v : out.pixels)
    v = static_cast<std::uint8_t>(std::clamp((v - dark) * 255 / range, 0, 255));
  return out;
}

struct Stretch {
  std::size_t from = 0, to = 0;  // `to` does not belong to it
};

// The stretches of a profile that bear ink, gaps shorter than `gap` bridged.
std::vector<Stretch> inked(const std::vector<double>& profile, std::size_t gap) {
  constexpr double share = 0.2, least = 0.03;
  std::vector<Stretch> found;
  if (profile.empty()) return found;
  const double level = std::max(least, share * *std::max_element(profile.begin(), profile.end()));
  for (std::size_t i = 0; i < profile.size(); ++i) {
    if (profile[i] < level) continue;
    if (!found.empty() && i - found.back().to < gap)
      found.back().to = i + 1;
    else
      found.push_back({i, i + 1});
  }
  return found;
}

template <class Ink>
std::vector<double> profile(std::size_t steps, std::size_t samples, Ink at) {
  std::vector<double> means(steps);
  for (std::size_t i = 0; i < steps; ++i)
    for (std::size_t k = 0; k < samples; ++k)
      means[i] += at((static_cast<double>(i) + 0.5) / static_cast<double>(steps),
                     (static_cast<double>(k) + 0.5) / static_cast<double>(samples)) /
                  static_cast<double>(samples);
  return means;
}

// The lines of print that lie across a part, each as close as its ink.
std::vector<Part> lines_in(const Frame& frame, const Part& part) {
  constexpr std::size_t samples = 96;
  constexpr double lowest = 0.07, highest = 0.3, middle = 0.3, shortest = 1.6;  // radii; heights
  const auto steps = [&](double length) {
    return static_cast<std::size_t>(std::max(8.0, length / frame.pixel()));
  };
  const double high = part.y1 - part.y0, wide = part.x1 - part.x0;
  const auto rows = steps(high);
  // In the middle, for the name's characters reach in from both sides.
  const auto down = profile(rows, samples, [&](double y, double x) {
    return frame.at(middle * (2 * x - 1), part.y0 + y * high);
  });
  std::vector<Part> lines;
  for (const auto& row : inked(down, 2)) {
    Part line = part;
    line.y0 = part.y0 + high * static_cast<double>(row.from) / static_cast<double>(rows);
    line.y1 = part.y0 + high * static_cast<double>(row.to) / static_cast<double>(rows);
    const double height = line.y1 - line.y0;
    // What goes on beyond the part is the star's or the name's.
    if (height < lowest || height > highest || row.from == 0 || row.to == rows) continue;
    const auto columns = steps(wide);
    const auto across = profile(columns, samples, [&](double x, double y) {
      return frame.at(part.x0 + x * wide, line.y0 + y * height);
    });
    const auto gap = static_cast<std::size_t>(0.6 * height / frame.pixel());
    const auto ink = inked(across, std::max<std::size_t>(2, gap));
    const auto central = std::find_if(ink.begin(), ink.end(), [&](const Stretch& stretch) {
      return 2 * stretch.from < columns && 2 * stretch.to > columns;
    });
    if (central == ink.end()) continue;
    line.x0 = part.x0 + wide * static_cast<double>(central->from) / static_cast<double>(columns);
    line.x1 = part.x0 + wide * static_cast<double>(central->to) / static_cast<double>(columns);
    if (line.x1 - line.x0 >= shortest * height) lines.push_back(line);
  }
  return lines;
}

// With as little round it as a line of seals has (see line_margin()).
GreyImage picture_of(const Frame& frame, const Part& line, int height) {
  const double margin = (line.y1 - line.y0) / 6;
  const Part p{line.x0 - margin, line.x1 + margin, line.y0 - margin, line.y1 + margin};
  const int width = static_cast<int>(height * (p.x1 - p.x0) / (p.y1 - p.y0));
  return drawn(width, height, [&](double x, double y) {
    return frame.at(p.x0 + x * (p.x1 - p.x0), p.y0 + y * (p.y1 - p.y0));
  });
}

constexpr std::array line_heights = {48, 40};

// Those that stamp makers offer, and offices' own.
constexpr std::array usual = {"业务专用章", "合同专用章", "财务专用章", "发票专用章", "人事专用章",
                              "行政专用章", "档案专用章", "资料专用章", "报关专用章", "公章",
                              "办公室",     "行政章",     "财务章",     "合同章",     "党支部"};

// The one that fits, where no other fits nearly as well.
std::string words_in(const Frame& frame, const Part& line, Recogniser& recogniser,
                     const Budget& budget) {
  constexpr double fits = -3, ahead = 1.5;  // mean losses of characters
  std::vector<Recogniser::Reading> readings;
  std::vector<const Lattice*> lattices;
  for (const int height : line_heights)
    readings.push_back(recogniser.reading(picture_of(frame, line, height).view(), budget));
  for (const auto& reading : readings) lattices.push_back(&reading.lattice);
  std::string best;
  double most = -99, second = -99;
  for (const std::string words : usual) {
    const double mean = fit_name(lattices, recogniser.codes(), words).mean;
    if (mean > most) {
      second = most, most = mean, best = words;
    } else {
      second = std::max(second, mean);
    }
  }
  return most > fits && most - second > ahead ? best : "";
}

// Five points: the ink on a circle within rises and falls five times.
bool has_star(const Frame& frame) {
  constexpr int steps = 120;
  constexpr std::array shares = {0.16, 0.2, 0.24, 0.28};
  double middle = 0;
  for (int i = 0; i < steps; ++i) middle += frame.round_at(2 * pi * i / steps, 0.06) / steps;
  if (middle < 0.4) return false;
  for (const double share : shares) {
    std::array<double, 8> waves{};
    for (std::size_t k = 1; k < waves.size(); ++k) {
      double c = 0, s = 0;
      for (int i = 0; i < steps; ++i) {
        const double angle = 2 * pi * i / steps, ink = frame.round_at(angle, share);
        c += ink * std::cos(static_cast<double>(k) * angle) * 2 / steps;
        s += ink * std::sin(static_cast<double>(k) * angle) * 2 / steps;
      }
      waves[k] = std::hypot(c, s);
    }
    const double five = waves[5];
    waves[5] = 0;
    if (five > 0.25 && five > 1.5 * *std::max_element(waves.begin(), waves.end())) return true;
  }
  return false;
}

}  // namespace

SealInside read_inside(const FoundSeal& seal, Recogniser& recogniser, const Budget& budget) {
  SealInside inside;
  const auto frame = Frame::of(seal);
  if (!frame) return inside;
  const bool round = seal.shape == SealShape::round;
  inside.star = round && has_star(*frame);
  if (seal.ry < least_radius) return inside;
  const double wide = 0.62 * frame->longish();
  const Part part = round ? Part{-wide, wide, 0.26, 0.68} : Part{-wide, wide, -0.3, 0.75};
  for (const auto& line : lines_in(*frame, part)) {
    const auto words = words_in(*frame, line, recogniser, budget);
    if (inside.line.size() < words.size()) inside.line = words;
  }
  return inside;
}

}  // namespace dengji
