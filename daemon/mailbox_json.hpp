// How the mailboxes stand, with their letters, as `dengji status --json` and the desk's page show
// it. Errors: StoreError.
#pragma once
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "store/outbox.hpp"
#include "store/register.hpp"

namespace dengji {

// One object a mailbox: office, office_name, mailbox, the ledger's counts, owed, sent, failed,
// undelivered, last_poll (RFC 3339, null: never), error ("" when the last poll went well).
Json mailboxes_json(Register&, Outbox&, const Config&);

// The last `days` days of UTC+8 until `now`, newest first, of one office or ("") of all: day,
// office, office_name, mailbox and the ledger's counts.
Json ledger_json(Register&, const std::string& office, std::int64_t days, Seconds now,
                 const Config&);

}  // namespace dengji
