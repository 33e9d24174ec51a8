// Register's commit 2: decision, records, owed reply and audit in one transaction.
#include "parsers/text.hpp"
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/register.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

struct Settled {  // the message that is being settled
  Id message = 0;
  std::string office;
  std::int64_t version = 1;
};

Settled open_message(Database& database, Id message) {
  const auto rows =
      database.query("SELECT state, office, version FROM message WHERE id = $1", {message});
  if (rows.empty()) throw StoreError("register: no message " + std::to_string(message), false);
  if (rows[0].text(0) != "received" && rows[0].text(0) != "claimed") {
    throw StoreError("register: message " + std::to_string(message) + " is settled already", false);
  }
  return {message, rows[0].text(1), rows[0].number(2)};
}

std::string five_digits(std::int64_t serial) {
  const std::string digits = std::to_string(serial);
  return digits.size() >= 5 ? digits : std::string(5 - digits.size(), '0') + digits;
}

// `platform_key` folds like fold_name(); an empty name or account never matches another empty one.
std::string key_of(const std::string& name) { return name.empty() ? "" : fold_name(name); }

Id create_record(Database& database, const Settled& settled, const SettledSubmission& one,
                 const std::string& prefix, const Settlement& given) {
  const Id id = next_id(database, "record");
  // Within the immediate transaction that registers: no number is lost, none is given twice.
  const std::int64_t serial =
      database
          .query("SELECT COALESCE(MAX(serial), 0) + 1 FROM record WHERE office = $1 AND year = $2",
                 {settled.office, given.year})
          .at(0)
          .number(0);
  database.execute(
      "INSERT INTO record (id, number, office, year, serial, form, platform, platform_key,"
      " account_key, status, version, created, updated)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12)",
      {id, prefix + given.year + '-' + five_digits(serial), settled.office, given.year, serial,
       one.form, one.platform, key_of(one.platform), key_of(one.account_id),
       std::string(to_string(one.status)), given.now, given.now});
  return id;
}

void append_version(Database& database, Id record, Id submission, const SettledSubmission& one,
                    Seconds now) {
  const std::string status(to_string(one.status));
  database.execute(
      "UPDATE record SET version = version + 1, status = $1, platform = $2, platform_key = $3,"
      " account_key = $4, updated = $5 WHERE id = $6",
      {status, one.platform, key_of(one.platform), key_of(one.account_id), now, record});
  database.execute(
      "INSERT INTO record_version (record, version, submission, status, created)"
      " SELECT id, version, $1, $2, $3 FROM record WHERE id = $4",
      {submission, status, now, record});
}

void add_submission(Database& database, const Settled& settled, std::int64_t position, Id id,
                    const SettledSubmission& one, Seconds now) {
  const Keyring& keys = database.keys();
  const auto sealed = [&](const char* column, const std::string& text, std::int64_t at = 0) {
    return keys.seal(text, sealed_place(column, id, at));
  };
  database.execute(
      "INSERT INTO submission (id, message, message_version, position, superseded, platform, form,"
      " action, registrant_name, registrant_class, id_type, id_number, account_id, fields, facts,"
      " decision, change, record, record_version, created, id_key) VALUES ($1, $2, $3, $4, 0, $5,"
      " $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, NULL, 0, $17, $18)",
      {id, settled.message, settled.version, position, one.platform, one.form, one.action,
       one.registrant_name, one.registrant_class, one.id_type,
       sealed("submission.id_number", one.id_number), one.account_id,
       sealed("submission.fields", one.fields_json), sealed("submission.facts", one.facts_json),
       std::string(to_string(one.decision)), std::string(to_string(one.change)), now,
       keys.lookup(one.id_number)});
  std::int64_t at = 0;
  for (const SettledFile& file : one.files) {
    ++at;
    database.execute(
        "INSERT INTO submission_file (submission, position, name, role, sha256, container)"
        " VALUES ($1, $2, $3, $4, $5, $6)",
        {id, at, sealed("submission_file.name", file.name, at), file.role, file.sha256,
         sealed("submission_file.container", file.container, at)});
  }
  at = 0;
  for (const std::string& print : one.seal_prints) {
    database.execute("INSERT INTO seal_print (submission, position, print) VALUES ($1, $2, $3)",
                     {id, ++at, print});
  }
  at = 0;
  for (const Finding& finding : one.findings) {
    ++at;
    database.execute(
        "INSERT INTO finding (submission, position, code, severity, attachment, page, field, "
        "detail)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        {id, at, finding.code, std::string(to_string(finding.severity)),
         sealed("finding.attachment", finding.attachment, at), std::int64_t{finding.page},
         finding.field, finding.detail});
  }
}

