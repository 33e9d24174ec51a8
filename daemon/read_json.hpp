// What `dengji read` prints of one file: a document's tables, text and form, or the parts of a
// message or an archive. Pure; run in the confined child, since it reads hostile bytes.
#pragma once
#include <string>
#include <string_view>

#include "parsers/form.hpp"

namespace dengji {

// One JSON object without "file": {"kind", "tables", "text", "form"}, {"kind", "parts"} or
// {"error": why}. `name` serves where the bytes do not tell what they are.
std::string read_json(const std::string& name, std::string_view bytes, const FormSpecs&);

}  // namespace dengji
