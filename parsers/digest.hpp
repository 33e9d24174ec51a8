// Digests of bytes in lower-case hexadecimal digits.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

// SHA-256 (FIPS 180-4), 64 digits: the name of a blob.
std::string sha256_hex(std::string_view bytes);

// BLAKE2b (RFC 7693) of 16 bytes, 32 digits: several times as fast, for what is never kept.
std::string blake2b_hex(std::string_view bytes);

}  // namespace dengji
