#include "tests/support/scripted_server.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace dengji::test {
namespace {

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

int listen_somewhere(int& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0) fail("bind");
  if (listen(listener, 8) != 0) fail("listen");
  if (getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) fail("port");
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

Peer::Peer(int socket, int number, std::function<void(const std::string&)> heard)
    : socket_(socket), number_(number), heard_(std::move(heard)) {
  const int on = 1;  // each byte said by itself a packet of its own
  setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Peer::~Peer() { shutdown(socket_, SHUT_RDWR); }

std::string Peer::line() {
  std::size_t end;
  while ((end = buffer_.find("\r\n")) == std::string::npos) {
    char bytes[4096];
    const ssize_t count = recv(socket_, bytes, sizeof bytes, 0);
    if (count <= 0) throw Gone();
    buffer_.append(bytes, static_cast<std::size_t>(count));
  }
  const std::string line = buffer_.substr(0, end);
  buffer_.erase(0, end + 2);
  heard_(line);
  if (++lines_ == last_line_) throw Gone();
  return line;
}

void Peer::break_off_after(std::size_t bytes, bool stall) {
  most_ = bytes;
  stall_ = stall;
}

void Peer::say(const std::string& bytes) {
  std::size_t done = 0;
  while (done < bytes.size() && said_ < most_) {
    const std::size_t part = bytewise_ ? 1 : std::min(bytes.size() - done, most_ - said_);
    const ssize_t count = send(socket_, bytes.data() + done, part, MSG_NOSIGNAL);
    if (count <= 0) throw Gone();
    done += static_cast<std::size_t>(count);
    said_ += static_cast<std::size_t>(count);
  }
  if (said_ < most_) return;
  if (stall_) wait_until_gone();
  throw Gone();
}

void Peer::wait_until_gone() {
  while (true) line();
}

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)),
      listener_(listen_somewhere(port_)),
      thread_([this] { serve(); }) {}

ScriptedServer::~ScriptedServer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (current_ >= 0) shutdown(current_, SHUT_RDWR);
  }
  shutdown(listener_, SHUT_RDWR);
  thread_.join();
  close(listener_);
}

void ScriptedServer::serve() {
  for (int number = 0;; ++number) {
    const int client = accept(listener_, nullptr, nullptr);
    if (client < 0) return;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) shutdown(client, SHUT_RDWR);
      current_ = client;
    }
    try {
      Peer peer(client, number, [this](const std::string& line) {
        const std::lock_guard lock(mutex_);
        heard_.push_back(line);
      });
      script_(peer);
    } catch (const Peer::Gone&) {
      // The client has ended this connection; the next one may come.
    }
    const std::lock_guard lock(mutex_);
    current_ = -1;
    close(client);
  }
}

std::vector<std::string> ScriptedServer::heard() const {
  const std::lock_guard lock(mutex_);
  return heard_;
}

int ScriptedServer::count(const std::string& part) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::count_if(heard_.begin(), heard_.end(), [&](const std::string& line) {
    return line.find(part) != std::string::npos;
  }));
}

std::string with_tag(std::string answer, const std::string& tag) {
  for (std::size_t at; (at = answer.find("$ ")) != std::string::npos;) answer.replace(at, 1, tag);
  return answer;
}

std::string imap_literal(const std::string& bytes) {
  return "{" + std::to_string(bytes.size()) + "}\r\n" + bytes;
}

ImapScript::ImapScript() {
  on("", "$ OK done\r\n");
  on("LOGOUT", [](Peer&, const std::string&, const std::string&) { throw Peer::Gone(); });
  on("CAPABILITY", "* CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE\r\n$ OK done\r\n");
  on("SELECT",
     "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok\r\n"
     "$ OK [READ-WRITE] done\r\n");
}

ImapScript& ImapScript::on(const std::string& command, const std::string& answer) {
  return on(command, [answer](Peer& peer, const std::string& tag, const std::string&) {
    peer.say(with_tag(answer, tag));
  });
}

ImapScript& ImapScript::on(const std::string& command, Answer answer) {
  rules_.insert(rules_.begin(), {command, std::move(answer)});
  return *this;
}

ImapScript& ImapScript::bytewise() {
  bytewise_ = true;
  return *this;
}

void ImapScript::operator()(Peer& peer) const {
  if (bytewise_) peer.bytewise();
  peer.say("* OK ready\r\n");
  while (true) {
    const std::string line = peer.line();
    const std::size_t blank = std::min(line.find(' '), line.size());
    const std::string command = line.substr(std::min(blank + 1, line.size()));
    answer(peer, line.substr(0, blank), command);
  }
}

void ImapScript::answer(Peer& peer, const std::string& tag, const std::string& command) const {
  const auto rule = std::find_if(rules_.begin(), rules_.end(),
                                 [&](const auto& r) { return command.starts_with(r.first); });
  rule->second(peer, tag, command);
}

SmtpScript::SmtpScript() {
  on("", "250 ok\r\n");
  on("greeting", "220 fake.example\r\n");
  on("EHLO", "250-fake.example\r\n250 8BITMIME\r\n");
  on("DATA", "354 go on\r\n");
  on("QUIT", [](Peer& peer) {
    peer.say("221 bye\r\n");
    throw Peer::Gone();
  });
}

SmtpScript& SmtpScript::on(const std::string& command, const std::string& reply) {
  return on(command, [reply](Peer& peer) { peer.say(reply); });
}

SmtpScript& SmtpScript::on(const std::string& command, Answer answer) {
  rules_.insert(rules_.begin(), {command, std::move(answer)});
  return *this;
}

void SmtpScript::answer(Peer& peer, const std::string& command) const {
  const auto rule = std::find_if(rules_.begin(), rules_.end(),
                                 [&](const auto& r) { return command.starts_with(r.first); });
  rule->second(peer);
}

void SmtpScript::operator()(Peer& peer) const {
  answer(peer, "greeting");
  while (true) {
    const std::string command = peer.line();
    answer(peer, command);
    if (command != "DATA") continue;
    while (peer.line() != ".") continue;
    answer(peer, ".");
  }
}

}  // namespace dengji::test
