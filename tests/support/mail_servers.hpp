// A real mail service for tests (mail_servers.sh: Dovecot and Postfix on 127.0.0.1): started by the
// constructor, ended by the destructor. Every address is a mailbox.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji::test {

class MailServers {
 public:
  MailServers();  // throws std::runtime_error with the script's words
  ~MailServers();
  MailServers(const MailServers&) = delete;
  MailServers& operator=(const MailServers&) = delete;

  int imaps = 0, imap = 0, lmtp = 0, smtp = 0, submission = 0, smtps = 0;  // ports
  std::filesystem::path ca_file() const { return directory_.path() / "cert.pem"; }
  std::filesystem::path password_file() const { return directory_.path() / "password"; }

  MailboxConfig mailbox(const std::string& address) const;  // over IMAPS
  PostmanConfig postman(const std::string& address) const;  // over SMTPS, logged in

  // Hands a mail to the SMTP server as the world would; throws if it is not taken.
  void send(const std::string& from, const std::string& to, const std::string& bytes) const;
  // Straight into the mailbox, delivered when this returns (LMTP).
  void deliver(const std::string& from, const std::string& to, const std::string& bytes) const;

  // What lies in the mailbox of `address` (its inbox, or a subfolder), as stored.
  std::vector<std::string> inbox(const std::string& address, const std::string& folder = "") const;
  // The same once there are `count` or `seconds` are over: SMTP delivers when it likes.
  std::vector<std::string> await_inbox(const std::string& address, std::size_t count,
                                       int seconds = 60) const;

 private:
  TempDir directory_;
};

}  // namespace dengji::test
