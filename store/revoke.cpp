// Rulings' way back from a ruling that was carried out, while its letter has not gone.
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/filing.hpp"
#include "store/rulings.hpp"
#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

struct CarriedOut {
  Id ruling = 0, reply = 0, message = 0, record = 0;
  std::int64_t version = 0;  // of the record, as this submission made it
  RecordChange change = RecordChange::none;
};

// Its letter is owed, and no server may have taken it already.
std::optional<CarriedOut> unsent(Database& database, Id submission) {
  const auto rows = database.query(
      "SELECT r.id, p.id, s.message, COALESCE(s.record, 0), s.record_version, s.change"
      " FROM ruling r JOIN reply p ON p.id = r.reply JOIN submission s ON s.id = r.submission"
      " WHERE s.id = $1 AND r.state = 'done' AND p.state = 'owed' AND p.maybe_duplicate = 0"
      " AND s.superseded = 0 AND s.completed_by IS NULL",
      {submission});
  if (rows.empty()) return std::nullopt;
  CarriedOut done{rows[0].number(0), rows[0].number(1), rows[0].number(2),
                  rows[0].number(3), rows[0].number(4), RecordChange::none};
  for (const auto change : {RecordChange::create, RecordChange::append, RecordChange::repeat})
    if (rows[0].text(5) == to_string(change)) done.change = change;
  return done;
}

bool changes_record(const CarriedOut& done) {
  return done.change == RecordChange::create || done.change == RecordChange::append;
}

// Nothing else rests on what it registered.
bool stands_alone(Database& database, const CarriedOut& done, Id submission) {
  if (!changes_record(done)) return true;
  const bool is_newest = !database
                              .query("SELECT 1 FROM record WHERE id = $1 AND version = $2",
                                     {done.record, done.version})
                              .empty();
  const bool is_used =
      !database
           .query(
               "SELECT 1 FROM submission WHERE record = $1 AND record_version >= $2"
               " AND id <> $3",
               {done.record, done.version, submission})
           .empty();
  const bool is_noted =
      done.change == RecordChange::create &&
      !database.query("SELECT 1 FROM record_event WHERE record = $1", {done.record}).empty();
  return is_newest && !is_used && !is_noted;
}

void take_back_version(Database& database, const CarriedOut& done) {
  database.execute("DELETE FROM record_version WHERE record = $1 AND version = $2",
                   {done.record, done.version});
  if (done.change == RecordChange::create) {
    database.execute("DELETE FROM record WHERE id = $1", {done.record});
    return;
  }
  const auto before = database
                          .query(
                              "SELECT v.version, v.status, s.platform, s.platform_key,"
                              " s.account_id, v.created FROM record_version v"
                              " JOIN submission s ON s.id = v.submission WHERE v.record = $1"
                              " ORDER BY v.version DESC LIMIT 1",
                              {done.record})
                          .at(0);
  database.execute(
      "UPDATE record SET version = $1, status = $2, platform = $3, platform_key = $4,"
      " account_key = $5, updated = $6 WHERE id = $7",
      {before.number(0), before.text(1), before.text(2), before.text(3), key_of(before.text(4)),
       before.number(5), done.record});
}

}  // namespace

bool Rulings::revocable(Id submission) {
  const auto done = unsent(database_, submission);
  return done && stands_alone(database_, *done, submission);
}

bool Rulings::revoke(Id submission, const std::string& actor, Seconds now) {
  Transaction transaction(database_);
  const auto done = unsent(database_, submission);
  if (!done || !stands_alone(database_, *done, submission)) return false;
  std::string number;
  if (changes_record(*done))
    number =
        database_.query("SELECT number FROM record WHERE id = $1", {done->record}).at(0).text(0);
  database_.execute(
      "UPDATE submission SET decision = 'review', change = 'none', record = NULL,"
      " record_version = 0, revision = revision + 1 WHERE id = $1",
      {submission});
  if (changes_record(*done)) take_back_version(database_, *done);
  database_.execute("UPDATE reply SET state = 'withdrawn', finished = $1 WHERE id = $2",
                    {now, done->reply});
  database_.execute("UPDATE ruling SET state = 'undone' WHERE id = $1", {done->ruling});
  index_submission(database_, submission);
  append_audit(
      database_,
      {now, actor, "revoke", done->message,
       "S" + std::to_string(submission) +
           (number.empty() ? "" : ", " + number + " version " + std::to_string(done->version))});
  transaction.commit();
  return true;
}

}  // namespace dengji
