#include "ocr/marks.hpp"

#include <cstdio>

namespace dengji {
namespace {

constexpr std::array<std::uint8_t, 3> red{220, 0, 40}, blue{0, 60, 220}, green{0, 140, 60},
    grey{150, 150, 150}, orange{240, 130, 0};

std::string seal_label(const Seal& seal) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s%s seal %.2f", seal.red ? "red " : "grey ",
                std::string(to_string(seal.shape)).c_str(), seal.confidence);
  return text.data();
}

std::string quality_label(const Quality& quality) {
  std::array<char, 128> text{};
  std::snprintf(text.data(), text.size(),
                "unreadable: %s (print %.1f px high, sharpness %.2f, contrast %.2f)",
                quality.why.c_str(), quality.text_height, quality.sharpness, quality.contrast);
  return text.data();
}

}  // namespace

std::vector<PageMark> marks_of(const PageFacts& page) {
  std::vector<PageMark> marks;
  for (const auto& cell : page.cells) marks.push_back({cell, grey, ""});
  for (const auto& line : page.lines) marks.push_back({line.box, green, ""});
  for (const auto& number : page.numbers) marks.push_back({number.box, blue, number.text});
  for (const auto& seal : page.seals) marks.push_back({seal.box, red, seal_label(seal)});
  if (!page.quality.readable)
    marks.push_back({{0, 0, page.width, page.height}, orange, quality_label(page.quality)});
  return marks;
}

}  // namespace dengji
