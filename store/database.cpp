#include "store/database.hpp"

#include <Poco/Data/RecordSet.h>
#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/SQLite/SQLiteException.h>
#include <Poco/Data/Session.h>
#include <Poco/URI.h>
#include <fcntl.h>
#include <unistd.h>

#include <mutex>
#include <optional>

#include "store/failpoint.hpp"
#include "store/file.hpp"
#include "store/schema.hpp"
#include "store/secret.hpp"

namespace dengji {

namespace {

constexpr int busy_milliseconds = 10'000;

// Poco's exceptions as ours. What can pass by itself (a lock, a full or failing disk) may be
// retried.
template <typename Call>
auto guarded(const char* doing, const Call& call) {
  namespace sqlite = Poco::Data::SQLite;
  const auto error = [&](const Poco::Exception& e, bool retry) {
    return StoreError(std::string("register: ") + doing + ": " + e.displayText(), retry);
  };
  try {
    return call();
  } catch (const sqlite::DBLockedException& e) {
    throw error(e, true);
  } catch (const sqlite::TableLockedException& e) {
    throw error(e, true);
  } catch (const sqlite::IOErrorException& e) {
    throw error(e, true);
  } catch (const sqlite::DatabaseFullException& e) {
    throw error(e, true);
  } catch (const sqlite::ReadOnlyException& e) {
    throw error(e, true);
  } catch (const Poco::Exception& e) {
    throw error(e, false);
  }
}

std::string without_nul(const std::string& text) {
  if (text.find('\0') == std::string::npos) return text;
  std::string clean;
  for (const char c : text) c == '\0' ? clean.append("\uFFFD") : clean.append(1, c);
  return clean;
}

void bind_all(Poco::Data::Statement& statement, const std::vector<Value>& parameters) {
  using Poco::Data::Keywords::bind;
  for (const Value& parameter : parameters) {
    if (const auto* number = std::get_if<std::int64_t>(&parameter)) {
      statement, bind(static_cast<Poco::Int64>(*number));
    } else if (const auto* text = std::get_if<std::string>(&parameter)) {
      statement, bind(without_nul(*text));
    } else {
      statement, bind(Poco::Data::Keywords::null);
    }
  }
}

// mode=rw: a register is made by our own open() with 0600, never by SQLite by accident.
std::string sqlite_uri(const std::filesystem::path& file) {
  std::string path;
  Poco::URI::encode(file.string(), "?#%", path);
  return "file:" + path + "?mode=rw";
}

Poco::Data::Session open_session(const std::filesystem::path& file) {
  Poco::Data::SQLite::Connector::registerConnector();
  return guarded("opening ", [&] {
    return Poco::Data::Session(Poco::Data::SQLite::Connector::KEY, sqlite_uri(file));
  });
}

// Meta rows "key ID": each key that something may be sealed under; number 1: what is written is.
void check_keys(Database& database) {
  for (const ResultRow& row : database.query("SELECT text FROM meta WHERE name LIKE 'key %'"))
    if (!database.keys().has(row.text(0))) throw KeyMissing(row.text(0));
}

void write_under(Database& database, const std::string& key) {
  database.execute("UPDATE meta SET number = 0 WHERE name LIKE 'key %'");
  if (key.empty()) return;
  database.execute(
      "INSERT INTO meta (name, number, text) VALUES ($1, 1, $2)"
      " ON CONFLICT (name) DO UPDATE SET number = 1",
      {"key " + key, key});
}

}  // namespace

std::int64_t ResultRow::number(std::size_t column) const {
  const std::string& text = columns_.at(column);
  return text.empty() ? 0 : std::stoll(text);
}

struct Database::State {
  State(const std::filesystem::path& file, Mode open_mode)
      : mode(open_mode), session(open_session(file)) {}

