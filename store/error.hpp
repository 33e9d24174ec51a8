// What goes wrong with the register, its blobs and keys: in words for the operator, and whether the
// same call may succeed later.
#pragma once
#include <stdexcept>
#include <string>

namespace dengji {

struct StoreError : std::runtime_error {
  StoreError(const std::string& what, bool retry_later)
      : std::runtime_error(what), retry(retry_later) {}
  bool retry;  // true: locked, disk full, an I/O error; false: retrying would fail alike
};

}  // namespace dengji
