// Text as a recogniser would have left it, for tests of what is made of it.
#pragma once
#include <string>
#include <vector>

#include "ocr/page_text.hpp"
#include "parsers/text.hpp"

namespace dengji {

struct LineWords {
  std::string text;
  int x = 0, y = 0;  // of the upper left corner
  double confidence = 0.98;
};

// Glyphs 30 pixels high and wide; letters and digits 15 wide.
inline TextLine line_of(const LineWords& words) {
  TextLine line;
  int x = words.x;
  for (const char32_t c : code_points(words.text)) {
    const int width = c < 0x80 ? 15 : 30;
    line.glyphs.push_back(
        {from_code_points(std::u32string_view(&c, 1)), {x, words.y, width, 30}, words.confidence});
    x += width;
  }
  line.text = words.text;
  line.box = {words.x, words.y, x - words.x, 30};
  line.confidence = words.confidence;
  return line;
}

inline PageText page_of(const std::vector<LineWords>& all) {
  std::vector<TextLine> lines;
  for (const auto& words : all) lines.push_back(line_of(words));
  return PageText(std::move(lines));
}

}  // namespace dengji
