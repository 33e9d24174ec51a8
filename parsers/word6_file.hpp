// Word 6 and 95 (Microsoft's "Word 6.0 binary file format"): everything lies in one stream, places
// in the information block differ, page numbers have two bytes, modifiers one (word_sprm.hpp), and
// text is in the code pages of its fonts and language. Its Asian versions store two bytes a
// character.
#pragma once
#include <string>
#include <string_view>

#include "parsers/result.hpp"
#include "parsers/word_file.hpp"

namespace dengji {

bool is_word6(std::string_view document);  // by the beginning of the WordDocument stream
Result<WordFile> open_word6(std::string document);

}  // namespace dengji
