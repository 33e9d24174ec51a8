// Polls the mailboxes: what is new goes into the blobs and the register (commit 1), then is marked
// on the server. Each mailbox is polled by one thread at a time; several threads may call step() at
// once.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/mailbox.hpp"
#include "store/blobs.hpp"
#include "store/register.hpp"

namespace dengji {

class Poller {
 public:
  using Open = std::function<std::unique_ptr<Mailbox>(const MailboxConfig&)>;
  Poller(const Config&, Register&, Blobs&, Open open = open_mailbox);

  // Polls the mailbox that has been due longest; false when none is due.
  bool step(std::int64_t now);
  void poll_all_now();  // every mailbox is due at once
  // From any thread, for the end of the process: polls under way end soon, no other begins.
  void interrupt() noexcept;
  std::size_t mailboxes() const { return due_.size(); }

 private:
  struct Due {
    const OfficeConfig* office;
    const MailboxConfig* mailbox;
    std::int64_t at = 0;
    int failures = 0;
    bool busy = false;
    std::unique_ptr<Mailbox> open;  // kept, so that a poll need not log in anew
  };
  Due* take(std::int64_t now);
  Mailbox& opened(Due&);
  bool interrupted();
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
