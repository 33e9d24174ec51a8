// Who did what to the register, appended in the transaction that did it. Each row's mac is
// HMAC-SHA-256 under Database::secret("audit") of the row and the mac before it, so that a row that
// was changed, taken out or put in shows; meta "audit-head" does the same for rows cut off the end.
// Numbers of persons are masked here. Errors: StoreError.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace dengji {

class Database;

struct AuditEntry {
  std::int64_t at = 0;
  std::string actor;         // "dengjid", or the operator
  std::string action;        // "receive", "settle", "sent" ...
  std::int64_t message = 0;  // 0: of none
  std::string detail;        // masked when it is stored
};

void append_audit(Database&, const AuditEntry&);  // within a transaction

// The id of the first row that does not fit, 0 if rows are missing at the end; none: all is whole.
std::optional<std::int64_t> verify_audit(Database&);

}  // namespace dengji
