// A PDF with a text layer as a Document: its words by poppler, its tables by the lines between
// them. Each line of text outside of tables is a paragraph. Pages that are pictures have no text:
// Why::empty if no page shows any, whatever invisible text a scanner laid over them.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_pdf(std::string_view bytes);

}  // namespace dengji
