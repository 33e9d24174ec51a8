// Bytes of a Windows code page to UTF-8, taken at the code page's word: formats that name one (RTF,
// Word 6) cut text into runs too short to guess by.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

// A code page that is not known reads as Windows-1252.
std::string from_code_page(std::string_view bytes, int code_page);

// Of a font's character set as Windows numbers it (134: GB 2312); 0 where the set names none.
int code_page_of_charset(int charset);

bool is_double_byte(int code_page);

// Of a language as Windows numbers it (0x0804: Chinese, mainland).
int code_page_of_language(int language);

}  // namespace dengji
