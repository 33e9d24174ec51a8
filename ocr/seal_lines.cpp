#include "ocr/seal_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace dengji {
namespace {

constexpr double most_foreshortened = 1.3;  // of a round stamp on a photograph
// Ink that spread makes characters larger than their band; the ring comes in with a larger one.
constexpr std::array reaches = {1.12, 1.04};

// A square seal within its frame, upright.
class Block {
 public:
  explicit Block(const FoundSeal& seal) : seal_(seal) {
    const double quarter = std::numbers::pi / 2;
    const double quarters = std::round(seal.angle / quarter);
    angle_ = seal.angle - quarters * quarter;
    turned_ = std::lround(quarters) % 2 != 0;
  }

  // 0..1 at a place within the frame, both from 0 to 1.
  double ink(double across, double down) const {
    constexpr double within = 0.88;  // of the half sides: inside of the frame
    const double rx = turned_ ? seal_.ry : seal_.rx, ry = turned_ ? seal_.rx : seal_.ry;
    const double x = (2 * across - 1) * within * rx, y = (2 * down - 1) * within * ry;
    const double c = std::cos(angle_), s = std::sin(angle_);
    const int px = static_cast<int>(seal_.centre.x - seal_.ink_box.x + x * c - y * s + 0.5);
    const int py = static_cast<int>(seal_.centre.y - seal_.ink_box.y + x * s + y * c + 0.5);
    const bool on = px >= 0 && py >= 0 && px < seal_.ink.width && py < seal_.ink.height;
    return on ? seal_.ink.at(px, py) / 255.0 : 0;
  }

  // How many characters stand beside or below one another: that with the least ink between them.
  int parts(bool across) const {
    int best = 2;
    double least = 1e9;
    for (int n = 2; n <= 4; ++n) {
      double sum = 0;
      for (int cut = 1; cut < n; ++cut) sum += ink_along(static_cast<double>(cut) / n, across);
      if (sum / (n - 1) < least) least = sum / (n - 1), best = n;
    }
    return best;
  }

  // The characters of a grid as a line; `columns`: from the right, each downwards, else row by row.
  GreyImage line(int wide, int high, bool columns, std::size_t count, int height) const {
    const int cell = height * 10 / 13, space = (height - cell) / 2;
    const int margin = line_margin(height);
    const int n = std::min(wide * high, static_cast<int>(count));
    GreyImage out(n * (cell + space) + 2 * margin, height, 255);
    for (int i = 0; i < n; ++i) {
      const int column = columns ? wide - 1 - i / high : i % wide;
      const int row = columns ? i % high : i / wide;
      for (int y = 0; y < cell; ++y)
        for (int x = 0; x < cell; ++x) {
          const double v = ink((column + (x + 0.5) / cell) / wide, (row + (y + 0.5) / cell) / high);
          out.row(space + y)[margin + i * (cell + space) + x] =
              static_cast<std::uint8_t>(255 * (1 - std::min(1.0, 1.4 * v)));
        }
    }
    return out;
  }

 private:
  double ink_along(double at, bool across) const {
    constexpr int samples = 60;
    double sum = 0;
    for (int i = 0; i < samples; ++i)
      for (const double beside : {-0.012, 0.0, 0.012}) {
        const double along = (i + 0.5) / samples;
        sum += across ? ink(at + beside, along) : ink(along, at + beside);
      }
    return sum;
  }

  const FoundSeal& seal_;
  double angle_ = 0;
  bool turned_ = false;
};

std::vector<GreyImage> block_lines(const FoundSeal& seal, std::size_t count, int height) {
  const Block block(seal);
  const int wide = block.parts(true), high = block.parts(false);
  const auto cells = static_cast<std::size_t>(wide * high);
  const auto shown = count > 0 && count <= cells ? count : cells;
  return {block.line(wide, high, true, shown, height),
          block.line(wide, high, false, shown, height)};
}

}  // namespace

SealLines::SealLines(const FoundSeal& seal) : seal_(seal) {
  if (seal.shape == SealShape::square) return;
  const bool oval = seal.shape == SealShape::oval;
  if (oval) inks_.push_back(ink_of(seal, SealInk::Shape::oval));
  if (!oval || seal.rx < most_foreshortened * seal.ry) inks_.push_back(ink_of(seal));
}

const std::vector<GreyImage>& SealLines::of(std::size_t count, int height) {
  const auto [at, fresh] = laid_out_.try_emplace({count, height});
  if (fresh)
    at->second =
        seal_.shape == SealShape::square ? block_lines(seal_, count, height) : ring(count, height);
  return at->second;
}

std::vector<GreyImage> SealLines::ring(std::size_t count, int height) {
  auto& bands = bands_[count];
  std::vector<GreyImage> lines;
  for (std::size_t i = 0; i < inks_.size(); ++i) {
    if (i == bands.size()) bands.push_back(inks_[i].band(count));
    if (bands[i])
      for (const double reach : reaches) lines.push_back(inks_[i].line(*bands[i], height, reach));
  }
  return lines;
}

}  // namespace dengji
