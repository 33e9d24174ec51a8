#include "tests/support/mail_servers.hpp"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <stdexcept>
#include <thread>

namespace dengji::test {
namespace {

namespace fs = std::filesystem;
const std::string script = std::string(SOURCE_DIR) + "/tests/support/mail_servers.sh";

// Just enough of a client of SMTP and LMTP to bring mails in with any envelope.
class Line {
 public:
  explicit Line(int port) : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("no server on port " + std::to_string(port));
    expect('2', "greeting");
  }
  ~Line() { close(socket_); }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;

  void command(const std::string& line, char reply) {
    say(line + "\r\n");
    expect(reply, line);
  }
  void say(const std::string& bytes) {
    for (std::size_t done = 0; done < bytes.size();) {
      const ssize_t count = ::send(socket_, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
      if (count <= 0) throw std::runtime_error("the server hung up");
      done += static_cast<std::size_t>(count);
    }
  }

 private:
  void expect(char reply, const std::string& what) {
    std::string line;
    do {
      line = next();
    } while (line.size() > 3 && line[3] == '-');
    if (line.empty() || line[0] != reply) throw std::runtime_error(what + ": " + line);
  }
  std::string next() {
    std::size_t end;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      char bytes[1024];
      const ssize_t count = recv(socket_, bytes, sizeof bytes, 0);
      if (count <= 0) throw std::runtime_error("the server hung up");
      buffer_.append(bytes, static_cast<std::size_t>(count));
    }
    const std::string line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return line;
  }

  int socket_;
  std::string buffer_;
};

// CRLF line ends, dots at line begins doubled.
std::string as_data(const std::string& bytes) {
  std::string data;
  bool at_begin = true;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') continue;
    if (at_begin && bytes[i] == '.') data += '.';
    at_begin = bytes[i] == '\n';
    data += at_begin ? "\r\n" : std::string(1, bytes[i]);
  }
  return data + (at_begin ? "" : "\r\n");
}

void bring(int port, const std::string& hello, const std::string& from, const std::string& to,
           const std::string& bytes) {
  Line line(port);
  line.command(hello + " client.example", '2');
  line.command("MAIL FROM:<" + from + ">", '2');
  line.command("RCPT TO:<" + to + ">", '2');
  line.command("DATA", '3');
  line.say(as_data(bytes));
  line.command(".", '2');
}

}  // namespace

MailServers::MailServers() {
  const fs::path log = directory_.path() / "script.log";
  const std::string command =
      script + " start " + directory_.path().string() + " >" + log.string() + " 2>&1";
  if (std::system(command.c_str()) != 0) throw std::runtime_error(read_file(log));
  std::map<std::string, int*> names = {{"IMAPS_PORT", &imaps},
                                       {"IMAP_PORT", &imap},
                                       {"LMTP_PORT", &lmtp},
                                       {"SMTP_PORT", &smtp},
                                       {"SUBMISSION_PORT", &submission},
                                       {"SMTPS_PORT", &smtps}};
  std::ifstream ports(directory_.path() / "ports");
  for (std::string line; std::getline(ports, line);) {
    const std::size_t equals = line.find('=');
    const auto name = names.find(line.substr(0, equals));
    if (name != names.end()) *name->second = std::stoi(line.substr(equals + 1));
  }
}

MailServers::~MailServers() {
  const std::string command = script + " stop " + directory_.path().string();
  if (std::system(command.c_str()) != 0) std::fputs("the mail servers did not stop\n", stderr);
}

MailboxConfig MailServers::mailbox(const std::string& address) const {
  MailboxConfig config;
  config.url = "imaps://localhost:" + std::to_string(imaps) + "/INBOX";
  config.user = address;
  config.password_file = password_file();
  config.ca_file = ca_file();
  return config;
}

PostmanConfig MailServers::postman(const std::string& address) const {
  PostmanConfig config;
  config.url = "smtps://localhost:" + std::to_string(smtps);
  config.user = address;
  config.password_file = password_file();
  config.ca_file = ca_file();
  return config;
}

void MailServers::send(const std::string& from, const std::string& to,
                       const std::string& bytes) const {
  bring(smtp, "EHLO", from, to, bytes);
}

void MailServers::deliver(const std::string& from, const std::string& to,
                          const std::string& bytes) const {
  bring(lmtp, "LHLO", from, to, bytes);
}

std::vector<std::string> MailServers::inbox(const std::string& address,
                                            const std::string& folder) const {
  fs::path maildir = directory_.path() / "mail" / address;
  if (!folder.empty()) maildir /= "." + folder;
  std::vector<std::string> mails;
  for (const char* directory : {"new", "cur"}) {
    if (!fs::exists(maildir / directory)) continue;
    for (const auto& entry : fs::directory_iterator(maildir / directory))
      mails.push_back(read_file(entry.path()));
  }
  return mails;
}

std::vector<std::string> MailServers::await_inbox(const std::string& address, std::size_t count,
                                                  int seconds) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  std::vector<std::string> mails = inbox(address);
  while (mails.size() < count && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    mails = inbox(address);
  }
  return mails;
}

}  // namespace dengji::test
