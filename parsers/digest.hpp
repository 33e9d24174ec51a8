// SHA-256 (FIPS 180-4) of bytes as 64 lower-case hexadecimal digits: the name of a blob.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

std::string sha256_hex(std::string_view bytes);

}  // namespace dengji
