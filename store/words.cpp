#include "store/words.hpp"

#include <algorithm>

namespace dengji {

std::string_view to_string(MessageState state) {
  switch (state) {
    case MessageState::received:
      return "received";
    case MessageState::claimed:
      return "claimed";
    case MessageState::settled:
      return "settled";
    case MessageState::poison:
      return "poison";
  }
  return "";
}

std::string_view to_string(RecordChange change) {
  switch (change) {
    case RecordChange::none:
      return "none";
    case RecordChange::create:
      return "create";
    case RecordChange::append:
      return "append";
    case RecordChange::repeat:
      return "repeat";
  }
  return "";
}

std::string_view to_string(RecordStatus status) {
  switch (status) {
    case RecordStatus::active:
      return "active";
    case RecordStatus::suspended:
      return "suspended";
    case RecordStatus::cancelled:
      return "cancelled";
  }
  return "";
}

RecordStatus record_status_from(const std::string& word) {
  for (const auto status :
       {RecordStatus::active, RecordStatus::suspended, RecordStatus::cancelled}) {
    if (word == to_string(status)) return status;
  }
  throw StoreError("register: unknown status of a record: " + word, false);
}

const char* const known_columns =
    "r.id, r.number, r.office, s.platform, r.form, s.registrant_name, s.id_number, s.account_id,"
    " s.fields, r.version, r.status, s.id, r.updated";
const char* const known_from =
    "record r JOIN record_version v ON v.record = r.id AND v.version = r.version"
    " JOIN submission s ON s.id = v.submission";

Known known_of(const Database& database, const ResultRow& row) {
  const Keyring& keys = database.keys();
  const Id submission = row.number(11);
  Known known;
  known.record = row.number(0);
  known.number = row.text(1);
  known.office = row.text(2);
  known.platform = row.text(3);
  known.form = row.text(4);
  known.registrant_name = row.text(5);
  known.id_number = keys.open(row.text(6), sealed_place("submission.id_number", submission));
  known.account_id = row.text(7);
  known.fields_json = keys.open(row.text(8), sealed_place("submission.fields", submission));
  known.version = static_cast<int>(row.number(9));
  known.status = record_status_from(row.text(10));
  return known;
}

std::string opened(const Database& database, const ResultRow& row, std::size_t column,
                   const char* of, Id id, std::int64_t position) {
  return database.keys().open(row.text(column), sealed_place(of, id, position));
}

namespace {

Severity severity_from(const std::string& word) {
  for (const auto severity : {Severity::note, Severity::doubt, Severity::defect})
    if (word == to_string(severity)) return severity;
  throw StoreError("register: unknown severity " + word, false);
}

}  // namespace

const char* const finding_columns =
    "SELECT code, severity, attachment, page, field, detail, position, submission";

Finding finding_of(const Database& database, const ResultRow& row) {
  return {row.text(0),
          severity_from(row.text(1)),
          opened(database, row, 2, "finding.attachment", row.number(7), row.number(6)),
          static_cast<int>(row.number(3)),
          row.text(4),
          row.text(5)};
}

std::vector<Finding> findings_of(Database& database, Id submission) {
  std::vector<Finding> all;
  for (const auto& row : database.query(
           std::string(finding_columns) + " FROM finding WHERE submission = $1 ORDER BY position",
           {submission}))
    all.push_back(finding_of(database, row));
  return all;
}

std::string Where::with(std::string condition, Value value) {
  parameters.push_back(std::move(value));
  const std::string name = '$' + std::to_string(parameters.size());
  for (auto at = condition.find('@'); at != std::string::npos; at = condition.find('@'))
    condition.replace(at, 1, name);
  return condition;
}

void Where::add(const std::string& condition, const Value& value) {
  sql += " AND " + with(condition, value);
}

std::string like(const std::string& text) {
  std::string pattern = "%";
  for (const char c : address_key(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

std::string address_key(const std::string& address) {
  std::string key = address;
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  const std::size_t tag = key.find('+'), at = key.rfind('@');
  if (tag > 0 && tag < at && at != std::string::npos) key.erase(tag, at - tag);
  return key;
}

std::string bare_message_id(const std::string& id) {
  const auto first = id.find_first_not_of(" \t\r\n<");
  if (first == std::string::npos) return "";
  return id.substr(first, id.find_last_not_of(" \t\r\n>") - first + 1);
}

}  // namespace dengji
