#include "daemon/mailbox.hpp"

#include "daemon/imap_mailbox.hpp"
#include "daemon/maildir.hpp"

namespace dengji {

std::string_view to_string(Refusal why) {
  return why == Refusal::too_large ? "too-large" : "not-given";
}

std::unique_ptr<Mailbox> open_mailbox(const MailboxConfig& config) {
  if (is_maildir_url(config.url)) return std::make_unique<MaildirMailbox>(config);
  return std::make_unique<ImapMailbox>(config);
}

}  // namespace dengji
