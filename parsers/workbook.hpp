// What the sheets of a workbook share, in either of Excel's formats: texts, the styles of cells,
// and the day that dates are counted from.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/number_format.hpp"

namespace dengji {

// A text may begin in the font of whatever cell shows it and go on in fonts of its own.
struct CellText {
  std::string head;  // UTF-8
  std::string rest;  // the same, characters of symbol fonts as what they look like
  void add(std::string_view utf8, std::string_view own_font);  // to the rest
};

struct CellStyle {
  NumberFormat format;
  std::string font;
};

struct Workbook {
  DateSystem dates = DateSystem::from_1900;
  std::vector<CellStyle> styles;
  std::vector<CellText> strings;

  // As a person sees them in a cell of that style; numbers that are none of the workbook's mean a
  // plain style and no text.
  std::string shown(const CellText& text, std::size_t style) const;
  std::string shared(std::size_t string, std::size_t style) const;
  std::string number(double value, std::size_t style) const;
  const CellStyle& style(std::size_t number) const;
};

std::string_view shown_boolean(bool value);

// The text of a page header or footer ("&L&14title&R&P") without its codes, its sections each on a
// line.
std::string page_text(std::string_view coded);

}  // namespace dengji
