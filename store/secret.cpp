#include "store/secret.hpp"

#include <fcntl.h>
#include <sodium.h>

#include <array>
#include <fstream>
#include <iterator>

#include "store/database.hpp"
#include "store/file.hpp"

namespace dengji {

namespace {

constexpr std::size_t key_bytes = crypto_auth_hmacsha256_KEYBYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hmac(const std::string& key, std::string_view bytes) {
  crypto_auth_hmacsha256_state state;
  std::array<unsigned char, crypto_auth_hmacsha256_BYTES> mac{};
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(bytes), bytes.size());
  crypto_auth_hmacsha256_final(&state, mac.data());
  return {mac.begin(), mac.end()};
}

}  // namespace

std::string make_key(const std::filesystem::path& path) {
  if (std::filesystem::exists(path)) return load_key(path);
  if (sodium_init() < 0) throw StoreError("libsodium cannot start", false);
  std::string key(key_bytes, '\0');
  randombytes_buf(key.data(), key.size());
  // Renamed into place: a key is whole or absent.
  const auto temporary = path.string() + ".new";
  FileHandle file(temporary, O_CREAT | O_TRUNC | O_WRONLY, 0600);
  write_all(file, key, temporary);
  sync(file, temporary);
  std::filesystem::rename(temporary, path);
  sync_directory(std::filesystem::absolute(path).parent_path());
  return key;
}

std::string load_key(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string key{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || key.size() != key_bytes) {
    throw StoreError(path.string() + ": cannot be read, or is no key of this register", false);
  }
  return key;
}

std::string derive_key(const std::string& master, std::string_view purpose) {
  return hmac(master, purpose);
}

std::string hmac_hex(const std::string& key, std::string_view bytes) {
  const std::string mac = hmac(key, bytes);
  std::array<char, 2 * crypto_auth_hmacsha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), bytes_of(mac), mac.size());
  return hex.data();
}

}  // namespace dengji
