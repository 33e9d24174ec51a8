// Keys of the state directory: 32 random bytes in a file of mode 0600, and what is derived from
// them by HMAC-SHA-256 (RFC 2104, libsodium). Errors: StoreError.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace dengji {

std::string make_key(const std::filesystem::path&);  // loads it, or makes it where there is none
std::string load_key(
    const std::filesystem::path&);  // 32 bytes; throws where absent or of another size

std::string derive_key(const std::string& master, std::string_view purpose);  // 32 bytes
std::string hmac_hex(const std::string& key, std::string_view bytes);         // 64 digits

}  // namespace dengji
