#include "store/rekey.hpp"

#include <array>

#include "store/blobs.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"

namespace dengji {

namespace {

// Each column that is sealed, and what tells its place (sealed_place()). `lookup`: the column that
// stands for its text where rows are sought by it.
struct SealedColumn {
  std::string table, column, id, position, lookup;
};
const std::array sealed_columns = {
    SealedColumn{"message", "subject", "id", "0", ""},
    SealedColumn{"message", "reading", "id", "0", ""},
    SealedColumn{"submission", "id_number", "id", "0", "id_key"},
    SealedColumn{"submission", "fields", "id", "0", ""},
    SealedColumn{"submission", "facts", "id", "0", ""},
    SealedColumn{"submission_file", "name", "submission", "position", ""},
    SealedColumn{"submission_file", "container", "submission", "position", ""},
    SealedColumn{"finding", "attachment", "submission", "position", ""},
    SealedColumn{"reply", "subject", "id", "0", ""},
    SealedColumn{"reply", "bytes", "id", "0", ""},
    SealedColumn{"ruling", "subject", "id", "0", ""},
    SealedColumn{"ruling", "body", "id", "0", ""},
    SealedColumn{"ruling", "note", "id", "0", ""},
    SealedColumn{"record_event", "note", "id", "0", ""},
};

constexpr std::int64_t batch = 50;  // ids in one transaction

std::vector<ResultRow> rows_after(Database& database, const SealedColumn& of, std::int64_t after) {
  return database.query("SELECT " + of.id + ", " + of.position + ", " + of.column + " FROM " +
                            of.table + " WHERE " + of.id + " > $1 AND " + of.id + " <= $2",
                        {after, after + batch});
}

std::int64_t last_id(Database& database, const SealedColumn& of) {
  return database.query("SELECT COALESCE(MAX(" + of.id + "), 0) FROM " + of.table).at(0).number(0);
}

std::string place_of(const SealedColumn& of, const ResultRow& row) {
  return sealed_place(of.table + '.' + of.column, row.number(0), row.number(1));
}

void reseal_row(Database& database, const SealedColumn& of, const ResultRow& row) {
  const Keyring& keys = database.keys();
  const std::string place = place_of(of, row);
  const std::string text = keys.open(row.text(2), place);
  const auto set = [&](const std::string& column, const std::string& value) {
    database.execute("UPDATE " + of.table + " SET " + column + " = $1 WHERE " + of.id +
                         " = $2 AND " + of.position + " = $3",
                     {value, row.number(0), row.number(1)});
  };
  set(of.column, keys.seal(text, place));
  if (!of.lookup.empty()) set(of.lookup, keys.lookup(text));
}

// What a damaged value or blob throws is a problem; what the disk does ends it all.
template <class Call>
void noting(std::vector<std::string>& problems, const Call& call) {
  try {
    call();
  } catch (const StoreError& error) {
    if (error.retry) throw;
    problems.emplace_back(error.what());
  }
}

// Those of ids in (after, after + batch] that are not as they would be written now.
void reseal_batch(Database& database, const SealedColumn& of, std::int64_t after, Rekeyed& done) {
  Transaction transaction(database);
  std::int64_t changed = 0;
  for (const ResultRow& row : rows_after(database, of, after)) {
    if (database.keys().is_current(row.text(2))) continue;
    noting(done.problems, [&] {
      reseal_row(database, of, row);
      ++changed;
    });
  }
  if (changed == 0) return;
  failpoint("before-rekey-commit");
  transaction.commit();
  failpoint("after-rekey-commit");
  done.rows += changed;
}

}  // namespace

std::vector<std::string> unopened(Database& database) {
  std::vector<std::string> problems;
  for (const SealedColumn& of : sealed_columns)
    for (std::int64_t after = 0, last = last_id(database, of); after < last; after += batch)
      for (const ResultRow& row : rows_after(database, of, after))
        noting(problems, [&] { (void)database.keys().open(row.text(2), place_of(of, row)); });
  return problems;
}

Rekeyed rekey(Database& database, Blobs& blobs) {
  const StoreError other("register: dengjid works under another key: start it with this one first",
                         false);
  if (!database.writes_under_our_key()) throw other;
  Rekeyed done;
  database.execute("PRAGMA secure_delete = ON");  // what was there before is overwritten
  for (const SealedColumn& of : sealed_columns)
    for (std::int64_t after = 0, last = last_id(database, of); after < last; after += batch)
      reseal_batch(database, of, after, done);
  for (const std::string& sha256 : blobs.all())
    noting(done.problems, [&] { done.blobs += blobs.reseal(sha256) ? 1 : 0; });
  if (done.problems.empty() && !database.forget_former_keys()) throw other;
  return done;
}

}  // namespace dengji