  std::recursive_mutex mutex;  // recursive: a transaction holds it while its thread queries
  Mode mode;
  std::optional<FileLock> lock;
  Poco::Data::Session session;
  std::string master_key;
  Keyring keys;
  std::int64_t generation = 0;
  int depth = 0;        // of joined transactions
  bool doomed = false;  // a joined one was left without a commit
};

Database::Database(const std::filesystem::path& directory, Mode mode, Keyring keys) {
  const auto file = directory / "register.db";
  std::optional<FileLock> lock;
  if (mode == Mode::owner) {
    make_private_directory(directory);
    lock.emplace(directory / "lock");
    make_private_file(file);
  } else if (!std::filesystem::exists(file)) {
    throw StoreError("register: no " + file.string() + "; dengjid makes it at its first start",
                     false);
  }
  state_ = std::make_unique<State>(file, mode);
  state_->lock = std::move(lock);
  state_->keys = std::move(keys);
  execute("PRAGMA busy_timeout = " + std::to_string(busy_milliseconds));
  execute("PRAGMA foreign_keys = ON");
  execute("PRAGMA synchronous = FULL");  // WAL with NORMAL may lose commits at a power cut
  execute(
      "PRAGMA cache_size = -65536");  // KiB: a full register's indexes, not read again and again
  if (mode == Mode::guest) {
    state_->master_key = load_key(directory / "secret.key");
    check_schema(*this);
    check_keys(*this);
    return;
  }
  state_->master_key = make_key(directory / "secret.key");
  query("PRAGMA journal_mode = WAL");
  if (const auto problems = damage(Look::quick); !problems.empty())
    throw StoreError(problems.front() + "; move it away and restore a backup (dengji restore)",
                     false);
  migrate(*this);
  check_keys(*this);
  Transaction transaction(*this);
  write_under(*this, state_->keys.current());
  execute("UPDATE meta SET number = number + 1 WHERE name = 'generation'");
  state_->generation = query("SELECT number FROM meta WHERE name = 'generation'").at(0).number(0);
  transaction.commit();
}

Database::~Database() = default;

std::vector<ResultRow> Database::query(const std::string& sql,
                                       const std::vector<Value>& parameters) {
  const std::lock_guard guard(state_->mutex);
  return guarded("query", [&] {
    Poco::Data::Statement statement(state_->session);
    statement << sql;
    bind_all(statement, parameters);
    statement.execute();
    Poco::Data::RecordSet set(statement);
    std::vector<ResultRow> rows;
    for (std::size_t row = 0; row < set.rowCount(); ++row) {
      std::vector<std::string> columns;
      for (std::size_t column = 0; column < set.columnCount(); ++column) {
        const auto value = set.value(column, row);
        columns.push_back(value.isEmpty() ? "" : value.convert<std::string>());
      }
      rows.emplace_back(std::move(columns));
    }
    return rows;
  });
}

std::int64_t Database::execute(const std::string& sql, const std::vector<Value>& parameters) {
  const std::lock_guard guard(state_->mutex);
  return guarded("write", [&] {
    Poco::Data::Statement statement(state_->session);
    statement << sql;
    bind_all(statement, parameters);
    return static_cast<std::int64_t>(statement.execute());
  });
}

std::vector<std::string> Database::damage(Look look) {
  std::vector<std::string> problems;
  for (const ResultRow& row :
       query(look == Look::quick ? "PRAGMA quick_check(10)" : "PRAGMA integrity_check(10)"))
    if (row.text(0) != "ok") problems.push_back("register: " + row.text(0));
  if (look == Look::whole)
    for (const ResultRow& row : query("PRAGMA foreign_key_check"))
      problems.push_back("register: a row of " + row.text(0) + " refers to a missing one of " +
                         row.text(2));
  return problems;
}

void Database::copy_to(const std::filesystem::path& file) {
  execute("VACUUM INTO $1", {file.string()});
}

std::int64_t Database::generation() const { return state_->generation; }

const Keyring& Database::keys() const { return state_->keys; }

bool Database::writes_under_our_key() {
  const auto now = query("SELECT text FROM meta WHERE name LIKE 'key %' AND number = 1");
  return (now.empty() ? "" : now[0].text(0)) == keys().current();
}

bool Database::forget_former_keys() {
  Transaction transaction(*this);
  if (!writes_under_our_key()) return false;
  execute("DELETE FROM meta WHERE name LIKE 'key %' AND number = 0");
  transaction.commit();
  query("PRAGMA wal_checkpoint(TRUNCATE)");  // the log holds pages as they were before
  return true;
}

std::string Database::secret(std::string_view purpose) const {
  return derive_key(state_->master_key, purpose);
}

Transaction::Transaction(Database& database) : database_(database) {
  auto& state = *database_.state_;
  std::unique_lock guard(state.mutex);
  if (state.depth == 0) {
    // Poco's own begin() is deferred: its first write may fail at once with SQLITE_BUSY_SNAPSHOT.
    database_.execute("BEGIN IMMEDIATE");
    state.doomed = false;
    if (state.generation != 0 &&
        database_.query("SELECT number FROM meta WHERE name = 'generation'").at(0).number(0) !=
            state.generation) {
      database_.execute("ROLLBACK");
      throw StoreError("register: another daemon owns it now", false);
    }
  }
  ++state.depth;
  guard.release();  // held until the destructor
}

Transaction::~Transaction() {
  auto& state = *database_.state_;
  const std::lock_guard adopted(state.mutex, std::adopt_lock);
  --state.depth;
  if (committed_) return;
  state.doomed = true;
  if (state.depth > 0) return;
  try {
    database_.execute("ROLLBACK");
  } catch (const StoreError&) {
    // SQLite has rolled back by itself after some errors (a full disk); then there is none to end.
  }
}

void Transaction::commit() {
  auto& state = *database_.state_;
  if (state.doomed) throw StoreError("register: a joined transaction was rolled back", false);
  if (state.depth == 1) database_.execute("COMMIT");
  committed_ = true;
}

std::int64_t next_id(Database& database, const std::string& table) {
  return database.query("SELECT COALESCE(MAX(id), 0) + 1 FROM " + table).at(0).number(0);
}

}  // namespace dengji
