#include "daemon/curl.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <initializer_list>
#include <utility>

namespace dengji {
namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct FreeEasy {
  void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
};
struct FreeUrl {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

void initialise_once() {
  static const bool initialised = [] {
    std::signal(SIGPIPE, SIG_IGN);
    return curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  }();
  if (!initialised) throw CurlError("libcurl cannot be initialised");
}

std::string url_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return "";
  std::string value = text;
  curl_free(text);
  return value;
}

constexpr std::size_t words_bytes = 1024;  // of a server's line that is kept for the log

// The server's last line is kept, but a goodbye does not hide why it came to that.
std::size_t keep_words(char* bytes, std::size_t one, std::size_t count, void* data) {
  std::string& words = *static_cast<std::string*>(data);
  std::string_view line(bytes, one * count);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  const bool goodbye = line.starts_with("221") || line.starts_with("* BYE");
  if (words.empty() || !(goodbye || line.empty())) words = line.substr(0, words_bytes);
  return one * count;
}

// libcurl calls this at least once a second.
int stop_if_raised(void* interrupt, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Interrupt*>(interrupt)->raised() ? 1 : 0;
}

struct Payload {
  std::string_view rest;
  bool ended = false;
};

std::size_t read_payload(char* buffer, std::size_t one, std::size_t count, void* data) {
  Payload& payload = *static_cast<Payload*>(data);
  const std::size_t taken = std::min(one * count, payload.rest.size());
  std::memcpy(buffer, payload.rest.data(), taken);
  payload.rest.remove_prefix(taken);
  payload.ended = payload.ended || taken == 0;
  return taken;
}

CurlResult::Kind kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return CurlResult::Kind::fine;
    case CURLE_LOGIN_DENIED:
      return CurlResult::Kind::login;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return CurlResult::Kind::tls;
    case CURLE_SEND_ERROR:  // what libcurl makes of a no to MAIL, RCPT or DATA
      return CurlResult::Kind::refused;
    case CURLE_WEIRD_SERVER_REPLY:
      return CurlResult::Kind::unexpected;
    default:
      return CurlResult::Kind::network;
  }
}

int milliseconds_until(Curl::Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Curl::Clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

std::optional<ServerUrl> parse_server_url(const std::string& text) {
  const std::unique_ptr<CURLU, FreeUrl> url(curl_url());
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) return {};
  if (!url_part(url.get(), CURLUPART_PASSWORD).empty()) return {};
  ServerUrl parsed;
  parsed.scheme = url_part(url.get(), CURLUPART_SCHEME);
  parsed.host = url_part(url.get(), CURLUPART_HOST);
  parsed.port = url_part(url.get(), CURLUPART_PORT);
  parsed.path = url_part(url.get(), CURLUPART_PATH, CURLU_URLDECODE);
  if (parsed.path.starts_with('/')) parsed.path.erase(0, 1);
  if (parsed.host.empty()) return {};
  return parsed;
}

bool is_loopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]" || host == "::1") return true;
  in_addr address = {};
  return inet_pton(AF_INET, host.c_str(), &address) == 1 && (ntohl(address.s_addr) >> 24) == 127;
}

struct Curl::State {
  Access access;
  const Interrupt& interrupt;
  std::unique_ptr<CURL, FreeEasy> easy;
  char error[CURL_ERROR_SIZE] = {};
  std::string words;
  bool failed = false;

  State(Access given, const Interrupt& stop) : access(std::move(given)), interrupt(stop) {
    initialise_once();
    easy.reset(curl_easy_init());
    if (!easy) throw CurlError("libcurl gives no handle");
    set_common();
    set_security();
  }

