// A register copied while its daemon works, put back, and looked over. What belongs to it:
// register.db, secret.key, blobs/. Errors: StoreError.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "store/keyring.hpp"

namespace dengji {

class Blobs;
class Database;

struct Copied {
  std::int64_t blobs = 0, bytes = 0;  // of the blobs
  std::vector<std::string> problems;  // blobs that could not be copied: damaged, unreadable
};

// The register of `state` as it is at one moment into `directory`, which must not exist: it appears
// under that name once it is whole and durable. The key is copied too: keep it accordingly.
// Sealed mail stays sealed, under the database's current key.
Copied back_up(Database&, const std::filesystem::path& state,
               const std::filesystem::path& directory);

// A backup into `state`, where no register may be. The database comes last, so a restore that was
// cut off can be run again. Throws KeyMissing where mail is sealed under a key that is not here.
Copied restore(const std::filesystem::path& backup, const std::filesystem::path& state,
               const Keyring& keys = {});

// What is wrong with a register, in words: the database's pages and references, the audit's chain,
// the sealed values, each mail's raw bytes. Empty: it is whole.
std::vector<std::string> verify(Database&, const Blobs&);

}  // namespace dengji
