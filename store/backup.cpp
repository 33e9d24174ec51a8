#include "store/backup.hpp"

#include <fcntl.h>

#include "store/audit.hpp"
#include "store/blobs.hpp"
#include "store/database.hpp"
#include "store/file.hpp"
#include "store/rekey.hpp"
#include "store/secret.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;

constexpr const char* database_name = "register.db";
constexpr const char* key_name = "secret.key";

// A blob that is damaged is told and left out: the others are worth having.
Copied copy_blobs(const Blobs& from, Blobs to) {
  Copied copied;
  for (const std::string& sha256 : from.all()) {
    try {
      const std::string bytes = from.get(sha256);
      to.put(bytes);
      ++copied.blobs;
      copied.bytes += static_cast<std::int64_t>(bytes.size());
    } catch (const KeyMissing&) {
      throw;
    } catch (const StoreError& error) {
      if (error.retry) throw;  // the disk's fault, not the blob's
      copied.problems.emplace_back(error.what());
    }
  }
  return copied;
}

// Whole or absent under its name.
void copy_durably(const fs::path& from, const fs::path& to) {
  const fs::path temporary = to.string() + ".new";
  try {
    fs::copy_file(from, temporary, fs::copy_options::overwrite_existing);
    fs::permissions(temporary, fs::perms::owner_read | fs::perms::owner_write);
    sync(FileHandle(temporary, O_RDONLY), temporary);
    fs::rename(temporary, to);
  } catch (const fs::filesystem_error& error) {
    throw StoreError(error.what(), false);
  }
  sync_directory(to.parent_path());
}

void refuse_existing(const fs::path& path, const char* what) {
  if (fs::exists(path)) throw StoreError(path.string() + what, false);
}

}  // namespace

Copied back_up(Database& database, const fs::path& state, const fs::path& directory) {
  refuse_existing(directory, " exists already: name a directory that does not");
  const fs::path partial = directory.string() + ".partial";
  fs::remove_all(partial);  // of a backup that was cut off
  make_private_directory(partial);
  // The database first: what it names was in the blobs before, and they only grow.
  database.copy_to(partial / database_name);
  sync(FileHandle(partial / database_name, O_RDONLY), partial / database_name);
  copy_durably(state / key_name, partial / key_name);
  const Keyring& keys = database.keys();
  Copied copied = copy_blobs(Blobs(state / "blobs", keys), Blobs(partial / "blobs", keys));
  fs::rename(partial, directory);
  sync_directory(fs::absolute(directory).parent_path());
  return copied;
}

Copied restore(const fs::path& backup, const fs::path& state, const Keyring& keys) {
  if (!fs::exists(backup / database_name) || !fs::exists(backup / key_name))
    throw StoreError(backup.string() + " is no backup: it has no register.db and secret.key",
                     false);
  refuse_existing(state / database_name, " exists: move it and its -wal away first");
  make_private_directory(state);
  const FileLock lock(state / "lock");
  const fs::path key = state / key_name;
  if (fs::exists(key) && load_key(key) != load_key(backup / key_name))
    throw StoreError(key.string() + " is another register's: move it away first", false);
  Copied copied = copy_blobs(Blobs(backup / "blobs", keys), Blobs(state / "blobs", keys));
  copy_durably(backup / key_name, key);
  copy_durably(backup / database_name, state / database_name);
  return copied;
}

std::vector<std::string> verify(Database& database, const Blobs& blobs) {
  std::vector<std::string> problems = database.damage(Database::Look::whole);
  if (const auto row = verify_audit(database)) {
    problems.push_back(*row == 0 ? "audit: rows are missing at its end"
                                 : "audit: row " + std::to_string(*row) + " was changed");
  }
  for (std::string& problem : unopened(database)) problems.push_back(std::move(problem));
  for (const ResultRow& row :
       database.query("SELECT id, sha256 FROM message WHERE sha256 IS NOT NULL ORDER BY id")) {
    try {
      (void)blobs.get(row.text(1));
    } catch (const StoreError& error) {
      problems.push_back("message M" + row.text(0) + ": " + error.what());
    }
  }
  return problems;
}

}  // namespace dengji
