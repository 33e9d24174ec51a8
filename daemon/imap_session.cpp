#include "daemon/imap_session.hpp"

#include <algorithm>

#include "daemon/imap_text.hpp"
#include "daemon/mailbox.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t early_statuses = 100;  // remembered out of turn
constexpr std::size_t capabilities = 200;

std::string words_of(const std::string& bytes) { return shown(to_utf8(bytes)); }

std::string login_failure(const CurlResult& result, const std::string& host) {
  const std::string words = words_of(result.words);
  if (result.kind == CurlResult::Kind::login)
    return host + " refuses the login (" + words +
           "). Is the password right? NetEase, QQ and many others want an authorisation code"
           " (授权码, made in the mailbox's web settings, where IMAP is switched on) instead of it";
  if (result.kind == CurlResult::Kind::tls) return "no trusted TLS with " + host + ": " + words;
  return "cannot connect to " + host + ": " + words;
}

}  // namespace

ImapSession::ImapSession(Access access, const Interrupt& interrupt, ImapTimes times)
    : times_(times),
      host_(access.server.host),
      curl_(std::move(access), interrupt),
      reader_([this](char* buffer, std::size_t room) {
        return curl_.receive(buffer, room, std::min(deadline_, Curl::Clock::now() + times_.stall));
      }) {
  const CurlResult result = curl_.log_in();
  if (result.kind != CurlResult::Kind::fine)
    throw MailboxError(login_failure(result, host_), result.kind == CurlResult::Kind::network);
  introduce();
}

// NetEase calls a client without ID an "Unsafe Login" and refuses SELECT; servers that do not know
// it say BAD, which harms nothing.
void ImapSession::introduce() {
  run("ID (\"name\" \"dengji\" \"version\" \"1\")");
  run("CAPABILITY");
}

ImapSession::~ImapSession() {
  try {
    curl_.send("BYE LOGOUT\r\n", Curl::Clock::now());
  } catch (const CurlError&) {
    // The connection is gone already, which is what was wanted.
  }
}

void ImapSession::select(const std::string& folder) {
  uidvalidity_.clear();
  keywords_ = false;
  const ImapStatus status = run("SELECT " + imap_quoted(modified_utf7(folder)));
  if (!status.ok())
    throw MailboxError("the folder " + folder + " cannot be opened: " + status.text, false);
}

std::string ImapSession::start(const std::string& command) {
  const std::string tag = "D" + std::to_string(++commands_);
  curl_.send(tag + " " + command + "\r\n", Curl::Clock::now() + times_.stall);
  return tag;
}

ImapStatus ImapSession::finish(const std::string& tag, const ImapHandler& handler) {
  deadline_ = Curl::Clock::now() + times_.command;
  const auto early = std::find_if(early_.begin(), early_.end(),
                                  [&tag](const auto& entry) { return entry.first == tag; });
  if (early != early_.end()) {
    ImapStatus status = std::move(early->second);
    early_.erase(early);
    return status;
  }
  while (true) {
    const ImapResponse response = reader_.next(handler.body);
    hear(response, handler);
    if (response.tag == "*" || response.tag == "+") continue;
    ImapStatus status{response.word, response.code, words_of(response.text)};
    if (response.tag == tag) return status;
    if (early_.size() == early_statuses) throw ImapSyntaxError("answers to no command");
    early_.emplace_back(response.tag, std::move(status));
  }
}

ImapStatus ImapSession::run(const std::string& command, const ImapHandler& handler) {
  return finish(start(command), handler);
}

void ImapSession::hear(const ImapResponse& response, const ImapHandler& handler) {
  if (response.is_status()) hear_status(response);
  if (response.tag != "*") return;
  if (response.word == "EXISTS") {
    news_ = news_ || response.number > exists_;
    exists_ = response.number;
  } else if (response.word == "EXPUNGE" && exists_ > 0) {
    --exists_;
  } else if (response.word == "CAPABILITY") {
    for (const ImapToken& token : response.tokens)
      if (capabilities_.size() < capabilities) capabilities_.insert(ascii_upper(token.text));
  } else if (response.word == "FETCH" && handler.item) {
    if (const auto fetch = read_fetch(response)) handler.item(*fetch);
  }
}

void ImapSession::hear_status(const ImapResponse& response) {
  if (response.tag == "*" && response.word == "BYE")
    throw MailboxError("the server says goodbye: " + words_of(response.text), true);
  const std::size_t blank = std::min(response.code.find(' '), response.code.size());
  const std::string code = ascii_upper(std::string_view(response.code).substr(0, blank));
  const std::string value = response.code.substr(std::min(blank + 1, response.code.size()));
  if (code == "UIDVALIDITY") {
    if (!uidvalidity_.empty() && uidvalidity_ != value)
      throw MailboxError("the folder was replaced while it was open (UIDVALIDITY)", true);
    uidvalidity_ = value;
  } else if (code == "PERMANENTFLAGS") {
    keywords_ = value.find("\\*") != std::string::npos;
  }
}

bool ImapSession::start_idle() {
  idle_tag_ = start("IDLE");
  deadline_ = Curl::Clock::now() + times_.stall;
  while (idles()) {
    const ImapResponse response = reader_.next({});
    hear(response, {});
    if (response.tag == "+") return true;
    if (response.tag == idle_tag_) idle_tag_.clear();
  }
  return false;
}

bool ImapSession::has_news() {
  deadline_ = Curl::Clock::now() + times_.stall;  // for the end of a line that has begun
  while (idles() && !news_) {
    if (!reader_.has_bytes()) {
      char buffer[4096];
      const std::size_t count = curl_.try_receive(buffer, sizeof buffer, Curl::Clock::now());
      if (count == 0) break;
      reader_.push({buffer, count});
    }
    const ImapResponse response = reader_.next({});
    hear(response, {});
    if (response.tag == idle_tag_) idle_tag_.clear();
  }
  return news_ || !idles();
}

void ImapSession::end_idle() {
  if (!idles()) return;
  curl_.send("DONE\r\n", Curl::Clock::now() + times_.stall);
  const std::string tag = std::exchange(idle_tag_, {});
  finish(tag);
}

}  // namespace dengji
