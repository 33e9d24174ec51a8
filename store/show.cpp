// Register::show: everything about one record, submission or message as JSON.
#include <nlohmann/json.hpp>
#include <set>

#include "store/database.hpp"
#include "store/register.hpp"
#include "store/time.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

using Json = nlohmann::ordered_json;

Json time_of(const ResultRow& row, std::size_t column) {
  return row.number(column) == 0 ? Json() : Json(rfc3339(row.number(column)));
}

Json parsed(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_discarded() ? Json(text) : json;
}

Json findings_json(Database& database, Id submission) {
  Json all = Json::array();
  for (const auto& row : database.query(
           "SELECT code, severity, attachment, page, field, detail, position FROM finding"
           " WHERE submission = $1 ORDER BY position",
           {submission})) {
    const auto attachment =
        opened(database, row, 2, "finding.attachment", submission, row.number(6));
    all.push_back({{"code", row.text(0)},
                   {"severity", row.text(1)},
                   {"attachment", attachment.empty() ? Json() : Json(attachment)},
                   {"page", row.number(3) == 0 ? Json() : Json(row.number(3))},
                   {"field", row.text(4).empty() ? Json() : Json(row.text(4))},
                   {"detail", row.text(5)}});
  }
  return all;
}

Json files_of(Database& database, Id submission) {
  Json all = Json::array();
  for (const auto& row : database.query("SELECT name, role, sha256, container, position FROM "
                                        "submission_file WHERE submission = $1"
                                        " ORDER BY position",
                                        {submission})) {
    const auto at = row.number(4);
    all.push_back(
        {{"name", opened(database, row, 0, "submission_file.name", submission, at)},
         {"role", row.text(1)},
         {"sha256", row.text(2)},
         {"container", opened(database, row, 3, "submission_file.container", submission, at)}});
  }
  return all;
}

Json submissions_of(Database& database, Id message) {
  Json all = Json::array();
  for (const auto& row : database.query(
           "SELECT s.id, s.message_version, s.superseded, s.platform, s.form, s.action,"
           " s.registrant_name, s.registrant_class, s.id_type, s.id_number, s.account_id, s.fields,"
           " s.facts, s.decision, s.change, COALESCE(r.number, ''), s.record_version, s.created"
           " FROM submission s LEFT JOIN record r ON r.id = s.record WHERE s.message = $1"
           " ORDER BY s.id",
           {message})) {
    const Id id = row.number(0);
    all.push_back({{"id", "S" + row.text(0)},
                   {"decision_version", row.number(1)},
                   {"superseded", row.number(2) != 0},
                   {"platform", row.text(3)},
                   {"form", row.text(4)},
                   {"action", row.text(5)},
                   {"registrant",
                    {{"name", row.text(6)},
                     {"class", row.text(7)},
                     {"id_type", row.text(8)},
                     {"id_number", opened(database, row, 9, "submission.id_number", id)}}},
                   {"account_id", row.text(10)},
                   {"fields", parsed(opened(database, row, 11, "submission.fields", id))},
                   {"facts", parsed(opened(database, row, 12, "submission.facts", id))},
                   {"decision", row.text(13)},
                   {"change", row.text(14)},
                   {"number", row.text(15).empty() ? Json() : Json(row.text(15))},
                   {"record_version", row.number(16)},
                   {"decided", time_of(row, 17)},
                   {"findings", findings_json(database, id)},
                   {"files", files_of(database, id)}});
  }
  return all;
}

Json replies_of(Database& database, Id message) {
  Json all = Json::array();
  for (const auto& row : database.query(
           "SELECT kind, version, recipient, subject, message_id, state, attempts, maybe_duplicate,"
           " error, created, finished, id FROM reply WHERE message = $1 ORDER BY id",
           {message})) {
    const bool sent = row.text(5) == "sent";
    all.push_back({{"kind", row.text(0)},
                   {"decision_version", row.number(1)},
                   {"to", row.text(2)},
                   {"subject", opened(database, row, 3, "reply.subject", row.number(11))},
                   {"message_id", '<' + row.text(4) + '>'},
                   {"state", row.text(5)},
                   {"attempts", row.number(6)},
                   {"maybe_duplicate", row.number(7) != 0},
                   {"error", row.text(8)},
                   {"created", time_of(row, 9)},
                   {"sent", sent ? time_of(row, 10) : Json()},
                   {"finished", time_of(row, 10)}});
  }
  return all;
}

