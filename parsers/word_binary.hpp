// Word 6-2003 files (.doc, Kingsoft's .wps; [MS-DOC]) as a Document: through the piece table,
// since most files in the wild are fast-saved. Deleted, struck-out and hidden text and field codes
// are left out; results of fields, check boxes and symbols are kept. `bytes` is any OLE2 file: what
// is no Word document of these versions is answered with its reason.
#pragma once
#include <string_view>

#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji {

Result<Document> read_word_binary(std::string_view bytes);

}  // namespace dengji
