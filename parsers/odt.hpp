// OpenDocument text (ODF 1.3 part 3) as LibreOffice and WPS write it.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_odt(std::string_view bytes);

}  // namespace dengji
