// Polls the mailboxes: what is new goes into the blobs and the register (commit 1), then is marked
// on the server. Where the server can tell of new mail by itself (IDLE) it is polled when it does,
// and every ten minutes all the same; no thread stands waiting for it. Each mailbox is polled by
// one thread at a time; several threads may call step() at once.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/mailbox.hpp"
#include "daemon/moment.hpp"
#include "store/blobs.hpp"
#include "store/register.hpp"

namespace dengji {

class Poller {
 public:
  using Open = std::function<std::unique_ptr<Mailbox>(const MailboxConfig&)>;
  Poller(const Config&, Register&, Blobs&, Open open = open_mailbox);

  // Polls a mailbox whose server has something to tell, else the one that has been due longest;
  // false when there is none.
  bool step(Moment now);
  void poll_all_now();  // every mailbox is due at once
  // From any thread, for the end of the process: polls under way end soon, no other begins.
  void interrupt() noexcept;
  std::size_t mailboxes() const { return due_.size(); }

 private:
  struct Due {
    Due(const OfficeConfig& of, const MailboxConfig& which) : office(&of), mailbox(&which) {}
    const OfficeConfig* office;
    const MailboxConfig* mailbox;
    std::int64_t at = 0;  // by the steady clock
    int failures = 0;
    bool busy = false;
    std::unique_ptr<Mailbox> open;  // kept, so that a poll need not log in anew
    std::optional<int> waits_on;    // its server tells by itself, on this descriptor
    bool woken = false;             // it has told something
    bool found = false;             // the last poll found new mail
    std::size_t waiting = 0;        // mails it saw that are not in the register yet
    int missed = 0;                 // how often waiting failed, or mail came untold
  };
  Due* take(std::int64_t steady);
  void note_woken();
  void wait_for_news(Due&);
  Mailbox& opened(Due&);
  bool interrupted();
  static std::int64_t next_poll_in(const Due&);
  std::string poll(Due&, std::int64_t now);  // what went wrong without stopping it, or ""
  bool room_on_disk() const;

  const Config& config_;
  Register& records_;
  Blobs& blobs_;
  Open open_;
  std::mutex lock_;  // guards due_; what is within a busy one is its thread's, but for `open`
  std::vector<Due> due_;
  bool interrupted_ = false;
};

}  // namespace dengji
