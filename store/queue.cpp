#include "store/queue.hpp"

#include <algorithm>
#include <map>

#include "store/words.hpp"

namespace dengji {

namespace {

const char* const waits = "s.decision = 'review' AND s.superseded = 0 AND s.completed_by IS NULL";
const char* const not_ruled =
    "NOT EXISTS (SELECT 1 FROM ruling p WHERE p.submission = s.id AND p.state = 'pending')";

const char* const item_columns =
    "SELECT s.id, s.message, COALESCE(r.number, ''), COALESCE(r.status, ''), s.office, s.platform,"
    " s.form, s.action, s.registrant_name, s.decision, m.sender, m.subject, m.received"
    " FROM submission s JOIN message m ON m.id = s.message LEFT JOIN record r ON r.id = s.record"
    " WHERE ";

QueueItem item_of(const Database& database, const ResultRow& row) {
  QueueItem item;
  item.submission = row.number(0);
  item.message = row.number(1);
  item.number = row.text(2);
  item.status = row.text(3);
  item.office = row.text(4);
  item.platform = row.text(5);
  item.form = row.text(6);
  item.action = row.text(7);
  item.registrant = row.text(8);
  item.decision = row.text(9);
  item.sender = row.text(10);
  item.subject = opened(database, row, 11, "message.subject", item.message);
  item.received = row.number(12);
  return item;
}

std::vector<QueueItem> items_of(Database& database, const std::string& condition,
                                const Where& where, const std::string& order, std::int64_t limit) {
  auto parameters = where.parameters;
  parameters.emplace_back(limit);
  std::vector<QueueItem> items;
  for (const auto& row :
       database.query(std::string(item_columns) + condition + where.sql + " ORDER BY " + order +
                          " LIMIT $" + std::to_string(parameters.size()),
                      parameters)) {
    items.push_back(item_of(database, row));
    items.back().findings = findings_of(database, items.back().submission);
    items.back().ruling = Rulings(database, {}).pending(items.back().submission);
  }
  return items;
}

Where where_of(const Database& database, const QueueFilter& filter) {
  Where where;
  if (!filter.office.empty()) where.add("s.office = @", filter.office);
  if (!filter.form.empty()) where.add("s.form = @", filter.form);
  if (!filter.decision.empty()) where.add("s.decision = @", filter.decision);
  if (filter.record != 0) where.add("s.record = @", filter.record);
  if (!filter.code.empty())
    where.add("EXISTS (SELECT 1 FROM finding f WHERE f.submission = s.id AND f.code = @)",
              filter.code);
  if (!filter.ruling.empty())
    where.add(
        "EXISTS (SELECT 1 FROM ruling d WHERE d.submission = s.id AND d.state = 'done'"
        " AND d.kind = @)",
        filter.ruling);
  if (filter.unmended_since != 0)
    where.add("s.completed_by IS NULL AND m.received < @", filter.unmended_since);
  if (filter.text.empty()) return where;
  std::string any = where.with(
      "LOWER(s.platform) LIKE @ ESCAPE '\\' OR LOWER(s.registrant_name) LIKE @ ESCAPE '\\'"
      " OR LOWER(s.account_id) LIKE @ ESCAPE '\\' OR LOWER(m.sender) LIKE @ ESCAPE '\\'"
      " OR LOWER(COALESCE(r.number, '')) LIKE @ ESCAPE '\\'",
      like(filter.text));
  any += where.with(" OR s.id_number = @", filter.text);  // a whole number only: it may be sealed
  for (const std::string& key : database.keys().lookups(filter.text))
    any += where.with(" OR s.id_key = @", key);
  where.sql += " AND (" + any + ')';
  return where;
}

SentLetter letter_of(const Database& database, const ResultRow& row) {
  return {row.number(0), row.text(1),
          row.text(2),   opened(database, row, 3, "reply.subject", row.number(8)),
          row.text(4),   row.text(5),
          row.number(6), row.number(7)};
}

const char* const letter_columns =
    "SELECT p.message, p.kind, p.recipient, p.subject, p.state, p.error, p.created, p.finished,"
    " p.id FROM reply p";

}  // namespace

std::vector<QueueItem> Queue::held(const QueueFilter& filter) {
  Where where = where_of(database_, filter);
  if (filter.after != 0) where.add("s.id > @", filter.after);
  return items_of(database_, waits, where, "s.id", filter.limit);
}

std::vector<QueueItem> Queue::search(const QueueFilter& filter) {
  Where where = where_of(database_, filter);
  if (filter.after != 0) where.add("s.id < @", filter.after);
  return items_of(database_, "s.superseded = 0", where, "s.id DESC", filter.limit);
}

std::vector<std::pair<std::string, std::int64_t>> Queue::held_by_office() {
  std::vector<std::pair<std::string, std::int64_t>> counts;
  for (const auto& row :
       database_.query(std::string("SELECT s.office, COUNT(*) FROM submission s WHERE ") + waits +
                       " AND " + not_ruled + " GROUP BY s.office ORDER BY s.office"))
    counts.emplace_back(row.text(0), row.number(1));
  return counts;
}

std::string Queue::mark() {
  return database_.query("SELECT COALESCE(MAX(id), 0) FROM audit").at(0).text(0);
}

std::pair<Id, Id> Queue::neighbours(Id submission, const std::string& office) {
  const auto next_to = [&](const char* side, const char* order) {
    const auto rows =
        database_.query(std::string("SELECT s.id FROM submission s WHERE ") + waits + " AND " +
                            not_ruled + " AND (s.office = $1 OR $1 = '') AND s.id " + side +
                            " $2 ORDER BY s.id " + order + " LIMIT 1",
                        {office, submission});
    return rows.empty() ? Id{0} : rows[0].number(0);
  };
  return {next_to("<", "DESC"), next_to(">", "ASC")};
}

std::optional<StoredSubmission> Queue::submission(Id id) {
  const auto rows = database_.query(
      "SELECT s.message, s.position, s.revision, s.superseded, COALESCE(s.completed_by, 0),"
      " s.office, s.platform, s.form, s.action, s.registrant_name, s.registrant_class, s.id_type,"
      " s.id_number, s.account_id, s.fields, COALESCE(r.number, ''), s.decision,"
      " COALESCE(m.sha256, ''), m.message_id, m.sender, m.subject, m.date, m.reading, m.received,"
      " m.size, m.state, COALESCE((SELECT MAX(e.id) FROM submission e WHERE e.completed_by = s.id),"
      " 0) FROM submission s JOIN message m ON m.id = s.message"
      " LEFT JOIN record r ON r.id = s.record WHERE s.id = $1",
      {id});
  if (rows.empty()) return std::nullopt;
  const auto& row = rows[0];
  StoredSubmission s;
  s.submission = id;
  s.message = row.number(0);
  s.position = row.number(1);
  s.revision = row.number(2);
  s.superseded = row.number(3) != 0;
  s.completed_by = row.number(4);
  s.office = row.text(5);
  s.platform = row.text(6);
  s.form = row.text(7);
  s.action = row.text(8);
  s.registrant_name = row.text(9);
  s.registrant_class = row.text(10);
  s.id_type = row.text(11);
  s.id_number = opened(database_, row, 12, "submission.id_number", id);
  s.account_id = row.text(13);
  s.fields_json = opened(database_, row, 14, "submission.fields", id);
  s.number = row.text(15);
  s.decision = row.text(16);
  s.sha256 = row.text(17);
  s.message_id = row.text(18);
  s.sender = row.text(19);
  s.subject = opened(database_, row, 20, "message.subject", s.message);
  s.date = row.text(21);
  s.reading = opened(database_, row, 22, "message.reading", s.message);
  s.received = row.number(23);
  s.size = row.number(24);
  s.unread = row.text(25) == to_string(MessageState::poison);
  s.completes = row.number(26);
  s.findings = findings_of(database_, id);
  return s;
}

std::vector<TrailEntry> Queue::trail(Id message) {
  std::vector<TrailEntry> all;
  for (const auto& row : database_.query(
           "SELECT at, actor, action, detail FROM audit WHERE message = $1 ORDER BY id", {message}))
    all.push_back({row.number(0), row.text(1), row.text(2), row.text(3)});
  return all;
}

std::vector<SentLetter> Queue::letters(Id message) {
  std::vector<SentLetter> all;
  for (const auto& row : database_.query(
           std::string(letter_columns) + " WHERE p.message = $1 ORDER BY p.id", {message}))
    all.push_back(letter_of(database_, row));
  return all;
}

std::vector<SentLetter> Queue::undelivered(const std::string& office) {
  std::vector<SentLetter> all;
  for (const auto& row :
       database_.query(std::string(letter_columns) +
                           " JOIN message m ON m.id = p.message WHERE p.state IN"
                           " ('failed', 'undelivered', 'uncertain') AND (m.office = $1 OR $1 = '')"
                           " ORDER BY p.id DESC LIMIT 200",
                       {office}))
    all.push_back(letter_of(database_, row));
  return all;
}

std::vector<UnreadMail> Queue::unread(const std::string& office) {
  std::vector<UnreadMail> all;
  for (const auto& row : database_.query(
           "SELECT m.id, s.id, s.office, m.sender, m.received, m.size, COALESCE((SELECT f.detail"
           " FROM finding f WHERE f.submission = s.id AND f.position = 1), '')"
           " FROM message m JOIN submission s ON s.message = m.id AND s.superseded = 0"
           " WHERE m.state = 'poison' AND (s.office = $1 OR $1 = '') ORDER BY m.id DESC LIMIT 200",
           {office}))
    all.push_back({row.number(0), row.number(1), row.text(2), row.text(3), row.text(6),
                   row.number(4), row.number(5)});
  return all;
}

}  // namespace dengji
