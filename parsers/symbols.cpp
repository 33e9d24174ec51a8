#include "parsers/symbols.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

#include "parsers/text.hpp"

namespace dengji {
namespace {

struct Glyph {
  char32_t code;
  char32_t shown;
};

constexpr char32_t tick = 0x2713, cross = 0x2717, bullet = 0x25CF, square = 0x25A0;
constexpr char32_t unknown_symbol = 0xFFFC;

constexpr std::array wingdings{
    Glyph{0x6C, bullet},     Glyph{0x6E, square},     Glyph{0x6F, empty_box},
    Glyph{0x70, empty_box},  Glyph{0x71, empty_box},  Glyph{0x72, empty_box},
    Glyph{0x78, ticked_box}, Glyph{0xA8, empty_box},  Glyph{0xFB, cross},
    Glyph{0xFC, tick},       Glyph{0xFD, ticked_box}, Glyph{0xFE, ticked_box}};

constexpr std::array wingdings2{
    Glyph{0x4F, cross},      Glyph{0x50, tick},       Glyph{0x51, ticked_box},
    Glyph{0x52, ticked_box}, Glyph{0x53, ticked_box}, Glyph{0x54, ticked_box},
    Glyph{0x98, bullet},     Glyph{0xA2, square},     Glyph{0xA3, empty_box},
    Glyph{0xA4, empty_box},  Glyph{0xA5, empty_box},  Glyph{0xA6, empty_box}};

constexpr std::array webdings{Glyph{0x61, tick}, Glyph{0x63, empty_box}, Glyph{0x67, square},
                              Glyph{0x72, cross}};

bool same_name(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) {
           return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
         });
}

std::span<const Glyph> glyphs_of(std::string_view font) {
  if (same_name(font, "wingdings 2")) return wingdings2;
  if (same_name(font, "webdings")) return webdings;
  return wingdings;
}

std::optional<char32_t> find(std::span<const Glyph> glyphs, char32_t code) {
  for (const Glyph& glyph : glyphs) {
    if (glyph.code == code) return glyph.shown;
  }
  return code == 0x20 ? std::optional<char32_t>(U' ') : std::nullopt;
}

}  // namespace

bool is_symbol_font(std::string_view name) {
  return same_name(name, "wingdings") || same_name(name, "wingdings 2") ||
         same_name(name, "wingdings 3") || same_name(name, "webdings");
}

char32_t symbol(std::string_view font, char32_t code) {
  const char32_t low = code >= 0xF000 && code <= 0xF0FF ? code - 0xF000 : code;
  if (same_name(font, "symbol") && low == 0xD6) return 0x221A;  // the root sign is typed as a tick
  if (const auto shown = find(glyphs_of(font), low)) return *shown;
  // Fonts that stand in for both keep the codes of either.
  if (!is_symbol_font(font)) return find(wingdings2, low).value_or(unknown_symbol);
  return unknown_symbol;
}

std::string symbol_text(std::string_view font, std::string_view utf8) {
  std::string shown;
  for (const char32_t c : code_points(utf8)) {
    const bool coded = c > 0x20 && (c <= 0xFF || (c >= 0xF000 && c <= 0xF0FF));
    append_utf8(shown, coded ? symbol(font, c) : c);
  }
  return shown;
}

std::optional<char32_t> symbol_of_field(std::string_view instruction) {
  const std::size_t begin = instruction.find_first_not_of(' ');
  if (begin == std::string_view::npos) return std::nullopt;
  instruction.remove_prefix(begin);
  if (!instruction.starts_with("SYMBOL ")) return std::nullopt;
  instruction.remove_prefix(7);
  unsigned code = 0;
  const bool hex = instruction.starts_with("0x");
  if (hex) instruction.remove_prefix(2);
  std::from_chars(instruction.data(), instruction.data() + instruction.size(), code, hex ? 16 : 10);
  const std::size_t quote = instruction.find('"');
  if (code == 0 || code > 0xFFFF || quote == std::string_view::npos) return std::nullopt;
  const std::string_view rest = instruction.substr(quote + 1);
  const std::string_view font = rest.substr(0, rest.find('"'));
  return is_symbol_font(font) ? symbol(font, code) : static_cast<char32_t>(code);
}

void append_utf8(std::string& to, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = 0xFFFD;
  const auto add = [&to](char32_t byte) { to.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    add(0xE0 | c >> 12);
    add(0x80 | (c >> 6 & 0x3F));
  } else {
    add(0xF0 | c >> 18);
    add(0x80 | (c >> 12 & 0x3F));
    add(0x80 | (c >> 6 & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

}  // namespace dengji