// What was registered by the submission, linked to it.
Filed file(Database& database, const Settled& settled, Id submission, const SettledSubmission& one,
           const std::string& prefix, const Settlement& given) {
  Filed filed;
  filed.submission = submission;
  if (one.change == RecordChange::none) return filed;
  const Id record = one.change == RecordChange::create
                        ? create_record(database, settled, one, prefix, given)
                        : one.record;
  if (one.change != RecordChange::repeat) {
    append_version(database, record, submission, one, given.now);
  }
  const auto rows = database.query("SELECT number, version FROM record WHERE id = $1", {record});
  if (rows.empty()) throw StoreError("register: no record " + std::to_string(record), false);
  filed.number = rows[0].text(0);
  filed.version = static_cast<int>(rows[0].number(1));
  database.execute("UPDATE submission SET record = $1, record_version = $2 WHERE id = $3",
                   {record, rows[0].number(1), submission});
  return filed;
}

void close_message(Database& database, const Settlement& given, MessageState state) {
  database.execute(
      "UPDATE message SET state = $1, disposition = $2, reason = $3, message_id = $4, sender = $5,"
      " subject = $6, date = $7, settled = $8, lease_until = 0 WHERE id = $9",
      {std::string(to_string(state)), std::string(to_string(given.disposition)), given.reason,
       given.message_id, given.from,
       database.keys().seal(given.subject, sealed_place("message.subject", given.message)),
       given.date, given.now, given.message});
}

void owe(Database& database, const Settled& settled, const Letter& letter, Seconds now) {
  const Keyring& keys = database.keys();
  const Id id = next_id(database, "reply");
  database.execute(
      "INSERT INTO reply (id, message, kind, version, recipient, recipient_key, subject, bytes,"
      " message_id, state, attempts, maybe_duplicate, not_before, error, created, finished)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'owed', 0, 0, 0, '', $10, 0)",
      {id, settled.message, letter.kind, settled.version, letter.to, address_key(letter.to),
       keys.seal(letter.subject, sealed_place("reply.subject", id)),
       keys.seal(letter.bytes, sealed_place("reply.bytes", id)), bare_message_id(letter.message_id),
       now});
}

std::string summary(const SettledSubmission& one, const Filed& filed) {
  std::string text = one.form + ' ' + one.platform + ": " + std::string(to_string(one.decision));
  if (!filed.number.empty()) {
    text += ", " + std::string(to_string(one.change)) + ' ' + filed.number + " version " +
            std::to_string(filed.version);
  }
  return text;
}

}  // namespace

std::vector<Filed> Register::settle(const Settlement& given, const Compose& compose) {
  Transaction transaction(database_);
  const Settled settled = open_message(database_, given.message);
  std::vector<Filed> all;
  for (const SettledSubmission& one : given.submissions) {
    const Id id = next_id(database_, "submission");
    const auto position = static_cast<std::int64_t>(all.size()) + 1;
    add_submission(database_, settled, position, id, one, given.now);
    all.push_back(file(database_, settled, id, one, prefix_of(settled.office), given));
    append_audit(database_,
                 {given.now, "dengjid", "decide", given.message, summary(one, all.back())});
  }
  close_message(database_, given, MessageState::settled);
  if (!given.bounce_of.empty()) Outbox(database_).undelivered(given.bounce_of, given.now);
  const auto letter = compose ? compose(all) : std::nullopt;
  if (letter) owe(database_, settled, *letter, given.now);
  append_audit(database_, {given.now, "dengjid", "settle", given.message,
                           std::string(to_string(given.disposition)) +
                               ", reply: " + (letter ? letter->kind : "none")});
  failpoint("before-settle-commit");
  transaction.commit();
  failpoint("after-settle-commit");
  return all;
}

void Register::hold_poison(Id message, const Finding& finding, Seconds now) {
  Transaction transaction(database_);
  const Settled settled = open_message(database_, message);
  SettledSubmission held;
  held.fields_json = held.facts_json = "{}";
  held.findings = {finding};
  held.decision = Decision::review;
  add_submission(database_, settled, 1, next_id(database_, "submission"), held, now);
  Settlement closing;
  closing.message = message;
  closing.now = now;
  close_message(database_, closing, MessageState::poison);
  append_audit(database_, {now, "dengjid", "hold-poison", message, finding.code});
  transaction.commit();
}

const std::string& Register::prefix_of(const std::string& office) const {
  for (const auto& [id, prefix] : prefixes_) {
    if (id == office) return prefix;
  }
  throw StoreError("register: office " + office + " has no prefix for its numbers", false);
}

}  // namespace dengji
