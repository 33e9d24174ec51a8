// Documents that are a zip, written so that a mutation hits their XML: a line "==> name" before
// each part. Bytes that are a zip already stay as they are.
#pragma once
#include <string>
#include <string_view>

namespace dengji::fuzz {

// What stands before the first such line is the content of `body`, the part that every document of
// this kind has.
std::string zip_of(std::string_view parts, std::string_view body);

}  // namespace dengji::fuzz
