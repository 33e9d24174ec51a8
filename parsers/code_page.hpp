// Bytes of a Windows code page to UTF-8, taken at the code page's word: formats that name one (RTF)
// cut text into runs too short to guess by.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

// A code page that is not known reads as Windows-1252.
std::string from_code_page(std::string_view bytes, int code_page);

}  // namespace dengji