Json message_of(Database& database, Id message) {
  const auto row = database
                       .query(
                           "SELECT office, account, COALESCE(sha256, ''), size, received, state,"
                           " version, attempts, disposition, reason, message_id, sender, subject,"
                           " date, settled FROM message WHERE id = $1",
                           {message})
                       .at(0);
  return {{"id", "M" + std::to_string(message)},
          {"office", row.text(0)},
          {"account", row.text(1)},
          {"sha256", row.text(2)},
          {"size", row.number(3)},
          {"received", time_of(row, 4)},
          {"state", row.text(5)},
          {"decision_version", row.number(6)},
          {"attempts", row.number(7)},
          {"disposition", row.text(8)},
          {"reason", row.text(9)},
          {"message_id", row.text(10)},
          {"from", row.text(11)},
          {"subject", opened(database, row, 12, "message.subject", message)},
          {"date", row.text(13)},
          {"settled", time_of(row, 14)},
          {"submissions", submissions_of(database, message)},
          {"replies", replies_of(database, message)}};
}

Json versions_of(Database& database, Id record) {
  Json all = Json::array();
  for (const auto& row : database.query(
           "SELECT v.version, v.submission, s.message, v.status, v.created, s.action, s.platform,"
           " s.registrant_name, s.id_type, s.id_number, s.fields FROM record_version v"
           " JOIN submission s ON s.id = v.submission WHERE v.record = $1 ORDER BY v.version",
           {record})) {
    const Id submission = row.number(1);
    all.push_back({{"version", row.number(0)},
                   {"submission", "S" + row.text(1)},
                   {"message", "M" + row.text(2)},
                   {"status", row.text(3)},
                   {"created", time_of(row, 4)},
                   {"action", row.text(5)},
                   {"platform", row.text(6)},
                   {"registrant_name", row.text(7)},
                   {"id_type", row.text(8)},
                   {"id_number", opened(database, row, 9, "submission.id_number", submission)},
                   {"fields", parsed(opened(database, row, 10, "submission.fields", submission))}});
  }
  return all;
}

Json record_of(Database& database, Id record) {
  const auto row = database
                       .query(
                           "SELECT number, office, form, platform, status, version, created,"
                           " updated FROM record WHERE id = $1",
                           {record})
                       .at(0);
  return {{"number", row.text(0)},
          {"office", row.text(1)},
          {"form", row.text(2)},
          {"platform", row.text(3)},
          {"status", row.text(4)},
          {"version", row.number(5)},
          {"created", time_of(row, 6)},
          {"updated", time_of(row, 7)},
          {"versions", versions_of(database, record)}};
}

Json audit_of(Database& database, const std::set<Id>& messages) {
  Json all = Json::array();
  for (const Id message : messages) {
    for (const auto& row : database.query(
             "SELECT id, at, actor, action, detail FROM audit WHERE message = $1 ORDER BY id",
             {message})) {
      all.push_back({{"id", row.number(0)},
                     {"at", time_of(row, 1)},
                     {"actor", row.text(2)},
                     {"action", row.text(3)},
                     {"message", "M" + std::to_string(message)},
                     {"detail", row.text(4)}});
    }
  }
  return all;
}

std::set<Id> ids(Database& database, const std::string& sql, const Value& parameter) {
  std::set<Id> found;
  for (const auto& row : database.query(sql, {parameter})) found.insert(row.number(0));
  return found;
}

// "S12" -> 12; none where it is no such number.
std::optional<Id> id_after(char letter, const std::string& number) {
  constexpr std::size_t most_digits = 18;  // fits 64 bits
  if (number.size() < 2 || number.size() > most_digits || number[0] != letter ||
      number.find_first_not_of("0123456789", 1) != std::string::npos) {
    return std::nullopt;
  }
  return std::stoll(number.substr(1));
}

struct Subject {
  std::set<Id> records, messages;
};

Subject subject_of(Database& database, const std::string& number) {
  const char* const records_of_message =
      "SELECT record FROM submission WHERE message = $1 AND record IS NOT NULL";
  Subject subject;
  if (const auto message = id_after('M', number)) {
    subject.messages = ids(database, "SELECT id FROM message WHERE id = $1", *message);
    subject.records = ids(database, records_of_message, *message);
  } else if (const auto submission = id_after('S', number)) {
    subject.messages = ids(database, "SELECT message FROM submission WHERE id = $1", *submission);
    subject.records =
        ids(database, "SELECT record FROM submission WHERE id = $1 AND record IS NOT NULL",
            *submission);
  } else {
    subject.records = ids(database, "SELECT id FROM record WHERE number = $1", number);
    for (const Id record : subject.records) {
      subject.messages = ids(database, "SELECT message FROM submission WHERE record = $1", record);
    }
  }
  return subject;
}

}  // namespace

std::optional<std::string> Register::show(const std::string& number) {
  const Subject subject = subject_of(database_, number);
  if (subject.messages.empty()) return std::nullopt;
  Json all = {{"records", Json::array()}, {"messages", Json::array()}};
  for (const Id record : subject.records) all["records"].push_back(record_of(database_, record));
  for (const Id message : subject.messages) {
    all["messages"].push_back(message_of(database_, message));
  }
  all["audit"] = audit_of(database_, subject.messages);
  // What is no UTF-8 (SQLite does not check) becomes U+FFFD rather than an error.
  return all.dump(2, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dengji
