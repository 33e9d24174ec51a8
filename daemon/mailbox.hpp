// Where mail comes from: an office's mailbox. One of the four places where the process meets the
// world, hence virtual: ImapMailbox (IMAP4rev1 over libcurl), MaildirMailbox (the embedded
// default), and fakes. One thread uses a mailbox at a time. Errors: MailboxError.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/config.hpp"

namespace dengji {

struct MailboxError : std::runtime_error {
  MailboxError(const std::string& what, bool retry_later)
      : std::runtime_error(what), retry(retry_later) {}
  bool retry;  // false: an operator must mend it (wrong password, no such folder); polled slowly
               // all the same
};

struct MailItem {
  std::string uidvalidity, uid;  // keys, see Incoming
  std::int64_t size = 0;         // as the server says; may be wrong
  std::int64_t received =
      0;  // INTERNALDATE, seconds since the epoch; 0 until fetched where the server gives it late
};

// Of a mail over limits::message_bytes only the header is taken: enough to tell its sender.
bool is_too_large(std::int64_t bytes);

class Mailbox {
 public:
  virtual ~Mailbox() = default;
  // Everything in the mailbox whose key `known` does not say yes to, oldest first. What is known
  // and not yet marked (the process ended in between) is marked now, unless it is too large or came
  // before `skip_before`: the backlog is left as it is.
  using IsKnown = std::function<bool(const std::string& uidvalidity, const std::string& uid)>;
  virtual std::vector<MailItem> list(const IsKnown& known) = 0;
  // The bytes of each item, in pieces to `sink`, whole when `done` is called; never sets \Seen
  // before that. `keep` commits all that is done (commit 1); only after it returned are they marked
  // or moved on the server. An exception out of the sink ends the fetch and comes through; what was
  // not kept stays as it is. A `begin` that is followed by another one, or by nothing, never became
  // whole: forget its pieces. A mail that is too large gives its header alone, its `done` says the
  // true size, and it stays in the mailbox unmarked.
  struct Sink {
    std::function<void(const MailItem&)> begin;
    std::function<void(std::string_view)> piece;
    std::function<void(const MailItem&)> done;  // received is set now
    std::function<void()> keep;
    // The server lists it and does not give its bytes in three polls: for staff; it stays there.
    std::function<void(const MailItem&)> not_given;
  };
  virtual void fetch(const std::vector<MailItem>& items, const Sink& sink) = 0;
  // Asks the server to tell of new mail by itself (IDLE, RFC 2177), until the next list(). None: it
  // cannot. Else a descriptor that poll(2) finds readable once the server has said something.
  virtual std::optional<int> start_waiting() { return {}; }
  // Then: whether what it said makes a list() worth while. Waits for nothing but a begun line.
  virtual bool has_news() { return true; }
  // From any thread, for the end of the process: whoever waits in this mailbox returns or throws
  // soon.
  virtual void interrupt() noexcept {}
  // What went wrong since the last call without stopping the poll (a mail that could not be moved
  // ...), for the operator; "" if nothing.
  std::string take_complaint() { return std::exchange(complaint_, {}); }

 protected:
  void complain(const std::string& what) { complaint_ += (complaint_.empty() ? "" : "; ") + what; }

 private:
  std::string complaint_;
};

// Throws MailboxError for a configuration that cannot be used.
std::unique_ptr<Mailbox> open_mailbox(const MailboxConfig&);

}  // namespace dengji
