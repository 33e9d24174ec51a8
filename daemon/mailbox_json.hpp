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

}  // namespace dengji
