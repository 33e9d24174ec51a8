// What the readers' headers promise of any answer, checked. A promise that is broken aborts with
// its words, which a fuzzer and a test both take for a crash.
#pragma once
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/document.hpp"
#include "parsers/result.hpp"

namespace dengji::fuzz {

void require(bool kept, std::string_view promise);

void require_text(std::string_view text);  // UTF-8 without NUL
void require_name(std::string_view name);  // as clean_name() gives them

void require_document(const Document& document);
void require_attachment(const Attachment& attachment);

// Either is right: a document, or a reason.
void require_answer(const Result<Document>& answer);

}  // namespace dengji::fuzz
