#include "parsers/digest.hpp"

#include <sodium.h>

#include <array>

namespace dengji {
namespace {

const unsigned char* data(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

template <std::size_t size>
std::string hex_of(const std::array<unsigned char, size>& hash) {
  std::array<char, 2 * size + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), data(bytes), bytes.size());
  return hex_of(hash);
}

std::string blake2b_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), data(bytes), bytes.size(), nullptr, 0);
  return hex_of(hash);
}

}  // namespace dengji