  // libcurl ends an SMTP connection with QUIT and waits minutes for the answer. One that has
  // failed, or must end now, is cut instead.
  ~State() {
    const curl_socket_t socket = active_socket();
    if (socket != CURL_SOCKET_BAD && (failed || interrupt.raised())) shutdown(socket, SHUT_RDWR);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  curl_socket_t active_socket() const {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy.get(), CURLINFO_ACTIVESOCKET, &socket);
    return socket;
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy.get(), option, value) != CURLE_OK)
      throw CurlError("libcurl does not know option " + std::to_string(option));
  }

  void set_common() {
    const ServerUrl& server = access.server;
    const std::string port = server.port.empty() ? "" : ":" + server.port;
    set(CURLOPT_URL, (server.scheme + "://" + server.host + port + "/").c_str());
    set(CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
    set(CURLOPT_PROXY, "");
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(access.connect.count()));
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(access.answer.count()));
    set(CURLOPT_ERRORBUFFER, error);
    set(CURLOPT_HEADERFUNCTION, keep_words);
    set(CURLOPT_HEADERDATA, &words);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, stop_if_raised);
    set(CURLOPT_XFERINFODATA, &interrupt);
  }

  void set_security() {
    set(CURLOPT_USE_SSL, static_cast<long>(access.plaintext ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!access.ca_file.empty()) set(CURLOPT_CAINFO, access.ca_file.c_str());
    if (access.user.empty()) return;
    set(CURLOPT_USERNAME, access.user.c_str());
    // Else libcurl would try a server that knows no tokens with an empty password.
    if (access.oauth) set(CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
    set(access.oauth ? CURLOPT_XOAUTH2_BEARER : CURLOPT_PASSWORD, access.secret.reveal().c_str());
  }

  CurlResult perform() {
    words.clear();
    error[0] = '\0';
    const CURLcode code = curl_easy_perform(easy.get());
    failed = code != CURLE_OK;
    CurlResult result;
    result.kind = kind_of(code);
    long reply = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &reply);
    result.reply = static_cast<int>(reply);
    result.words = words;
    if (code != CURLE_OK)
      result.words +=
          (words.empty() ? "" : " | ") + std::string(*error ? error : curl_easy_strerror(code));
    return result;
  }

  // Waits for `events` on the connection; false at the deadline or on an interrupt.
  bool poll_socket(short events, Clock::time_point deadline) {
    const curl_socket_t socket = active_socket();
    if (socket == CURL_SOCKET_BAD) throw CurlError("the connection is closed");
    pollfd waits[2] = {{socket, events, 0}, {interrupt.descriptor(), POLLIN, 0}};
    while (!interrupt.raised()) {
      const int left = milliseconds_until(deadline);
      const int ready = poll(waits, 2, left);
      if (ready > 0 && waits[0].revents != 0) return true;
      if (ready == 0 && left == 0) return false;
      if (ready < 0 && errno != EINTR) throw CurlError(std::strerror(errno));
    }
    return false;
  }

  [[noreturn]] void give_up() const {
    throw CurlError(interrupt.raised() ? "interrupted" : "the server does not answer in time");
  }
};

Curl::Curl(Access access, const Interrupt& interrupt)
    : state_(std::make_unique<State>(std::move(access), interrupt)) {}
Curl::~Curl() = default;
Curl::Curl(Curl&&) noexcept = default;
Curl& Curl::operator=(Curl&&) noexcept = default;

CurlResult Curl::log_in() {
  state_->set(CURLOPT_CONNECT_ONLY, 1L);
  return state_->perform();
}

void Curl::send(std::string_view bytes, Clock::time_point deadline) {
  while (!bytes.empty()) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(state_->easy.get(), bytes.data(), bytes.size(), &sent);
    if (code == CURLE_AGAIN)
      state_->poll_socket(POLLOUT, deadline) ? void() : state_->give_up();
    else if (code != CURLE_OK)
      throw CurlError(curl_easy_strerror(code));
    bytes.remove_prefix(sent);
  }
}

std::size_t Curl::try_receive(char* buffer, std::size_t room, Clock::time_point deadline) {
  // Before polling: TLS may hold bytes that the socket no longer shows.
  do {
    std::size_t count = 0;
    const CURLcode code = curl_easy_recv(state_->easy.get(), buffer, room, &count);
    if (code == CURLE_OK && count > 0) return count;
    if (code == CURLE_OK) throw CurlError("the server closed the connection");
    if (code != CURLE_AGAIN) throw CurlError(curl_easy_strerror(code));
  } while (state_->poll_socket(POLLIN, deadline));
  return 0;
}

std::size_t Curl::receive(char* buffer, std::size_t room, Clock::time_point deadline) {
  const std::size_t count = try_receive(buffer, room, deadline);
  if (count == 0) state_->give_up();
  return count;
}

int Curl::descriptor() const { return state_->active_socket(); }

CurlResult Curl::send_mail(const std::string& recipient, std::string_view bytes) {
  const std::unique_ptr<curl_slist, FreeList> to(
      curl_slist_append(nullptr, ("<" + recipient + ">").c_str()));
  Payload payload{bytes};
  state_->set(CURLOPT_MAIL_FROM, "");
  state_->set(CURLOPT_MAIL_RCPT, to.get());
  state_->set(CURLOPT_UPLOAD, 1L);
  state_->set(CURLOPT_READFUNCTION, read_payload);
  state_->set(CURLOPT_READDATA, &payload);
  state_->set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bytes.size()));
  CurlResult result = state_->perform();
  state_->set(CURLOPT_MAIL_RCPT, nullptr);
  result.handed_over = payload.ended || (payload.rest.empty() && !bytes.empty());
  return result;
}

}  // namespace dengji
