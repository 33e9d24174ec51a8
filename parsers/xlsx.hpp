// Excel 2007+ workbooks (SpreadsheetML, ECMA-376 part 1 clause 18), also Kingsoft's: each visible
// worksheet a table, text boxes and page headers as margins.
#pragma once
#include <string_view>

#include "parsers/document.hpp"

namespace dengji {

Result<Document> read_xlsx(std::string_view bytes);

}  // namespace dengji
