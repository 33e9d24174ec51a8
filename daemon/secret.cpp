#include "daemon/secret.hpp"

#include <string.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <utility>

namespace dengji {
namespace {

constexpr std::uintmax_t secret_bytes = 16 * 1024;

void wipe(std::string& value) { explicit_bzero(value.data(), value.size()); }

std::filesystem::path locate(const std::filesystem::path& path) {
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");
  if (path.is_absolute() || credentials == nullptr) return path;
  return std::filesystem::path(credentials) / path;
}

void check_file(const std::filesystem::path& path) {
  struct stat info = {};
  if (stat(path.c_str(), &info) != 0)
    throw SecretError("cannot read the password file " + path.string());
  if (!S_ISREG(info.st_mode)) throw SecretError(path.string() + " is not a file");
  if ((info.st_mode & S_IRWXO) != 0)
    throw SecretError(path.string() + " can be read by everybody: chmod 600 it");
  if (static_cast<std::uintmax_t>(info.st_size) > secret_bytes)
    throw SecretError(path.string() + " is too large for a password");
}

}  // namespace

Secret::~Secret() { wipe(value_); }

Secret::Secret(Secret&& other) noexcept : value_(other.value_) { wipe(other.value_); }

Secret& Secret::operator=(Secret&& other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}

Secret read_secret(const std::filesystem::path& given) {
  const std::filesystem::path path = locate(given);
  check_file(path);
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line)) throw SecretError(path.string() + " is empty or cannot be read");
  if (line.ends_with('\r')) line.pop_back();
  if (line.empty()) throw SecretError("the first line of " + path.string() + " is empty");
  return Secret(std::move(line));
}

}  // namespace dengji
