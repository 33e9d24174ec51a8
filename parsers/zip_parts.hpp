// Chosen members of a zip that is a document (OOXML, ODF), inflated in memory within limits.
#pragma once
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "parsers/result.hpp"

namespace dengji {

using ZipParts = std::map<std::string, std::string>;  // by name, lower case (ASCII), '/' between

// `wanted` is asked with the name as it is in ZipParts.
Result<ZipParts> read_zip_parts(std::string_view bytes,
                                const std::function<bool(std::string_view)>& wanted);

}  // namespace dengji
