// HTML as Word, WPS, LibreOffice, browsers and editors save it, and MHT (RFC 2557), which is HTML
// in a mail message. Scripts, styles, what is not displayed and what is struck out are left out;
// check boxes show their state.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_html_document(std::string_view bytes);
Result<Document> read_mht(std::string_view bytes);

}  // namespace dengji
