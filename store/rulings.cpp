#include "store/rulings.hpp"

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/filing.hpp"
#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

const char* const ruling_columns =
    "id, submission, kind, actor, at, due, recipient, subject, body, note";

Ruling ruling_of(const Database& database, const ResultRow& row) {
  const auto kind = ruling_kind_from(row.text(2));
  if (!kind) throw StoreError("register: unknown ruling " + row.text(2), false);
  return {row.number(0),
          row.number(1),
          *kind,
          row.text(3),
          row.number(4),
          row.number(5),
          row.text(6),
          opened(database, row, 7, "ruling.subject", row.number(0)),
          opened(database, row, 8, "ruling.body", row.number(0)),
          opened(database, row, 9, "ruling.note", row.number(0))};
}

// The message of a submission that waits for a person, as it was at this revision.
std::optional<Id> waiting(Database& database, Id submission, std::int64_t revision) {
  const auto rows = database.query(
      "SELECT message FROM submission s WHERE id = $1 AND revision = $2 AND decision = 'review'"
      " AND superseded = 0 AND NOT EXISTS"
      " (SELECT 1 FROM ruling r WHERE r.submission = s.id AND r.state = 'pending')",
      {submission, revision});
  if (rows.empty()) return std::nullopt;
  return rows[0].number(0);
}

void touch(Database& database, Id submission) {
  database.execute("UPDATE submission SET revision = revision + 1 WHERE id = $1", {submission});
}

std::string named(Id submission) { return "S" + std::to_string(submission); }

}  // namespace

std::string_view to_string(RulingKind kind) {
  switch (kind) {
    case RulingKind::accept:
      return "accept";
    case RulingKind::correct:
      return "correct";
    case RulingKind::reject:
      return "reject";
  }
  return "";
}

std::optional<RulingKind> ruling_kind_from(std::string_view word) {
  for (const auto kind : {RulingKind::accept, RulingKind::correct, RulingKind::reject})
    if (word == to_string(kind)) return kind;
  return std::nullopt;
}

std::vector<Ruling> pending_rulings(Database& database, const std::string& submissions) {
  std::vector<Ruling> all;
  for (const auto& row :
       database.query(std::string("SELECT ") + ruling_columns +
                      " FROM ruling WHERE submission IN " + submissions + " AND state = 'pending'"))
    all.push_back(ruling_of(database, row));
  return all;
}

Rulings::Rulings(Database& database, std::vector<std::pair<std::string, std::string>> prefixes)
    : database_(database), prefixes_(std::move(prefixes)) {}

Rulings::Taken Rulings::decide(const Ruling& given, std::int64_t revision) {
  Transaction transaction(database_);
  if (database_.query("SELECT 1 FROM submission WHERE id = $1", {given.submission}).empty())
    return Taken::unknown;
  const auto message = waiting(database_, given.submission, revision);
  if (!message) return Taken::decided;
  const Id id = next_id(database_, "ruling");
  const Keyring& keys = database_.keys();
  database_.execute(
      "INSERT INTO ruling (id, submission, kind, actor, at, due, state, recipient, subject, body,"
      " note) VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10)",
      {id, given.submission, std::string(to_string(given.kind)), given.actor, given.at, given.due,
       given.to, keys.seal(given.subject, sealed_place("ruling.subject", id)),
       keys.seal(given.body, sealed_place("ruling.body", id)),
       keys.seal(given.note, sealed_place("ruling.note", id))});
  touch(database_, given.submission);
  append_audit(database_, {given.at, given.actor, "rule", *message,
                           named(given.submission) + ' ' + std::string(to_string(given.kind)) +
                               (given.note.empty() ? "" : ": " + given.note)});
  transaction.commit();
  return Taken::yes;
}

bool Rulings::undo(Id submission, const std::string& actor, Seconds now) {
  Transaction transaction(database_);
  const auto changed = database_.execute(
      "UPDATE ruling SET state = 'undone' WHERE submission = $1 AND state = 'pending'"
      " AND due > $2",
      {submission, now});
  if (changed == 0) return false;
  touch(database_, submission);
  const auto message =
      database_.query("SELECT message FROM submission WHERE id = $1", {submission}).at(0).number(0);
  append_audit(database_, {now, actor, "undo", message, named(submission)});
  transaction.commit();
  return true;
}

