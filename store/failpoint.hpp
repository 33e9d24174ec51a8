// Named places where a test may kill the process, to prove that every commit leaves a state from
// which a restart goes on. DENGJI_FAILPOINT=NAME or NAME:N kills it (SIGKILL) when NAME is passed
// for the N-th time, default 1; unset, as in service, nothing happens. Thread-safe. Names: before-
// and after- each of blob-rename, receive-commit, mark (on the server), claim-commit,
// settle-commit, sending-commit, sent-commit, ruling-commit, requeue-commit and rekey-commit;
// during-fetch (before each piece), after-delivery (the server took the letter, "sent" is not
// committed).
#pragma once

namespace dengji {

void failpoint(const char* name);

}  // namespace dengji
