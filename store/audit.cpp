#include "store/audit.hpp"

#include "parsers/identifier.hpp"
#include "store/database.hpp"
#include "store/secret.hpp"

namespace dengji {

namespace {

// Each part behind its length, so that no two rows give the same bytes.
std::string mac_of(const std::string& key, const std::string& previous, std::int64_t id,
                   const AuditEntry& entry) {
  std::string bytes;
  for (const std::string& part :
       {previous, std::to_string(id), std::to_string(entry.at), entry.actor, entry.action,
        std::to_string(entry.message), entry.detail}) {
    bytes += std::to_string(part.size()) + ':' + part;
  }
  return hmac_hex(key, bytes);
}

std::string head_of(const std::string& key, std::int64_t last, const std::string& mac) {
  return hmac_hex(key, "head " + std::to_string(last) + ' ' + mac);
}

}  // namespace

void append_audit(Database& database, const AuditEntry& given) {
  const std::string key = database.secret("audit");
  AuditEntry entry = given;
  entry.detail = mask_numbers(entry.detail);
  const auto last = database.query("SELECT id, mac FROM audit ORDER BY id DESC LIMIT 1");
  const std::int64_t id = last.empty() ? 1 : last[0].number(0) + 1;
  const std::string mac = mac_of(key, last.empty() ? "" : last[0].text(1), id, entry);
  database.execute(
      "INSERT INTO audit (id, at, actor, action, message, detail, mac)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)",
      {id, entry.at, entry.actor, entry.action, entry.message, entry.detail, mac});
  database.execute("UPDATE meta SET number = $1, text = $2 WHERE name = 'audit-head'",
                   {id, head_of(key, id, mac)});
}

std::optional<std::int64_t> verify_audit(Database& database) {
  constexpr std::int64_t batch = 1000;
  const std::string key = database.secret("audit");
  // Read before the rows: those appended meanwhile are beyond the head, but in the chain.
  const auto head = database.query("SELECT number, text FROM meta WHERE name = 'audit-head'").at(0);
  bool head_fits = head.number(0) == 0 && head.text(1).empty();
  std::int64_t last = 0;
  std::string previous;
  while (true) {
    const auto rows = database.query(
        "SELECT id, at, actor, action, message, detail, mac FROM audit WHERE id > $1"
        " ORDER BY id LIMIT $2",
        {last, batch});
    if (rows.empty()) break;
    if (head.number(0) == 0) return 0;
    for (const ResultRow& row : rows) {
      const AuditEntry entry{row.number(1), row.text(2), row.text(3), row.number(4), row.text(5)};
      const std::int64_t id = row.number(0);
      if (id != last + 1 || mac_of(key, previous, id, entry) != row.text(6)) return id;
      last = id;
      previous = row.text(6);
      if (id == head.number(0)) head_fits = head.text(1) == head_of(key, id, previous);
    }
  }
  return head_fits ? std::nullopt : std::optional<std::int64_t>(0);
}

}  // namespace dengji
