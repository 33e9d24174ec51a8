// The register's database: SQLite (WAL, synchronous=FULL, foreign keys) through Poco::Data, whose
// headers stay in database.cpp. SQL in this folder is what SQLite and PostgreSQL both take, its
// parameters are $1, $2 ... in the order of their first use. One connection, used by one thread at
// a time: calls of other threads wait. Errors are StoreError, which say whether they may be
// retried.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/error.hpp"
#include "store/keyring.hpp"

namespace dengji {

// A column or a parameter. NUL cannot be stored (PostgreSQL refuses it): it becomes U+FFFD.
struct Null {};
using Value = std::variant<Null, std::int64_t, std::string>;

class ResultRow {
 public:
  explicit ResultRow(std::vector<std::string> columns) : columns_(std::move(columns)) {}
  const std::string& text(std::size_t column) const { return columns_.at(column); }  // "" for NULL
  std::int64_t number(std::size_t column) const;                                     // 0 for NULL

 private:
  std::vector<std::string> columns_;
};

class Database {
 public:
  // owner: the one daemon of this register. Makes the directory (0700), takes the lock file
  // (flock), looks for damage, migrates the schema, raises the generation. guest: an operator's
  // program beside it, which reads and requeues; needs a register that exists, of just this
  // program's schema.
  enum class Mode { owner, guest };

  // Throws KeyMissing where it is sealed under a key that is not among these. From an owner's start
  // on, what is written is sealed under its current key.
  Database(const std::filesystem::path& state_directory, Mode mode, Keyring keys = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  std::vector<ResultRow> query(const std::string& sql, const std::vector<Value>& parameters = {});
  std::int64_t execute(const std::string& sql, const std::vector<Value>& parameters = {});

  // Raised by each owner: claims of an earlier generation belong to a process that is gone.
  std::int64_t generation() const;

  // What SQLite finds wrong with its file, in words; empty: nothing. quick leaves out whether
  // indexes and references agree with the rows.
  enum class Look { quick, whole };
  std::vector<std::string> damage(Look);

  const Keyring& keys() const;
  // Whether the owner of this register seals under our current key (or, like us, not at all).
  bool writes_under_our_key();
  // After all was sealed anew under it: the others are needed no more. False: see above.
  bool forget_former_keys();

  // The database as it is at one moment, as a file that must not exist yet; others may go on.
  void copy_to(const std::filesystem::path&);

  // A key of 32 bytes for one purpose ("audit", "message-id"), derived from DIRECTORY/secret.key,
  // which the first owner makes (0600) and which never enters the database.
  std::string secret(std::string_view purpose) const;

 private:
  friend class Transaction;
  struct State;
  std::unique_ptr<State> state_;
};

// BEGIN IMMEDIATE until commit(); rolled back when it is left without one. Within another
// transaction of the same thread it joins that one, which then cannot commit unless this one did.
// An owner whose generation is no longer the newest (its lock file was removed, another daemon
// runs) is refused.
class Transaction {
 public:
  explicit Transaction(Database&);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();  // durable when it returns

 private:
  Database& database_;
  bool committed_ = false;
};

// The next free id of a table with a column "id"; only within a transaction.
std::int64_t next_id(Database&, const std::string& table);

}  // namespace dengji
