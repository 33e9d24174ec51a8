#include "store/queue.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

const char* const waits = "s.decision = 'review' AND s.superseded = 0 AND s.completed_by IS NULL";
const char* const not_ruled =
    "NOT EXISTS (SELECT 1 FROM ruling p WHERE p.submission = s.id AND p.state = 'pending')";

// Of a submission in the queue: by when its mail came in.
const char* const place_of =
    "(SELECT b.received, a.id FROM submission a JOIN message b ON b.id = a.message WHERE a.id = @)";

const char* const item_columns =
    "SELECT s.id, s.message, COALESCE(r.number, ''), COALESCE(r.status, ''), s.office, s.platform,"
    " s.form, s.action, s.registrant_name, s.decision, m.sender, m.subject, m.received,"
    " s.reminded"
    " FROM submission s JOIN message m ON m.id = s.message LEFT JOIN record r ON r.id = s.record";

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
  item.reminded = row.number(13);
  return item;
}

// "(1,2,3)": ids are ours.
std::string ids_of(const std::vector<QueueItem>& items) {
  std::string list = "(0";
  for (const auto& item : items) list += ',' + std::to_string(item.submission);
  return list + ')';
}

void add_findings(Database& database, std::vector<QueueItem>& items) {
  std::map<Id, std::vector<Finding>> all;
  for (const auto& row :
       database.query(std::string(finding_columns) + " FROM finding WHERE submission IN " +
                      ids_of(items) + " ORDER BY submission, position"))
    all[row.number(7)].push_back(finding_of(database, row));
  for (auto& item : items) item.findings = std::move(all[item.submission]);
}

void add_rulings(Database& database, std::vector<QueueItem>& items) {
  std::map<Id, Ruling> all;
  for (auto& ruling : pending_rulings(database, ids_of(items))) all[ruling.submission] = ruling;
  for (auto& item : items)
    if (const auto found = all.find(item.submission); found != all.end())
      item.ruling = found->second;
}

std::vector<QueueItem> items_of(Database& database, const std::string& condition,
                                const Where& where, const std::string& order, std::int64_t limit) {
  auto parameters = where.parameters;
  parameters.emplace_back(limit);
  std::vector<QueueItem> items;
  for (const auto& row :
       database.query(std::string(item_columns) + condition + where.sql + " ORDER BY " + order +
                          " LIMIT $" + std::to_string(parameters.size()),
                      parameters))
    items.push_back(item_of(database, row));
  add_findings(database, items);
  add_rulings(database, items);
  return items;
}

Where where_of(const QueueFilter& filter) {
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
  if (!filter.not_ruling.empty())
    where.add(
        "NOT EXISTS (SELECT 1 FROM ruling d WHERE d.submission = s.id AND d.state = 'done'"
        " AND d.kind = @)",
        filter.not_ruling);
  if (filter.unmended_since != 0)
    where.add("s.completed_by IS NULL AND m.received < @", filter.unmended_since);
  return where;
}

// A whole identity number, which may be sealed.
std::string number_is(const Database& database, const std::string& text, Where& where) {
  std::string any = where.with("s.id_number = @", text);
  for (const std::string& key : database.keys().lookups(text))
    any += where.with(" OR s.id_key = @", key);
  return any;
}

// Of what waits, which is little.
void add_text(const Database& database, const std::string& text, Where& where) {
  if (text.empty()) return;
  std::string any = where.with(
      "LOWER(s.platform) LIKE @ ESCAPE '\\' OR LOWER(s.registrant_name) LIKE @ ESCAPE '\\'"
      " OR LOWER(s.account_id) LIKE @ ESCAPE '\\' OR LOWER(m.sender) LIKE @ ESCAPE '\\'"
      " OR LOWER(COALESCE(r.number, '')) LIKE @ ESCAPE '\\' OR ",
      like(text));
  where.sql += " AND (" + any + number_is(database, text, where) + ')';
}

// As GB 11643, GB 32100 and the old licences write one: of 15 or 18 digits and letters.
bool looks_like_number(const std::string& text) {
  return (text.size() == 15 || text.size() == 18) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isalnum(c); });
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
  Where where = where_of(filter);
  add_text(database_, filter.text, where);
  if (filter.after != 0) where.add(std::string("(m.received, s.id) > ") + place_of, filter.after);
  return items_of(database_, std::string(" WHERE ") + waits, where, "m.received, s.id",
                  filter.limit);
}

std::vector<QueueItem> Queue::search(const QueueFilter& filter) {
  Where where = where_of(filter);
  std::string from, order = "s.id DESC";
  if (looks_like_number(filter.text)) {
    where.sql += " AND (" + number_is(database_, filter.text, where) + ')';
  } else if (!filter.text.empty()) {
    const auto match = match_words(filter.text);
    if (match.empty()) return {};
    from = " JOIN submission_words w ON w.rowid = s.id";
    where.add("w.words MATCH @", match);
    order = "w.rowid DESC";
  }
  if (filter.after != 0) where.add("s.id < @", filter.after);
  return items_of(database_, from + " WHERE s.superseded = 0", where, order, filter.limit);
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
  std::string place = place_of;
  place.replace(place.find('@'), 1, "$2");
  const auto next_to = [&](const std::string& side, const std::string& order) {
    const auto rows = database_.query(
        std::string("SELECT s.id FROM submission s JOIN message m ON m.id = s.message WHERE ") +
            waits + " AND " + not_ruled +
            " AND (s.office = $1 OR $1 = '') AND (m.received, s.id) " + side + place +
            " ORDER BY m.received " + order + ", s.id " + order + " LIMIT 1",
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
      " 0), s.change FROM submission s JOIN message m ON m.id = s.message"
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
  s.change = row.text(27);
  s.findings = findings_of(database_, id);
  return s;
}

std::vector<Id> Queue::submissions(Id message) {
  std::vector<Id> all;
  for (const auto& row : database_.query(
           "SELECT id FROM submission WHERE message = $1 AND superseded = 0 ORDER BY position",
           {message}))
    all.push_back(row.number(0));
  return all;
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
