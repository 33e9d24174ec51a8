// WordprocessingML as blocks and margins: the XML inside of .docx (ECMA-376, transitional or
// strict) and the single-file XML of Word 2003 and of "Word XML document", which name the same
// elements. Deleted, moved-away, struck-out and hidden text, field codes and placeholder prompts
// are left out.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_docx(std::string_view bytes);
Result<Document> read_wordml(std::string_view bytes);

}  // namespace dengji
