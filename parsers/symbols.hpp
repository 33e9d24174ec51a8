// Characters of symbol fonts as the check boxes and ticks that people see: Wingdings, Wingdings 2
// and Webdings have no Unicode of their own, so Word stores a font and a code.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

inline constexpr char32_t ticked_box = 0x2611;
inline constexpr char32_t empty_box = 0x2610;

bool is_symbol_font(std::string_view name);

// `code` of the named font (0x20..0xFF, or the same in the private use area at U+F000) as Unicode;
// a font that is not known reads as Wingdings, then as Wingdings 2. Codes that are neither box,
// tick nor bullet come out as U+FFFC, since what letter they were typed with means nothing.
char32_t symbol(std::string_view font, char32_t code);

// The same for each character of a text in that font; what no symbol font holds stays as it is.
std::string symbol_text(std::string_view font, std::string_view utf8);

// What a field with this code shows: SYMBOL 254 \f "Wingdings". None for other fields.
std::optional<char32_t> symbol_of_field(std::string_view instruction);

void append_utf8(std::string& to, char32_t code_point);

}  // namespace dengji
