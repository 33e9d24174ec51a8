// An office's mailbox on an IMAP server. Fetches with BODY.PEEK, 32 commands deep; waits with IDLE
// where the server has it; depends on nothing that the servers of this country lack: no UIDNEXT,
// SEARCH, BODYSTRUCTURE or MOVE. A message taken in is moved to `done_folder`, or gets the keyword
// $Dengji (\Seen where keywords are not kept); this only informs people, since what is known is
// decided by the register's keys. Errors: MailboxError; after one the next call connects anew.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/imap_session.hpp"
#include "daemon/mailbox.hpp"

namespace dengji {

class ImapMailbox : public Mailbox {
 public:
  // Throws MailboxError for a URL or settings that cannot be used.
  explicit ImapMailbox(MailboxConfig config, ImapTimes times = {});

  std::vector<MailItem> list(const IsKnown& known) override;
  void fetch(const std::vector<MailItem>& items, const Sink& sink) override;
  std::optional<int> start_waiting() override;
  bool has_news() override;
  void interrupt() noexcept override { interrupt_.raise(); }

 private:
  class Fetching;
  template <class Work>
  auto guarded(const Work& work);
  void connect();
  bool still_alive();
  std::vector<MailItem> list_selected(const IsKnown& known);
  bool is_marked(const std::vector<std::string>& flags) const;
  ImapStatus mark(const std::string& uid_set);
  ImapStatus move(const std::string& uid_set);
  void mark_all(const std::vector<std::string>& uids);

  MailboxConfig config_;
  ServerUrl server_;
  std::string folder_;
  ImapTimes times_;
  Interrupt interrupt_;
  std::unique_ptr<ImapSession> session_;
  std::uint64_t first_uid_ = 1;  // all below are known; of `uidvalidity_`
  std::string uidvalidity_;
  std::map<std::string, int> empty_;  // UID -> how often the server said OK and gave nothing
};

}  // namespace dengji
