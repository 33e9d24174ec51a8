#include "daemon/mailbox.hpp"

#include "daemon/imap_mailbox.hpp"
#include "daemon/maildir.hpp"
#include "parsers/limits.hpp"

namespace dengji {

bool is_too_large(std::int64_t bytes) {
  return bytes > static_cast<std::int64_t>(limits::message_bytes);
}

std::unique_ptr<Mailbox> open_mailbox(const MailboxConfig& config) {
  if (is_maildir_url(config.url)) return std::make_unique<MaildirMailbox>(config);
  return std::make_unique<ImapMailbox>(config);
}

}  // namespace dengji
