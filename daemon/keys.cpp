#include "daemon/keys.hpp"

#include <sodium.h>

#include "daemon/secret.hpp"

namespace dengji {
namespace {

constexpr std::size_t key_bytes = 32;

std::string key_in(const std::filesystem::path& file) {
  const Secret secret = read_secret(file);
  const std::string& digits = secret.reveal();
  std::string key(key_bytes, '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int status = sodium_hex2bin(reinterpret_cast<unsigned char*>(key.data()), key.size(),
                                    digits.data(), digits.size(), nullptr, &size, &end);
  if (status != 0 || size != key_bytes || end != digits.data() + digits.size())
    throw SecretError(file.string() + " is no key: its first line must be 64 hexadecimal digits");
  return key;
}

}  // namespace

Keyring keyring_of(const Config& config) {
  std::string current = config.key_file.empty() ? "" : key_in(config.key_file);
  std::vector<std::string> former;
  for (const auto& file : config.old_key_files) former.push_back(key_in(file));
  Keyring keys(current, former);
  sodium_memzero(current.data(), current.size());
  for (auto& key : former) sodium_memzero(key.data(), key.size());
  return keys;
}

}  // namespace dengji
