// A server on a loopback port that does what a test says, for the faults that real servers do not
// produce on demand: a cut in the middle, one byte at a time, data nobody asked for, wrong answers.
// One thread; connections are served one after another.
#pragma once
#include <chrono>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace dengji::test {

class Peer {
 public:
  struct Gone : std::runtime_error {  // the client closed, or the test is over
    Gone() : std::runtime_error("the client is gone") {}
  };
  Peer(int socket, int number, std::function<void(const std::string&)> heard);
  ~Peer();
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  int number() const { return number_; }  // 0-based, of the connection
  std::string line();                     // without CRLF
  void say(const std::string& bytes);
  void bytewise() { bytewise_ = true; }  // from now on each byte goes out by itself
  void wait_until_gone();                // says nothing more: a stall
  // After so many bytes said, or on the so-many-th line heard, the connection is cut, or stalls.
  void break_off_after(std::size_t bytes, bool stall = false);
  void break_off_at_line(int line) { last_line_ = line; }
  std::size_t said() const { return said_; }  // bytes so far
  int lines() const { return lines_; }        // heard so far

 private:
  int socket_, number_;
  bool bytewise_ = false, stall_ = false;
  std::size_t said_ = 0, most_ = static_cast<std::size_t>(-1);
  int lines_ = 0, last_line_ = -1;
  std::string buffer_;
  std::function<void(const std::string&)> heard_;
};

class ScriptedServer {
 public:
  using Script = std::function<void(Peer&)>;  // the connection is cut when it returns
  explicit ScriptedServer(Script script);
  ~ScriptedServer();
  ScriptedServer(const ScriptedServer&) = delete;
  ScriptedServer& operator=(const ScriptedServer&) = delete;

  int port() const { return port_; }
  std::vector<std::string> heard() const;    // every line of every connection
  int count(const std::string& part) const;  // of heard lines that hold it

 private:
  void serve();

  Script script_;
  int port_ = 0, listener_ = -1;  // in this order: making the listener finds the port
  mutable std::mutex mutex_;
  std::vector<std::string> heard_;
  int current_ = -1;  // the socket being served, guarded by mutex_
  bool stopping_ = false;
  std::thread thread_;
};

// An IMAP server by rules: the first one whose text the command (without its tag) begins with
// answers. In an answer a '$' before a blank stands for the tag. Unruled commands are answered "$
// OK".
class ImapScript {
 public:
  using Answer = std::function<void(Peer&, const std::string& tag, const std::string& command)>;
  ImapScript();
  ImapScript& on(const std::string& command, const std::string& answer);
  ImapScript& on(const std::string& command, Answer answer);
  ImapScript& bytewise();
  void answer(Peer&, const std::string& tag, const std::string& command) const;
  void operator()(Peer&) const;

 private:
  std::vector<std::pair<std::string, Answer>> rules_;  // the newest first
  bool bytewise_ = false;
};

std::string with_tag(std::string answer, const std::string& tag);
std::string imap_literal(const std::string& bytes);  // {5}\r\nhello

// A SMTP server by rules in the same manner; the pseudo command "." is the end of DATA, whose lines
// are heard. Replies are whole lines.
class SmtpScript {
 public:
  using Answer = std::function<void(Peer&)>;
  SmtpScript();
  SmtpScript& on(const std::string& command, const std::string& reply);
  SmtpScript& on(const std::string& command, Answer answer);
  void operator()(Peer&) const;

 private:
  void answer(Peer&, const std::string& command) const;
  std::vector<std::pair<std::string, Answer>> rules_;
};

}  // namespace dengji::test
