// A page as a picture file for people's eyes, made in memory: JPEG to be shown by a browser, PNG
// with marks drawn on it. No side is over `most` pixels; a smaller page is not enlarged. `bytes` is
// empty where memory did not suffice. Any thread.
#pragma once
#include <array>
#include <string>
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

inline constexpr int picture_shown = 2000;  // the most that anybody is shown of a page, pixels

struct PictureFile {
  int width = 0, height = 0;
  std::string bytes;
};

struct PageMark {
  Box box;  // of the page
  std::array<std::uint8_t, 3> colour{};
  std::string label;  // ASCII, written above the box
};

PictureFile jpeg_of(const ColourImage& page, int most);
PictureFile png_of(const ColourImage& page, const std::vector<PageMark>&, int most);

}  // namespace dengji