std::optional<Ruling> Rulings::pending(Id submission) {
  const auto rows = database_.query(std::string("SELECT ") + ruling_columns +
                                        " FROM ruling WHERE submission = $1 AND state = 'pending'",
                                    {submission});
  if (rows.empty()) return std::nullopt;
  return ruling_of(database_, rows[0]);
}

std::optional<Ruling> Rulings::due(Seconds now) {
  const auto rows = database_.query(
      std::string("SELECT ") + ruling_columns +
          " FROM ruling WHERE state = 'pending' AND (due <= $1 OR at > $1) ORDER BY due, id"
          " LIMIT 1",
      {now});
  if (rows.empty()) return std::nullopt;
  return ruling_of(database_, rows[0]);
}

Filed Rulings::carry_out(const Ruling& ruling, const Registering& registering,
                         const std::string& year, Seconds now,
                         const std::function<std::optional<Letter>(const Filed&)>& compose) {
  Transaction transaction(database_);
  const auto row = database_
                       .query(
                           "SELECT message, office, form, platform, account_id FROM submission"
                           " WHERE id = $1",
                           {ruling.submission})
                       .at(0);
  if (database_.execute("UPDATE ruling SET state = 'done' WHERE id = $1 AND state = 'pending'",
                        {ruling.id}) != 1)
    throw StoreError("register: ruling " + std::to_string(ruling.id) + " was carried out", false);
  const bool accepted = ruling.kind == RulingKind::accept;
  const auto change = accepted ? registering.change : RecordChange::none;
  const Id message = row.number(0);
  const std::string office = row.text(1);
  std::string prefix;
  for (const auto& [id, of] : prefixes_)
    if (id == office) prefix = of;
  if (prefix.empty()) throw StoreError("register: office " + office + " has no prefix", false);
  const Filed filed = file_entry(database_,
                                 {ruling.submission, office, row.text(2), row.text(3), row.text(4),
                                  change, registering.record, registering.status},
                                 {prefix, year, now});
  touch(database_, ruling.submission);
  database_.execute(
      "UPDATE submission SET decision = $1, change = $2 WHERE id = $3",
      {accepted ? "accept" : "reject", std::string(to_string(change)), ruling.submission});
  // A decision of its own, so that its letter stands beside that of the machine.
  database_.execute("UPDATE message SET version = version + 1 WHERE id = $1", {message});
  const auto version =
      database_.query("SELECT version FROM message WHERE id = $1", {message}).at(0).number(0);
  const auto letter = compose(filed);
  if (letter)
    database_.execute("UPDATE ruling SET reply = $1 WHERE id = $2",
                      {owe_letter(database_, message, version, *letter, now), ruling.id});
  append_audit(database_, {now, ruling.actor, "carry-out", message,
                           named(ruling.submission) + ' ' + std::string(to_string(ruling.kind)) +
                               (filed.number.empty() ? "" : ", " + filed.number) +
                               ", letter: " + (letter ? letter->kind : "none")});
  failpoint("before-ruling-commit");
  transaction.commit();
  failpoint("after-ruling-commit");
  return filed;
}

bool Rulings::forward(Id submission, std::int64_t revision, const std::string& office,
                      const std::string& actor, const std::string& note, Seconds now) {
  Transaction transaction(database_);
  const auto message = waiting(database_, submission, revision);
  if (!message) return false;
  const auto from =
      database_.query("SELECT office FROM submission WHERE id = $1", {submission}).at(0).text(0);
  database_.execute("UPDATE submission SET office = $1, revision = revision + 1 WHERE id = $2",
                    {office, submission});
  append_audit(database_, {now, actor, "forward", *message,
                           named(submission) + " from " + from + " to " + office +
                               (note.empty() ? "" : ": " + note)});
  transaction.commit();
  return true;
}

}  // namespace dengji
