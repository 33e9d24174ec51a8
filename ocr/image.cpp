#include "ocr/image.hpp"

#include <algorithm>
#include <cmath>

namespace dengji {
namespace {

std::size_t pixel_count(int w, int h) {
  return static_cast<std::size_t>(std::max(0, w)) * static_cast<std::size_t>(std::max(0, h));
}

struct Spot {
  int x = 0, y = 0, fx = 0, fy = 0;  // fx, fy in 1/256
};

constexpr int fraction = 16;  // bits of a position
constexpr int span =
    16;  // pixels over which a projective map is taken as straight: off by less than 1/1000 pixel

// A position in 1/65536 pixel; far outside of any picture where it is not finite.
struct Place {
  std::int64_t x = outside, y = outside;
  static constexpr std::int64_t outside = -(std::int64_t{1} << 40);
};

Place place_at(const Transform& t, int x, int y) {
  constexpr double one = 1 << fraction, far = 1 << 20;  // pixels
  const auto& m = t.values();
  const double w = m[6] * x + m[7] * y + m[8];
  const double sx = (m[0] * x + m[1] * y + m[2]) / w, sy = (m[3] * x + m[4] * y + m[5]) / w;
  if (!(std::abs(sx) < far && std::abs(sy) < far)) return {};
  return {static_cast<std::int64_t>(std::floor(sx * one)),
          static_cast<std::int64_t>(std::floor(sy * one))};
}

// Calls put(x, y, spot) for each pixel whose source lies inside the picture.
template <class Image, class Put>
void walk(const Image& source, const Transform& t, int width, int height, Put put) {
  const std::int64_t last_x = std::int64_t{source.width - 1} << fraction;
  const std::int64_t last_y = std::int64_t{source.height - 1} << fraction;
  const auto bits = [](std::int64_t v) { return static_cast<int>(v >> (fraction - 8)) & 255; };
  for (int y = 0; y < height; ++y) {
    Place from = place_at(t, 0, y);
    for (int begin = 0; begin < width; begin += span) {
      const Place to = place_at(t, begin + span, y);
      const std::int64_t step_x = (to.x - from.x) / span, step_y = (to.y - from.y) / span;
      std::int64_t sx = from.x, sy = from.y;
      const bool known = from.x != Place::outside && to.x != Place::outside;
      for (int x = begin; known && x < std::min(begin + span, width);
           ++x, sx += step_x, sy += step_y)
        if (sx >= 0 && sy >= 0 && sx <= last_x && sy <= last_y)
          put(x, y,
              Spot{static_cast<int>(sx >> fraction), static_cast<int>(sy >> fraction), bits(sx),
                   bits(sy)});
      from = to;
    }
  }
}

template <class Image, int channels>
Image sample(const Image& source, const Transform& t, int width, int height, std::uint8_t outside) {
  Image out(width, height, outside);
  walk(source, t, width, height, [&](int x, int y, const Spot& s) {
    const std::uint8_t* up = source.row(s.y) + channels * s.x;
    const std::uint8_t* low = s.y + 1 < source.height ? up + channels * source.width : up;
    const int right = s.x + 1 < source.width ? channels : 0;
    std::uint8_t* to = out.row(y) + channels * x;
    const int d = s.fx * s.fy, b = (s.fx << 8) - d, c = (s.fy << 8) - d, a = (1 << 16) - b - c - d;
    for (int i = 0; i < channels; ++i)
      to[i] = static_cast<std::uint8_t>(
          (a * up[i] + b * up[i + right] + c * low[i] + d * low[i + right] + (1 << 15)) >> 16);
  });
  return out;
}

// average() by two, which is what most pages are shrunk by.
template <class Image, int channels>
Image halved(const Image& in) {
  Image out(in.width / 2, in.height / 2);
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t *above = in.row(2 * y), *below = in.row(2 * y + 1);
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width; ++x, above += 2 * channels, below += 2 * channels)
      for (int c = 0; c < channels; ++c)
        *to++ = static_cast<std::uint8_t>(
            (above[c] + above[c + channels] + below[c] + below[c + channels] + 2) / 4);
  }
  return out;
}

template <class Image, int channels>
Image average(const Image& in, int factor) {
  if (factor <= 1) return in;
  if (factor == 2) return halved<Image, channels>(in);
  Image out(in.width / factor, in.height / factor);
  const int n = factor * factor;
  std::vector<int> sums(static_cast<std::size_t>(channels * out.width));
  for (int y = 0; y < out.height; ++y) {
    std::fill(sums.begin(), sums.end(), 0);
    for (int k = 0; k < factor; ++k) {
      const std::uint8_t* from = in.row(y * factor + k);
      for (int x = 0; x < out.width; ++x)
        for (int j = 0; j < factor; ++j)
          for (int c = 0; c < channels; ++c)
            sums[static_cast<std::size_t>(channels * x + c)] += *from++;
    }
    std::transform(sums.begin(), sums.end(), out.row(y),
                   [n](int s) { return static_cast<std::uint8_t>((s + n / 2) / n); });
  }
  return out;
}

}  // namespace

GreyImage::GreyImage(int w, int h, std::uint8_t fill)
    : width(std::max(0, w)), height(std::max(0, h)), pixels(pixel_count(w, h), fill) {}

ColourImage::ColourImage(int w, int h, std::uint8_t fill)
    : width(std::max(0, w)), height(std::max(0, h)), pixels(3 * pixel_count(w, h), fill) {}

GreyImage luminance(const ColourImage& in) {
  GreyImage out(in.width, in.height);
  const std::uint8_t* p = in.pixels.data();
  for (std::uint8_t& to : out.pixels) {
    to = static_cast<std::uint8_t>((2 * p[0] + 5 * p[1] + p[2]) >> 3);
    p += 3;
  }
  return out;
}

ColourImage shrunk(const ColourImage& in, int factor) {
  return average<ColourImage, 3>(in, factor);
}
GreyImage shrunk(const GreyImage& in, int factor) { return average<GreyImage, 1>(in, factor); }

ColourImage turned(const ColourImage& in, int quarters) {
  quarters = ((quarters % 4) + 4) % 4;
  if (quarters == 0) return in;
  const bool across = quarters % 2 == 1;
  ColourImage out(across ? in.height : in.width, across ? in.width : in.height);
  for (int y = 0; y < in.height; ++y) {
    const std::uint8_t* from = in.row(y);
    for (int x = 0; x < in.width; ++x, from += 3) {
      int tx = x, ty = y;
      if (quarters == 1) tx = in.height - 1 - y, ty = x;
      if (quarters == 2) tx = in.width - 1 - x, ty = in.height - 1 - y;
      if (quarters == 3) tx = y, ty = in.width - 1 - x;
      std::copy(from, from + 3, out.row(ty) + 3 * tx);
    }
  }
  return out;
}

GreyImage sampled(const GreyImage& source, const Transform& to_source, int width, int height,
                  std::uint8_t outside) {
  return sample<GreyImage, 1>(source, to_source, width, height, outside);
}

ColourImage sampled(const ColourImage& source, const Transform& to_source, int width, int height,
                    std::uint8_t outside) {
  return sample<ColourImage, 3>(source, to_source, width, height, outside);
}

}  // namespace dengji
