#include "daemon/imap_mailbox.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

#include "daemon/calendar.hpp"
#include "daemon/imap_text.hpp"
#include "parsers/limits.hpp"
#include "store/failpoint.hpp"

namespace dengji {
namespace {

constexpr std::size_t pipeline_depth = 32;
constexpr std::size_t marked_at_once = 100;  // also the length of a UID set
constexpr std::size_t listed_at_once =
    10'000;                       // new mails in one poll; the rest comes with the next
constexpr int empty_answers = 3;  // polls in which a mail may come without a byte
constexpr std::size_t kept_at_once = 32 << 20;  // bytes of mails that are done and not yet kept
constexpr const char* keyword = "$Dengji";

std::uint64_t uid_number(const std::string& uid) {
  std::uint64_t number = 0;
  const char* const end = uid.data() + uid.size();
  const auto [stop, error] = std::from_chars(uid.data(), end, number);
  return error == std::errc() && stop == end ? number : 0;
}

std::string joined(const std::vector<std::string>& uids, std::size_t begin, std::size_t end) {
  std::string set;
  for (std::size_t i = begin; i < end; ++i) set += (set.empty() ? "" : ",") + uids[i];
  return set;
}

bool has_flag(const std::vector<std::string>& flags, std::string_view flag) {
  return std::any_of(flags.begin(), flags.end(), [flag](const std::string& candidate) {
    return ascii_upper(candidate) == ascii_upper(flag);
  });
}

ServerUrl checked_url(const MailboxConfig& config) {
  const auto url = parse_server_url(config.url);
  if (!url || (url->scheme != "imap" && url->scheme != "imaps"))
    throw MailboxError(config.url + " is no imaps://HOST/FOLDER, imap:// or maildir:/PATH", false);
  if (config.allow_plaintext && !is_loopback(url->host))
    throw MailboxError("allow_plaintext is for this machine only, not for " + url->host, false);
  return *url;
}

}  // namespace

ImapMailbox::ImapMailbox(MailboxConfig config, ImapTimes times)
    : config_(std::move(config)),
      server_(checked_url(config_)),
      folder_(server_.path.empty() ? "INBOX" : server_.path),
      times_(times) {}

// Runs `work`; whatever is thrown, the connection is dropped, as nobody knows what it still
// carries.
template <class Work>
auto ImapMailbox::guarded(const Work& work) {
  try {
    return work();
  } catch (const CurlError& error) {
    session_.reset();
    throw MailboxError(server_.host + ": " + error.what(), true);
  } catch (const ImapSyntaxError& error) {
    session_.reset();
    throw MailboxError(server_.host + " does not speak IMAP as agreed: " + error.what(), true);
  } catch (const SecretError& error) {
    session_.reset();
    throw MailboxError(error.what(), false);
  } catch (...) {
    session_.reset();
    throw;
  }
}

bool ImapMailbox::still_alive() {
  if (!session_) return false;
  try {
    return guarded([this] {
      session_->end_idle();
      return session_->run("NOOP").ok();
    });
  } catch (const MailboxError&) {
    return false;  // a connection may die between two polls: log in anew, which says what is wrong
  }
}

void ImapMailbox::connect() {
  if (still_alive()) return;
  Access access;
  access.server = server_;
  access.user = config_.user;
  if (!config_.user.empty()) access.secret = read_secret(config_.password_file);
  access.oauth = config_.auth == "xoauth2";
  access.ca_file = config_.ca_file;
  access.plaintext = config_.allow_plaintext && server_.scheme == "imap";
  access.answer = std::chrono::ceil<std::chrono::seconds>(times_.stall);
  session_.reset();
  session_ = std::make_unique<ImapSession>(std::move(access), interrupt_, times_);
  session_->select(folder_);
  if (session_->uidvalidity() != uidvalidity_) {
    uidvalidity_ = session_->uidvalidity();
    first_uid_ = 1;
    empty_.clear();
  }
}

std::vector<MailItem> ImapMailbox::list(const IsKnown& known) {
  return guarded([&] {
    connect();
    return list_selected(known);
  });
}

// One streamed response, from the first UID that was not known last time on. "n:*" always answers
// with the last message, even where its UID is below n.
std::vector<MailItem> ImapMailbox::list_selected(const IsKnown& known) {
  std::vector<MailItem> items;
  std::vector<std::string> unmarked;
  std::uint64_t last = first_uid_ - 1;
  ImapHandler handler;
  handler.item = [&](const ImapFetch& fetch) {
    const std::uint64_t uid = uid_number(fetch.uid);
    if (uid < first_uid_) return;
    last = std::max(last, uid);
    const MailItem item{uidvalidity_, fetch.uid, static_cast<std::int64_t>(fetch.size.value_or(0)),
                        fetch.received.value_or(0)};
    const bool backlog = day_of(item.received) < config_.skip_before;
    if (!known(item.uidvalidity, item.uid)) {
      if (items.size() < listed_at_once) items.push_back(item);
    } else if (fetch.flags && !is_marked(*fetch.flags) && !backlog && !is_too_large(item.size)) {
      unmarked.push_back(fetch.uid);
    }
  };
  session_->forget_news();
  const std::string first = std::to_string(first_uid_);
  const ImapStatus status =
      session_->run("UID FETCH " + first + ":* (UID FLAGS RFC822.SIZE INTERNALDATE)", handler);
  // Some servers say NO to a FETCH in an empty folder.
  if (!status.ok() && last >= first_uid_)
    throw MailboxError("the folder cannot be listed: " + status.text, true);
  std::sort(items.begin(), items.end(), [](const MailItem& a, const MailItem& b) {
    return uid_number(a.uid) < uid_number(b.uid);
  });
  first_uid_ = items.empty() ? last + 1 : uid_number(items.front().uid);
  mark_all(unmarked);
  return items;
}

bool ImapMailbox::is_marked(const std::vector<std::string>& flags) const {
  if (!config_.done_folder.empty()) return has_flag(flags, "\\Deleted");
  return has_flag(flags, session_->keeps_keywords() ? keyword : "\\Seen");
}

void ImapMailbox::mark_all(const std::vector<std::string>& uids) {
  for (std::size_t begin = 0; begin < uids.size(); begin += marked_at_once) {
    const std::string set = joined(uids, begin, std::min(begin + marked_at_once, uids.size()));
    failpoint("before-mark");
    const ImapStatus status = mark(set);
    failpoint("after-mark");
    if (!status.ok()) complain("mails " + set + " could not be marked or moved: " + status.text);
  }
}

ImapStatus ImapMailbox::mark(const std::string& uid_set) {
  if (config_.done_folder.empty()) {
    const std::string flag = session_->keeps_keywords() ? keyword : "\\Seen";
    return session_->run("UID STORE " + uid_set + " +FLAGS.SILENT (" + flag + ")");
  }
  ImapStatus status = move(uid_set);
  if (status.ok()) return status;
  session_->run("CREATE " + imap_quoted(modified_utf7(config_.done_folder)));
  return move(uid_set);
}

ImapStatus ImapMailbox::move(const std::string& uid_set) {
  const std::string folder = imap_quoted(modified_utf7(config_.done_folder));
  if (session_->can("MOVE")) return session_->run("UID MOVE " + uid_set + " " + folder);
  ImapStatus status = session_->run("UID COPY " + uid_set + " " + folder);
  if (!status.ok()) return status;
  status = session_->run("UID STORE " + uid_set + " +FLAGS.SILENT (\\Deleted)");
  // A plain EXPUNGE would also remove what others marked.
  if (status.ok() && session_->can("UIDPLUS")) return session_->run("UID EXPUNGE " + uid_set);
  return status;
}

// One call of fetch(): a window of commands sent ahead. Servers answer in the order they like
// (Dovecot gives the data of several commands before the first one's status), so data is known by
// its UID.
class ImapMailbox::Fetching {
 public:
  Fetching(ImapMailbox& mailbox, const Sink& sink) : mailbox_(mailbox), sink_(sink) {
    handler_.body = [this](const ImapResponse& so_far, std::uint64_t length) {
      return begin_body(so_far, length);
    };
    handler_.item = [this](const ImapFetch& fetch) { end_item(fetch); };
  }

