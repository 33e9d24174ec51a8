// A password or token as a file holds it: never in the configuration, never in a log, wiped when
// done with.
#pragma once
#include <filesystem>
#include <stdexcept>
#include <string>

namespace dengji {

struct SecretError : std::runtime_error {  // names the file and what to do, never its content
  using std::runtime_error::runtime_error;
};

class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  const std::string& reveal() const { return value_; }

 private:
  std::string value_;
};

// The first line of a file. A relative path is looked for in $CREDENTIALS_DIRECTORY
// (systemd.exec(5), LoadCredential=) when that is set. Refused: a file that everybody may read, an
// empty one, one over 16 KiB. Read anew at each login, so that a changed password needs no restart.
Secret read_secret(const std::filesystem::path&);

}  // namespace dengji
