#include "store/filing.hpp"

#include "parsers/text.hpp"
#include "store/database.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

std::string five_digits(std::int64_t serial) {
  const std::string digits = std::to_string(serial);
  return digits.size() >= 5 ? digits : std::string(5 - digits.size(), '0') + digits;
}

// Within the immediate transaction that registers: no number is lost, none is given twice.
std::int64_t next_serial(Database& database, const std::string& office, const std::string& year) {
  return database
      .query("SELECT COALESCE(MAX(serial), 0) + 1 FROM record WHERE office = $1 AND year = $2",
             {office, year})
      .at(0)
      .number(0);
}

Id create_record(Database& database, const Entry& entry, const Numbering& numbering) {
  const Id id = next_id(database, "record");
  const std::int64_t serial =
      numbering.serial > 0 ? numbering.serial : next_serial(database, entry.office, numbering.year);
  database.execute(
      "INSERT INTO record (id, number, office, year, serial, form, platform, platform_key,"
      " account_key, status, version, created, updated)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $12)",
      {id, receipt_number(numbering.prefix, numbering.year, serial), entry.office, numbering.year,
       serial, entry.form, entry.platform, key_of(entry.platform), key_of(entry.account_id),
       std::string(to_string(entry.status)), numbering.now, numbering.now});
  return id;
}

void append_version(Database& database, Id record, const Entry& entry, Seconds now) {
  const std::string status(to_string(entry.status));
  database.execute(
      "UPDATE record SET version = version + 1, status = $1, platform = $2, platform_key = $3,"
      " account_key = $4, updated = $5 WHERE id = $6",
      {status, entry.platform, key_of(entry.platform), key_of(entry.account_id), now, record});
  database.execute(
      "INSERT INTO record_version (record, version, submission, status, created)"
      " SELECT id, version, $1, $2, $3 FROM record WHERE id = $4",
      {entry.submission, status, now, record});
}

}  // namespace

std::string receipt_number(const std::string& prefix, const std::string& year,
                           std::int64_t serial) {
  return prefix + year + '-' + five_digits(serial);
}

std::string key_of(const std::string& name) { return name.empty() ? "" : fold_name(name); }

Id add_submission(Database& database, const SubmissionSlot& slot, const SettledSubmission& one,
                  Seconds now) {
  const Id id = next_id(database, "submission");
  const Keyring& keys = database.keys();
  const auto sealed = [&](const char* column, const std::string& text, std::int64_t at = 0) {
    return keys.seal(text, sealed_place(column, id, at));
  };
  database.execute(
      "INSERT INTO submission (id, message, message_version, position, superseded, platform, form,"
      " action, registrant_name, registrant_class, id_type, id_number, account_id, fields, facts,"
      " decision, change, record, record_version, created, id_key, office, platform_key)"
      " VALUES ($1, $2, $3, $4, 0, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, NULL, 0,"
      " $17, $18, $19, $20)",
      {id,
       slot.message,
       slot.version,
       slot.position,
       one.platform,
       one.form,
       one.action,
       one.registrant_name,
       one.registrant_class,
       one.id_type,
       sealed("submission.id_number", one.id_number),
       one.account_id,
       sealed("submission.fields", one.fields_json),
       sealed("submission.facts", one.facts_json),
       std::string(to_string(one.decision)),
       std::string(to_string(one.change)),
       now,
       keys.lookup(one.id_number),
       slot.office,
       key_of(one.platform)});
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
  return id;
}

Filed file_entry(Database& database, const Entry& entry, const Numbering& numbering) {
  Filed filed;
  filed.submission = entry.submission;
  if (entry.change == RecordChange::none) return filed;
  const Id record = entry.change == RecordChange::create ? create_record(database, entry, numbering)
                                                         : entry.record;
  if (entry.change != RecordChange::repeat) append_version(database, record, entry, numbering.now);
  const auto rows = database.query("SELECT number, version FROM record WHERE id = $1", {record});
  if (rows.empty()) throw StoreError("register: no record " + std::to_string(record), false);
  filed.number = rows[0].text(0);
  filed.version = static_cast<int>(rows[0].number(1));
  database.execute("UPDATE submission SET record = $1, record_version = $2 WHERE id = $3",
                   {record, rows[0].number(1), entry.submission});
  return filed;
}

void complete_earlier(Database& database, Id message, Id submission, const SettledSubmission& one,
                      const CameFrom& from) {
  const std::string waiting =
      "UPDATE submission SET completed_by = $1, revision = revision + 1 WHERE id < $1"
      " AND message <> $2 AND superseded = 0 AND completed_by IS NULL AND decision <> 'accept'"
      " AND (form = $3 OR form = '')";
  const std::string answered = bare_message_id(from.in_reply_to);
  // One holder may have accounts of one name on several platforms.
  if (const auto key = key_of(one.platform); !key.empty()) {
    std::vector<Value> values{submission, message,        one.form,      key,
                              answered,   one.account_id, one.id_number, address_key(from.sender)};
    std::string sealed_numbers;  // under each key that any may stand under
    for (const std::string& lookup : database.keys().lookups(one.id_number)) {
      values.emplace_back(lookup);
      sealed_numbers += " OR id_key = $" + std::to_string(values.size());
    }
    database.execute(
        waiting +
            " AND platform_key = $4 AND (message IN (SELECT p.message FROM reply p"
            " WHERE p.message_id = $5) OR ((account_id = $6 OR account_id = '' OR $6 = '')"
            " AND ((id_number = $7 AND id_number <> '') OR EXISTS (SELECT 1 FROM message m"
            " WHERE m.id = submission.message AND LOWER(m.sender) = $8 AND m.sender <> '')" +
            sealed_numbers + ")))",
        values);
  }
  // What had no name that could be read is known by the answer alone.
  if (!answered.empty())
    database.execute(waiting +
                         " AND platform_key = '' AND message IN (SELECT p.message FROM reply p"
                         " WHERE p.message_id = $4)",
                     {submission, message, one.form, answered});
}

Id owe_letter(Database& database, Id message, std::int64_t version, const Letter& letter,
              Seconds now) {
  const Keyring& keys = database.keys();
  const Id id = next_id(database, "reply");
  database.execute(
      "INSERT INTO reply (id, message, kind, version, recipient, recipient_key, subject, bytes,"
      " message_id, state, attempts, maybe_duplicate, not_before, error, created, finished)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'owed', 0, 0, 0, '', $10, 0)",
      {id, message, letter.kind, version, letter.to, address_key(letter.to),
       keys.seal(letter.subject, sealed_place("reply.subject", id)),
       keys.seal(letter.bytes, sealed_place("reply.bytes", id)), bare_message_id(letter.message_id),
       now});
  return id;
}

}  // namespace dengji
