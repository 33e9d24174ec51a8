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
  const auto past = [coded](std::size_t from, std::string_view digits, std::size_t most) {
    return std::min({coded.find_first_not_of(digits, from), coded.size(), from + most});
  };
  std::string text;
  for (std::size_t i = 0; i < coded.size();) {
    if (coded[i] != '&' || i + 1 == coded.size()) {
      text += coded[i++];
      continue;
    }
    const char code = coded[++i];
    if (static_cast<unsigned char>(code) >= 0x80) continue;  // no code: a character of the text
    ++i;
    if (code == '&') text += '&';
    if ((code == 'L' || code == 'C' || code == 'R') && !text.empty()) text += '\n';
    if (code == '"') i = std::min(coded.find('"', i), coded.size() - 1) + 1;
    if (code == 'K') i = past(i, "0123456789abcdefABCDEF+-", 6);              // a colour
    if (code >= '0' && code <= '9') i = past(i, "0123456789", coded.size());  // a size
  }
  return text;
}

}  // namespace dengji
