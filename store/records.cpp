#include "store/records.hpp"

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

// Who brought a version about: whoever ruled on its submission, else the daemon.
const char* const version_sql =
    "SELECT v.version, v.submission, s.message, v.status, s.action, s.platform, s.registrant_name,"
    " s.fields, v.created, COALESCE((SELECT r.actor FROM ruling r WHERE r.submission = s.id"
    " AND r.state = 'done'), 'dengjid'), m.received FROM record_version v"
    " JOIN submission s ON s.id = v.submission JOIN message m ON m.id = s.message WHERE v.record = "
    "$1 ORDER BY v.version";

RecordVersion version_of(const Database& database, const ResultRow& row) {
  return {static_cast<int>(row.number(0)),
          row.number(1),
          row.number(2),
          row.text(3),
          row.text(4),
          row.text(5),
          row.text(6),
          opened(database, row, 7, "submission.fields", row.number(1)),
          row.text(9),
          row.number(8),
          row.number(10)};
}

Id add_paper_message(Database& database, const PaperSubmission& paper) {
  const Id id = next_id(database, "message");
  database.execute(
      "INSERT INTO message (id, office, account, sha256, size, received, created, state, version,"
      " attempts, lease_until, generation, disposition, reason, message_id, sender, subject, date,"
      " settled, reading) VALUES ($1, $2, 'paper', NULL, 0, $3, $4, 'settled', 1, 0, 0, 0,"
      " 'submission', '', '', '', '', '', $4, $5)",
      {id, paper.office, paper.received, paper.now,
       database.keys().seal(paper.reading, sealed_place("message.reading", id))});
  return id;
}

}  // namespace

std::optional<StoredRecord> Records::find(const std::string& number) {
  const auto rows = database_.query(
      "SELECT id, number, office, form, platform, status, created, updated FROM record"
      " WHERE number = $1",
      {number});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows[0];
  StoredRecord record{
      row.number(0), row.text(1),   row.text(2), row.text(3), row.text(4), row.text(5),
      row.number(6), row.number(7), {},          {},          {}};
  for (const auto& version : database_.query(version_sql, {record.record}))
    record.versions.push_back(version_of(database_, version));
  for (const auto& event : database_.query(
           "SELECT kind, day, actor, note, at, id FROM record_event WHERE record = $1 ORDER BY id",
           {record.record}))
    record.events.push_back({event.text(0), event.text(1), event.text(2),
                             opened(database_, event, 3, "record_event.note", event.number(5)),
                             event.number(4)});
  for (const auto& message :
       database_.query("SELECT DISTINCT message FROM submission WHERE record = $1 ORDER BY message",
                       {record.record}))
    record.messages.push_back(message.number(0));
  return record;
}

std::vector<QueueItem> Records::submissions(Id record) {
  QueueFilter filter;
  filter.record = record;
  auto items = Queue(database_).search(filter);
  return {items.rbegin(), items.rend()};
}

void Records::note(Id record, const RecordEvent& event) {
  Transaction transaction(database_);
  const Id id = next_id(database_, "record_event");
  database_.execute(
      "INSERT INTO record_event (id, record, kind, day, at, actor, note)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {id, record, event.kind, event.day, event.at, event.actor,
       database_.keys().seal(event.note, sealed_place("record_event.note", id))});
  append_audit(database_,
               {event.at, event.actor, event.kind, 0,
                "record " + std::to_string(record) + " " + event.day + ": " + event.note});
  transaction.commit();
}

Filed Records::file_paper(const PaperSubmission& paper) {
  Transaction transaction(database_);
  const Id message = add_paper_message(database_, paper);
  const auto& one = paper.submission;
  const Id id = add_submission(database_, {message, paper.office, 1, 1}, one, paper.now);
  const Filed filed = file_entry(database_,
                                 {id, paper.office, one.form, one.platform, one.account_id,
                                  one.change, one.record, one.status},
                                 {paper.prefix, paper.year, paper.now});
  const Id ruling = next_id(database_, "ruling");
  database_.execute(
      "INSERT INTO ruling (id, submission, kind, actor, at, due, state, recipient, subject, body,"
      " note) VALUES ($1, $2, 'accept', $3, $4, $4, 'done', '', '', '', $5)",
      {ruling, id, paper.actor, paper.now,
       database_.keys().seal(paper.note, sealed_place("ruling.note", ruling))});
  complete_earlier(database_, message, id, one, {});
  index_submission(database_, id);
  append_audit(database_, {paper.now, paper.actor, "paper", message,
                           filed.number + (paper.note.empty() ? "" : ": " + paper.note)});
  transaction.commit();
  return filed;
}

}  // namespace dengji
