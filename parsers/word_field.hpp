// A Word form field ([MS-DOC] 2.9.78 FFData), which stands behind FORMCHECKBOX and FORMDROPDOWN:
// its state is in the Data stream, not in the text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace dengji {

// What a reader sees for the form field at `offset` of the Data stream: a box, the chosen line of a
// drop-down list, or "" for a text field, whose content stands in the text.
std::string form_field_text(std::string_view data, std::uint32_t offset);

}  // namespace dengji
