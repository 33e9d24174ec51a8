// libcurl, wrapped once: one easy handle that connects, does TLS and logs in to a mail server, and
// then either carries bytes for a dialogue of ours (IMAP) or sends a mail (SMTP). Certificates are
// always checked, TLS is 1.2 or newer, no proxy is used. One thread uses a handle at a time; only
// Interrupt is for others. SIGPIPE is ignored process-wide from the first handle on (OpenSSL writes
// without MSG_NOSIGNAL).
#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "daemon/interrupt.hpp"
#include "daemon/secret.hpp"

namespace dengji {

struct ServerUrl {
  std::string scheme;  // "imaps", "smtp" ...
  std::string host;
  std::string port;  // "" = the scheme's own
  std::string path;  // decoded, without its first slash
};

std::optional<ServerUrl> parse_server_url(const std::string& url);
bool is_loopback(const std::string& host);  // "localhost", 127.0.0.0/8, ::1

struct Access {
  ServerUrl server;
  std::string user;  // "" = no login
  Secret secret;
  bool oauth = false;                // the secret is an OAuth 2 bearer token
  std::filesystem::path ca_file;     // trusted besides the system's certificates
  bool plaintext = false;            // no TLS; else imap:// and smtp:// must offer STARTTLS
  std::chrono::seconds connect{30};  // for connection, TLS and login together
  std::chrono::seconds answer{60};   // for any one answer of the server
};

struct CurlError : std::runtime_error {  // the connection is of no more use
  using std::runtime_error::runtime_error;
};

struct CurlResult {
  enum class Kind {
    fine,
    network,     // no connection, cut, stalled, interrupted
    tls,         // no STARTTLS, or a certificate that is not trusted
    login,       // user, password or token refused
    refused,     // the server said no to the mail's sender, recipient or bytes
    unexpected,  // a reply out of place: a no as the greeting, or after the final dot
  } kind = Kind::fine;
  int reply = 0;             // the server's last three-digit reply (SMTP), 0 if there was none
  bool handed_over = false;  // the whole mail was given to the network when this ended
  std::string words;         // the server's last line, else libcurl's; bytes as they came
};

class Curl {
 public:
  using Clock = std::chrono::steady_clock;

  // `interrupt` must outlive the handle.
  Curl(Access, const Interrupt& interrupt);
  ~Curl();
  Curl(Curl&&) noexcept;
  Curl& operator=(Curl&&) noexcept;

  // Greeting, TLS and login; afterwards send() and receive() carry the dialogue.
  CurlResult log_in();
  // All of it; throws CurlError when cut or not taken by `deadline`.
  void send(std::string_view bytes, Clock::time_point deadline);
  // At least one byte; throws CurlError when cut, nothing came by `deadline`, or interrupted.
  std::size_t receive(char* buffer, std::size_t room, Clock::time_point deadline);
  // The same, but 0 when nothing came by `deadline` or an interrupt ended the wait.
  std::size_t try_receive(char* buffer, std::size_t room, Clock::time_point deadline);
  int descriptor() const;  // of the connection, for poll(2); -1: there is none

  // One mail with the sender <>, connecting first where that is needed. `recipient` must be a clean
  // addr-spec (it goes into a command as it is).
  CurlResult send_mail(const std::string& recipient, std::string_view bytes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace dengji
