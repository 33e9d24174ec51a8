// Excel 5 to 2003 workbooks ([MS-XLS], and OpenOffice.org's "Excel file format" for Excel 5 and 95,
// whose strings are in a code page): each visible worksheet a table, text boxes as margins.
#pragma once
#include <string_view>

#include "parsers/document.hpp"

namespace dengji {

Result<Document> read_xls(std::string_view bytes);

}  // namespace dengji
