// One logged-in IMAP connection with one folder selected: commands out, pipelined where the caller
// wishes; responses in, whatever unsolicited ones lie between. Over curl.hpp, which has done TLS
// and login. One thread. Throws CurlError and ImapSyntaxError (the connection is gone),
// MailboxError for a BYE and for what the server refuses.
#pragma once
#include <chrono>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "daemon/curl.hpp"
#include "daemon/imap_response.hpp"

namespace dengji {

struct ImapTimes {
  std::chrono::milliseconds stall = std::chrono::seconds(60);  // without a byte
  std::chrono::milliseconds command =
      std::chrono::seconds(1800);  // for a command as a whole: against one byte a minute
};

struct ImapStatus {
  std::string word;  // OK, NO, BAD
  std::string code;  // TRYCREATE ...
  std::string text;  // UTF-8
  bool ok() const { return word == "OK"; }
};

struct ImapHandler {  // who hears the FETCH data of a command
  std::function<void(const ImapFetch&)> item;
  ImapReader::Body body;
};

class ImapSession {
 public:
  // Logs in; MailboxError(retry: only if the network failed) with the server's words if it cannot.
  ImapSession(Access access, const Interrupt& interrupt, ImapTimes times);
  ~ImapSession();  // says LOGOUT, waits for nothing
  ImapSession(const ImapSession&) = delete;
  ImapSession& operator=(const ImapSession&) = delete;

  void select(const std::string& folder);  // UTF-8 name; MailboxError(retry: no) if refused
  const std::string& uidvalidity() const { return uidvalidity_; }
  bool can(const std::string& capability) const { return capabilities_.contains(capability); }
  bool keeps_keywords() const { return keywords_; }  // PERMANENTFLAGS with \*

  std::string start(const std::string& command);  // sent; its tag
  // Reads until the command's status; data that comes meanwhile goes to `handler`. Commands
  // answered before their turn are remembered.
  ImapStatus finish(const std::string& tag, const ImapHandler& handler = {});
  ImapStatus run(const std::string& command, const ImapHandler& handler = {});

  // IDLE (RFC 2177): from now on the server tells of itself what arrives; false: it will not.
  // Between start and end no other command may be sent.
  bool start_idle();
  void end_idle();
  bool idles() const { return !idle_tag_.empty(); }
  int descriptor() const { return curl_.descriptor(); }  // for poll(2)
  // Reads what has come, if anything: whether a message arrived since the last forget_news(), or
  // the server ended the IDLE.
  bool has_news();
  void forget_news() { news_ = false; }

 private:
  void introduce();
  void hear(const ImapResponse& response, const ImapHandler& handler);
  void hear_status(const ImapResponse& response);

  ImapTimes times_;
  std::string host_;
  Curl curl_;
  ImapReader reader_;
  Curl::Clock::time_point deadline_;  // of the command being waited for
  std::set<std::string> capabilities_;
  std::string uidvalidity_;
  std::vector<std::pair<std::string, ImapStatus>> early_;
  bool keywords_ = false, news_ = false;
  std::uint64_t exists_ = 0;
  std::string idle_tag_;  // of the IDLE under way, else ""
  int commands_ = 0;
};

}  // namespace dengji
