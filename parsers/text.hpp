// Text as people's programs leave it, turned into clean UTF-8 and into keys that compare equal when
// a person would call two names the same. Pure functions; every output is valid UTF-8 (Unicode 15)
// without NUL or other C0 controls but tab and newline.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

// Bytes of a declared charset to UTF-8. UTF-8 is tried first whatever is declared (but for charsets
// of 7 bits or 16-bit units); gb2312, gbk and unknown or absent charsets decode as GB18030; what
// cannot be decoded becomes U+FFFD. Every line end becomes '\n'.
std::string to_utf8(std::string_view bytes, std::string_view charset = "");

bool is_utf8(std::string_view bytes);
std::u32string code_points(std::string_view utf8);
std::string from_code_points(std::u32string_view text);

// NFKC (UAX #15): full width to half width, ligatures and compatibility forms apart.
std::string fold_width(std::string_view utf8);

// NFC (UAX #15): the same characters in one spelling, nothing else changed.
std::string compose(std::string_view utf8);

// The key under which two names are the same: NFKC, lower case, traditional to simplified, letters
// and digits only (blanks, brackets, punctuation and emoji go; if nothing were left, they stay).
std::string fold_name(std::string_view utf8);

// Blanks of every kind (also U+3000, U+00A0, zero width) off both ends.
std::string trim(std::string_view utf8);
// The same, and each inner run of blanks and line ends to nothing: for labels ("姓　　名").
std::string squeeze(std::string_view utf8);

// Levenshtein over code points; texts whose differing middles are over 2,000 characters long count
// as wholly different (the longer middle's length).
std::size_t edit_distance(std::u32string_view a, std::u32string_view b);

// Bidi controls and other invisible characters shown as <U+202E>: for names shown to people.
std::string shown(std::string_view utf8);

}  // namespace dengji
