#include "parsers/workbook.hpp"

#include <algorithm>

#include "parsers/symbols.hpp"

namespace dengji {

void CellText::add(std::string_view utf8, std::string_view own_font) {
  rest += is_symbol_font(own_font) ? symbol_text(own_font, utf8) : std::string(utf8);
}

std::string Workbook::shown(const CellText& text, std::size_t style_number) const {
  const std::string& font = style(style_number).font;
  return (is_symbol_font(font) ? symbol_text(font, text.head) : text.head) + text.rest;
}

std::string Workbook::shared(std::size_t string, std::size_t style_number) const {
  return string < strings.size() ? shown(strings[string], style_number) : "";
}

std::string Workbook::number(double value, std::size_t style_number) const {
  return show_number(value, style(style_number).format, dates);
}

const CellStyle& Workbook::style(std::size_t number) const {
  static const CellStyle plain;
  return number < styles.size() ? styles[number] : plain;
}

std::string_view shown_boolean(bool value) { return value ? "TRUE" : "FALSE"; }

std::string page_text(std::string_view coded) {
  std::string text;
  for (std::size_t i = 0; i < coded.size(); ++i) {
    if (coded[i] != '&' || i + 1 == coded.size()) {
      text += coded[i];
      continue;
    }
    const char code = coded[++i];
    if (code == '&') text += '&';
    if ((code == 'L' || code == 'C' || code == 'R') && !text.empty()) text += '\n';
    if (code == '"') i = std::min(coded.find('"', i + 1), coded.size());
    if (code == 'K') i = std::min(i + 6, coded.size());  // a colour in six digits
    // A size: the digits that follow belong to it.
    while (code >= '0' && code <= '9' && i + 1 < coded.size() && coded[i + 1] >= '0' &&
           coded[i + 1] <= '9') {
      ++i;
    }
  }
  return text;
}

}  // namespace dengji