  // What turns out larger than the server had said is asked for a second time, by its header.
  void run(std::vector<MailItem> items) {
    for (; !items.empty(); items = std::exchange(larger_, {}))
      for (std::size_t begin = 0; begin < items.size(); begin += marked_at_once)
        run(items, begin, std::min(begin + marked_at_once, items.size()));
  }

 private:
  void run(const std::vector<MailItem>& items, std::size_t begin, std::size_t end) {
    std::deque<std::string> tags;
    std::size_t next = begin;
    for (std::size_t current = begin; current < end; ++current) {
      for (; next < end && tags.size() < pipeline_depth; ++next) {
        tags.push_back(mailbox_.session_->start(command_for(items[next])));
        waiting_.push_back(items[next]);
      }
      mailbox_.session_->finish(tags.front(), handler_);
      tags.pop_front();
      const auto unanswered = find(items[current].uid);
      if (unanswered == waiting_.end()) continue;
      empty_.push_back(*unanswered);
      waiting_.erase(unanswered);
    }
    keep();
    for (const MailItem& item : empty_) settle_empty(item);
    mailbox_.mark_all(done_);
    empty_.clear();
    done_.clear();
  }

  static std::string command_for(const MailItem& item) {
    const std::string part = is_too_large(item.size)
                                 ? "[HEADER]<0." + std::to_string(limits::header_block_bytes) + ">"
                                 : "[]";
    return "UID FETCH " + item.uid + " (UID INTERNALDATE BODY.PEEK" + part + ")";
  }

