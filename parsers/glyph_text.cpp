#include "parsers/glyph_text.hpp"

#include <algorithm>

#include "parsers/symbols.hpp"

namespace dengji {
namespace {

using Glyphs = std::vector<PrintedGlyph>;

// In parts of the height of the characters.
constexpr double same_line_overlap = 0.5;
constexpr double word_gap = 0.15;  // between letters and digits
constexpr double wide_gap = 0.6;   // between ideographs, which may be spread over a line
constexpr double slack = 0.5;      // by which a character that did not fit may have fitted

constexpr double widest_padding = 8;  // points between a cell's wall and its text

bool is_narrow(char32_t c) { return c < 0x2E80; }
bool is_word(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool same_line(const PrintedGlyph& a, const PrintedGlyph& b) {
  const double overlap = std::min(a.box.bottom, b.box.bottom) - std::max(a.box.top, b.box.top);
  return overlap >= same_line_overlap * std::min(a.height(), b.height());
}

// Lines from the top down, each from the left to the right.
std::vector<Glyphs> split(Glyphs glyphs) {
  std::stable_sort(glyphs.begin(), glyphs.end(), [](const PrintedGlyph& a, const PrintedGlyph& b) {
    return a.middle_y() < b.middle_y();
  });
  std::vector<Glyphs> lines;
  for (PrintedGlyph& glyph : glyphs) {
    if (lines.empty() || !same_line(lines.back().front(), glyph)) lines.emplace_back();
    lines.back().push_back(glyph);
  }
  for (Glyphs& line : lines) {
    std::stable_sort(line.begin(), line.end(), [](const PrintedGlyph& a, const PrintedGlyph& b) {
      return a.box.left < b.box.left;
    });
  }
  return lines;
}

bool blank_between(const PrintedGlyph& a, const PrintedGlyph& b) {
  const bool narrow = is_narrow(a.code_point) && is_narrow(b.code_point);
  const double height = std::max(a.height(), b.height());
  return b.box.left - a.box.right > (narrow ? word_gap : wide_gap) * height;
}

std::string text_of(const Glyphs& line) {
  std::string text;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0 && blank_between(line[i - 1], line[i])) text += ' ';
    append_utf8(text, line[i].code_point);
  }
  return text;
}

Rectangle box_of(const Glyphs& line) {
  Rectangle box = line.front().box;
  for (const PrintedGlyph& glyph : line) {
    box.left = std::min(box.left, glyph.box.left);
    box.right = std::max(box.right, glyph.box.right);
    box.top = std::min(box.top, glyph.box.top);
    box.bottom = std::max(box.bottom, glyph.box.bottom);
  }
  return box;
}

// What could not be torn from the line's beginning: one ideograph, or a whole word.
double first_width(const Glyphs& line) {
  std::size_t last = 0;
  while (last + 1 < line.size() && is_narrow(line[last].code_point) &&
         is_narrow(line[last + 1].code_point) && !blank_between(line[last], line[last + 1])) {
    ++last;
  }
  return line[last].box.right - line.front().box.left;
}

bool one_word(const Glyphs& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_narrow(line[i].code_point)) return false;
    if (i > 0 && blank_between(line[i - 1], line[i])) return false;
  }
  return true;
}

bool was_full(const Glyphs& line, const Glyphs& next, double right) {
  const double room = right - line.back().box.right;
  return room < first_width(next) + slack * next.front().height();
}

}  // namespace

std::vector<PrintedLine> lines_of(std::vector<PrintedGlyph> glyphs) {
  std::vector<PrintedLine> lines;
  for (const Glyphs& line : split(std::move(glyphs)))
    lines.push_back({text_of(line), box_of(line)});
  return lines;
}

std::string cell_text(std::vector<PrintedGlyph> glyphs, const Rectangle& cell) {
  const std::vector<Glyphs> lines = split(std::move(glyphs));
  double padding = widest_padding;
  for (const Glyphs& line : lines) {
    padding = std::clamp(line.front().box.left - cell.left, 0.0, padding);
  }
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += text_of(lines[i]);
    if (i + 1 == lines.size()) break;
    if (!was_full(lines[i], lines[i + 1], cell.right - padding)) {
      text += '\n';
    } else if (is_word(lines[i].back().code_point) && is_word(lines[i + 1].front().code_point) &&
               !one_word(lines[i])) {
      text += ' ';
    }
  }
  return text;
}

}  // namespace dengji
