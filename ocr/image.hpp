// Pictures as plain values: 8-bit grey (0 black) and 24-bit colour (R, G, B), rows without padding,
// and the few operations on them that the rest of ocr/ shares. An empty picture has width and
// height 0. Any thread.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ocr/geometry.hpp"

namespace dengji {

// Borrowed: valid for the call only. Rows `stride` bytes apart.
struct GreyView {
  const std::uint8_t* pixels = nullptr;
  int width = 0, height = 0, stride = 0;
};

struct GreyImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // width * height

  GreyImage() = default;
  GreyImage(int w, int h, std::uint8_t fill = 0);
  bool empty() const { return pixels.empty(); }
  GreyView view() const { return {pixels.data(), width, height, width}; }
  std::uint8_t* row(int y) { return pixels.data() + offset(y); }
  const std::uint8_t* row(int y) const { return pixels.data() + offset(y); }
  std::uint8_t at(int x, int y) const { return row(y)[x]; }

 private:
  std::size_t offset(int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

struct ColourImage {
  int width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // 3 * width * height

  ColourImage() = default;
  ColourImage(int w, int h, std::uint8_t fill = 0);
  bool empty() const { return pixels.empty(); }
  std::uint8_t* row(int y) { return pixels.data() + offset(y); }
  const std::uint8_t* row(int y) const { return pixels.data() + offset(y); }

 private:
  std::size_t offset(int y) const {
    return 3 * static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
  }
};

GreyImage luminance(const ColourImage&);  // (2R + 5G + B) / 8

// Averages of `factor` by `factor` pixels; what is left over at the right and below is dropped.
ColourImage shrunk(const ColourImage&, int factor);
GreyImage shrunk(const GreyImage&, int factor);

// Turned clockwise by `quarters` quarter turns.
ColourImage turned(const ColourImage&, int quarters);

// Pixel (x, y) of the result is the source at to_source(x, y), bilinearly; `outside` beyond its
// edges.
GreyImage sampled(const GreyImage& source, const Transform& to_source, int width, int height,
                  std::uint8_t outside);
ColourImage sampled(const ColourImage& source, const Transform& to_source, int width, int height,
                    std::uint8_t outside);

}  // namespace dengji