  void keep() {
    if (!std::exchange(unkept_, false)) return;
    sink_.keep();
    unkept_bytes_ = 0;
  }

  std::deque<MailItem>::iterator find(const std::string& uid) {
    return std::find_if(waiting_.begin(), waiting_.end(),
                        [&uid](const MailItem& item) { return item.uid == uid; });
  }

  // Where the UID comes after the body, the oldest command's is assumed, and checked in the end.
  ImapReader::Piece begin_body(const ImapResponse& so_far, std::uint64_t length) {
    const auto fetch = read_fetch(so_far);
    const bool told = fetch && !fetch->uid.empty();
    const auto item = told ? find(fetch->uid) : waiting_.begin();
    if (item == waiting_.end()) throw ImapSyntaxError("a mail came that was not asked for");
    body_of_ = item->uid;
    size_ = 0;
    room_ = is_too_large(item->size) ? limits::header_block_bytes : limits::message_bytes;
    over_ = length > limits::message_bytes ? static_cast<std::int64_t>(length) : 0;
    if (over_ > 0 || length == 0) return {};
    sink_.begin(*item);
    return [this](std::string_view bytes) { take(bytes); };
  }

  // A server that does not know how to give the begin of a header gives all of it.
  void take(std::string_view bytes) {
    const std::string_view part = bytes.substr(0, room_ - size_);
    size_ += part.size();
    if (!part.empty()) sink_.piece(part);
  }

  void end_item(const ImapFetch& fetch) {
    if (fetch.streamed && fetch.uid != body_of_)
      throw ImapSyntaxError("a mail came under another one's name");
    const auto waiting = find(fetch.uid);
    if (waiting == waiting_.end() || !(fetch.streamed || fetch.body)) return;
    MailItem item = *waiting;
    if (fetch.received) item.received = *fetch.received;
    if (!fetch.streamed) begin_quoted(item, *fetch.body);
    if (over_ == 0 && size_ == 0) return;
    waiting_.erase(waiting);
    if (over_ > 0) {
      item.size = over_;
      larger_.push_back(item);
    } else {
      finish(item);
    }
  }

  void begin_quoted(const MailItem& item, std::string_view body) {
    over_ = 0;
    size_ = 0;
    room_ = limits::message_bytes;
    sink_.begin(item);
    take(body);
  }

  void finish(MailItem item) {
    if (!is_too_large(item.size)) {
      item.size = static_cast<std::int64_t>(size_);
      done_.push_back(item.uid);
    }
    sink_.done(item);
    unkept_ = true;
    unkept_bytes_ += size_;
    if (unkept_bytes_ > kept_at_once) keep();
  }

  // OK without data: the mail was removed by somebody, or the server (Exchange, at times) does not
  // find its bytes. It is tried again with the next polls and then shown to staff, never passed
  // over.
  void settle_empty(const MailItem& item) {
    bool there = false;
    ImapHandler handler;
    handler.item = [&](const ImapFetch& fetch) { there = there || fetch.uid == item.uid; };
    mailbox_.session_->run("UID FETCH " + item.uid + " (UID FLAGS)", handler);
    if (!there) return;
    const std::string what = "the server lists mail " + item.uid + " and does not give it";
    if (++mailbox_.empty_[item.uid] >= empty_answers)
      sink_.not_given(item);
    else
      mailbox_.complain(what + "; tried again with the next poll");
  }

  ImapMailbox& mailbox_;
  const Sink& sink_;
  ImapHandler handler_;
  std::deque<MailItem> waiting_;     // asked for, in order, not yet given
  std::string body_of_;              // UID of the body that came last,
  std::size_t size_ = 0, room_ = 0;  // its bytes so far and at most,
  std::int64_t over_ = 0;            // and its length where that is over the limit
  std::vector<std::string> done_;    // to be marked
  std::vector<MailItem> empty_, larger_;
  bool unkept_ = false;
  std::size_t unkept_bytes_ = 0;
};

void ImapMailbox::fetch(const std::vector<MailItem>& items, const Sink& sink) {
  guarded([&] {
    if (!session_) connect();
    for (const MailItem& item : items)
      if (item.uidvalidity != uidvalidity_)
        throw MailboxError("the folder was replaced since it was listed (UIDVALIDITY)", true);
    Fetching(*this, sink).run(items);
  });
}

std::optional<int> ImapMailbox::start_waiting() {
  if (!session_ || !session_->can("IDLE")) return {};
  return guarded([this]() -> std::optional<int> {
    if (!session_->start_idle()) return {};
    return session_->descriptor();
  });
}

// Whatever goes wrong is for the next list(), which logs in anew and says what it is.
bool ImapMailbox::has_news() try {
  return guarded([this] { return !session_ || session_->has_news(); });
} catch (const MailboxError&) {
  return true;
}

}  // namespace dengji
