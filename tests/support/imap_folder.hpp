// A folder on an IMAP server in memory, which keeps what a client does to it: for tests that
// disturb the conversation and then look at what came of it. Thread-safe; it outlives its scripts.
#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "tests/support/scripted_server.hpp"

namespace dengji::test {

class ImapFolder {
 public:
  struct Mail {
    std::string bytes;
    std::set<std::string> flags;
  };
  explicit ImapFolder(std::map<int, std::string> mails);

  // A server that does all well; rules added to it come first.
  ImapScript script();
  void set_uidvalidity(const std::string& value);
  std::map<int, Mail> mails() const;       // by UID
  std::vector<std::string> moved() const;  // bytes of mails moved away

  std::string listed(int uid, std::size_t size) const;  // "* n FETCH (UID ... RFC822.SIZE ...)"
  std::string given(int uid) const;                     // "* n FETCH (UID ... BODY[] {...}"

 private:
  std::string uidvalidity() const;
  std::string list(int first) const;
  void store(const std::string& set, const std::string& flag);
  void move(const std::string& set);

  mutable std::mutex mutex_;
  std::map<int, Mail> mails_;
  std::vector<std::string> moved_;
  std::string uidvalidity_ = "7";
};

}  // namespace dengji::test
