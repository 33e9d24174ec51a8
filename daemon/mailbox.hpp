// Where mail comes from: an office's mailbox. One of the four places where the process meets the world, hence
// virtual: ImapMailbox (IMAP4rev1 over libcurl), MaildirMailbox (the embedded default), and fakes.
// One thread uses a mailbox at a time. Errors: MailboxError.
#pragma once
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/config.hpp"

namespace dengji {

struct MailboxError : std::runtime_error {
  MailboxError(const std::string& what, bool retry_later) : std::runtime_error(what), retry(retry_later) {}
  bool retry;  // false: an operator must mend it (wrong password, no such folder); polled slowly all the same
};

struct MailItem {
  std::string uidvalidity, uid;    // keys, see Incoming
  std::int64_t size = 0;           // as the server says; may be wrong
  std::int64_t received = 0;       // INTERNALDATE, seconds since the epoch; 0 until fetched where the server gives it late
};

class Mailbox {
 public:
  virtual ~Mailbox() = default;
  // Everything in the mailbox whose key `known` does not say yes to.
  using IsKnown = std::function<bool(const std::string& uidvalidity, const std::string& uid)>;
  virtual std::vector<MailItem> list(const IsKnown& known) = 0;
  // The bytes of each item, in pieces to `sink`, whole when `done` is called; never sets \Seen before that.
  // `done` commits the message (commit 1); only after it returned is the message marked or moved on the server.
  struct Sink {
    std::function<void(const MailItem&)> begin;
    std::function<void(std::string_view)> piece;
    std::function<void(const MailItem&)> done;      // received is set now
    std::function<void(const MailItem&, const std::string& why)> refused;  // over limits::message_bytes
  };
  virtual void fetch(const std::vector<MailItem>& items, const Sink& sink) = 0;
  // Waits until there is likely new mail or `seconds` passed (IDLE where the server has it); false: cannot wait.
  virtual bool wait(int /*seconds*/) { return false; }
};

std::unique_ptr<Mailbox> open_mailbox(const MailboxConfig&);

}  // namespace dengji
