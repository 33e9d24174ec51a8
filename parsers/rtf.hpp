// Rich Text Format (specification 1.9.1), as Word, WPS, WordPad and LibreOffice write it.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_rtf(std::string_view bytes);

}  // namespace dengji
