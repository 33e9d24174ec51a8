#include "ocr/light.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace dengji {
namespace {

constexpr int field_side = 100;       // samples along the longer side
constexpr double paper_share = 0.85;  // of a block's pixels that may be darker than its paper
constexpr int darkest_paper = 24;     // below it a division would only raise noise

using Histogram = std::array<int, 256>;

std::uint8_t percentile(const Histogram& h, int total, double share) {
  int left = static_cast<int>(total * share);
  for (std::size_t v = 0; v < h.size(); ++v) {
    left -= h[v];
    if (left < 0) return static_cast<std::uint8_t>(v);
  }
  return 255;
}

ColourImage block_papers(const ColourImage& page, int block) {
  ColourImage out((page.width + block - 1) / block, (page.height + block - 1) / block);
  for (int by = 0; by < out.height; ++by)
    for (int bx = 0; bx < out.width; ++bx) {
      std::array<Histogram, 3> h{};
      int n = 0;
      for (int y = by * block; y < std::min(page.height, (by + 1) * block); ++y)
        for (int x = bx * block; x < std::min(page.width, (bx + 1) * block); ++x, ++n)
          for (std::size_t c = 0; c < 3; ++c) ++h[c][page.row(y)[3 * x + static_cast<int>(c)]];
      for (std::size_t c = 0; c < 3; ++c)
        out.row(by)[3 * bx + static_cast<int>(c)] = percentile(h[c], n, paper_share);
    }
  return out;
}

// Each sample the highest or the mean of its neighbours up to `reach`, along one axis.
ColourImage along(const ColourImage& in, int reach, bool across, bool mean) {
  ColourImage out(in.width, in.height);
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x)
      for (int c = 0; c < 3; ++c) {
        int sum = 0, top = 0, n = 0;
        for (int k = -reach; k <= reach; ++k) {
          const int sx = across ? x + k : x, sy = across ? y : y + k;
          if (sx < 0 || sy < 0 || sx >= in.width || sy >= in.height) continue;
          const int v = in.row(sy)[3 * sx + c];
          sum += v;
          top = std::max(top, v);
          ++n;
        }
        out.row(y)[3 * x + c] = static_cast<std::uint8_t>(mean ? sum / n : top);
      }
  return out;
}

ColourImage highest(const ColourImage& in, int reach) {
  return along(along(in, reach, true, false), reach, false, false);
}

ColourImage smoothed(const ColourImage& in, int reach) {
  return along(along(in, reach, true, true), reach, false, true);
}

}  // namespace

Light::Light(const ColourImage& small, int factor) {
  const int block = std::max(2, std::max(small.width, small.height) / field_side);
  field_ = smoothed(highest(block_papers(small, block), 1), 2);
  const double step = static_cast<double>(block) * factor;
  to_field_ = Transform::translation(-0.5, -0.5) * Transform::scaling(1 / step, 1 / step);
}

ColourImage Light::paper(const Transform& to_page, int width, int height) const {
  // The edge samples reach half a block outwards, hence the clamped copy with a border.
  ColourImage bordered(field_.width + 2, field_.height + 2);
  for (int y = 0; y < bordered.height; ++y)
    for (int x = 0; x < bordered.width; ++x) {
      const int sx = std::clamp(x - 1, 0, field_.width - 1),
                sy = std::clamp(y - 1, 0, field_.height - 1);
      std::copy_n(field_.row(sy) + 3 * sx, 3, bordered.row(y) + 3 * x);
    }
  return sampled(bordered, Transform::translation(1, 1) * to_field_ * to_page, width, height, 255);
}

namespace {

constexpr int node = 4;  // pixels between those at which the paper is looked up: it changes slowly

// What a channel is multiplied by to make its paper white, in 1/65536, by the paper's level.
constexpr std::array<int, 256> reciprocals = [] {
  std::array<int, 256> table{};
  for (int paper = 0; paper < 256; ++paper)
    table[static_cast<std::size_t>(paper)] = (255 << 16) / std::max(paper, darkest_paper);
  return table;
}();

// From nodes to pixels, along a row of three channels.
void spread(const std::vector<int>& nodes, std::vector<int>& row) {
  for (std::size_t i = 0; i + 3 < nodes.size(); ++i) {
    const std::size_t at = i / 3 * 3 * node + i % 3;
    const int step = (nodes[i + 3] - nodes[i]) / node;
    for (std::size_t k = 0; k < node && at + 3 * k < row.size(); ++k)
      row[at + 3 * k] = nodes[i] + static_cast<int>(k) * step;
  }
}

}  // namespace

ColourImage Light::whitened(ColourImage image, const Transform& to_page) const {
  const ColourImage papers = paper(to_page * Transform::scaling(node, node), image.width / node + 2,
                                   image.height / node + 2);
  const auto width = 3 * static_cast<std::size_t>(papers.width);
  std::vector<int> nodes(width), row(3 * static_cast<std::size_t>(image.width));
  for (int y = 0; y < image.height; ++y) {
    const std::uint8_t *above = papers.row(y / node), *below = papers.row(y / node + 1);
    for (std::size_t i = 0; i < width; ++i) {
      const int top = reciprocals[above[i]], bottom = reciprocals[below[i]];
      nodes[i] = top + (bottom - top) * (y % node) / node;
    }
    spread(nodes, row);
    std::uint8_t* to = image.row(y);
    for (std::size_t i = 0; i < row.size(); ++i)
      to[i] = static_cast<std::uint8_t>(std::min(255, (to[i] * row[i]) >> 16));
  }
  return image;
}

GreyImage redness(const ColourImage& whitened) {
  GreyImage out(whitened.width, whitened.height);
  const std::uint8_t* p = whitened.pixels.data();
  for (std::uint8_t& to : out.pixels) {
    to = static_cast<std::uint8_t>(std::max(0, p[0] - std::max(p[1], p[2])));
    p += 3;
  }
  return out;
}

GreyImage without_red(const ColourImage& whitened) {
  constexpr int black = 70, white = 185;  // beyond: ink and paper
  GreyImage out(whitened.width, whitened.height);
  const std::uint8_t* p = whitened.pixels.data();
  for (std::uint8_t& to : out.pixels) {
    to = static_cast<std::uint8_t>(std::clamp((p[0] - black) * 255 / (white - black), 0, 255));
    p += 3;
  }
  return out;
}

}  // namespace dengji
