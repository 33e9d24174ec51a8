// The keys under which personal data is sealed at rest (libsodium): the current one, under which
// all is written, and former ones, which are only read. Without any, everything stays plain.
// Errors: StoreError; KeyMissing where something is sealed under a key that is not here.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "store/error.hpp"

namespace dengji {

struct KeyMissing : StoreError {
  explicit KeyMissing(const std::string& id);  // of the key; it betrays nothing of it
};

class Keyring {
 public:
  Keyring() = default;
  // Keys are 32 random bytes; current "" seals no more, and reads what former ones sealed.
  Keyring(std::string_view current, const std::vector<std::string>& former);

  const std::string& current() const;  // its id, 16 hex digits; "" where nothing is sealed
  bool has(std::string_view id) const;

  // A column's text and back (XChaCha20-Poly1305, base64). It opens only in its place, so that no
  // row can be put under another; "" stays "". What is not sealed comes back as it is.
  std::string seal(std::string_view text, std::string_view place) const;
  std::string open(const std::string& stored, std::string_view place) const;
  bool is_current(std::string_view stored) const;  // as seal() would write it now

  // What stands for a sealed number where rows are sought by it: keyed, one for each key, the
  // current one's first.
  std::vector<std::string> lookups(std::string_view text) const;
  std::string lookup(std::string_view text) const;  // the current one's; "" without, and of ""

  // The key of the blobs (32 bytes) of this id; throws KeyMissing.
  const std::string& blob_key(std::string_view id) const;

 private:
  struct Key;
  const Key& key(std::string_view id) const;

  std::shared_ptr<const std::vector<Key>> keys_;
  std::string current_;
};

// Where a sealed text stands: "submission.fields 12/0".
std::string sealed_place(std::string_view column, std::int64_t id, std::int64_t position = 0);

}  // namespace dengji
