#include "daemon/poller.hpp"

#include <poll.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "daemon/calendar.hpp"
#include "daemon/log.hpp"
#include "parsers/limits.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"

namespace dengji {
namespace {

constexpr std::int64_t longest_back_off = 3600;  // seconds between polls of a mailbox that fails
// RFC 2177 asks for a new IDLE before 29 minutes are over; routers forget a silent connection
// sooner.
constexpr std::int64_t longest_waiting = 600;
constexpr int most_missed = 3;  // then the server's promise to tell is worth nothing: it is polled

}  // namespace

Poller::Poller(const Config& config, Register& records, Blobs& blobs, Open open)
    : config_(config), records_(records), blobs_(blobs), open_(std::move(open)) {
  for (const auto& office : config.offices)
    for (const auto& mailbox : office.mailboxes) due_.emplace_back(office, mailbox);
}

Poller::Due* Poller::take(std::int64_t steady) {
  const std::lock_guard guard(lock_);
  if (interrupted_) return nullptr;
  note_woken();
  const auto rank = [](const Due& due) { return due.woken ? 0 : due.at; };
  Due* first = nullptr;
  for (auto& due : due_)
    if (!due.busy && rank(due) <= steady && (first == nullptr || rank(due) < rank(*first)))
      first = &due;
  if (first != nullptr) first->busy = true;
  return first;
}

void Poller::note_woken() {
  std::vector<pollfd> waits;
  std::vector<Due*> whose;
  for (auto& due : due_) {
    if (due.busy || !due.waits_on) continue;
    waits.push_back({*due.waits_on, POLLIN, 0});
    whose.push_back(&due);
  }
  if (waits.empty() || ::poll(waits.data(), waits.size(), 0) <= 0) return;
  for (std::size_t i = 0; i < waits.size(); ++i)
    if (waits[i].revents != 0) whose[i]->woken = true;
}

void Poller::poll_all_now() {
  const std::lock_guard guard(lock_);
  for (auto& due : due_) due.at = 0;
}

void Poller::interrupt() noexcept {
  const std::lock_guard guard(lock_);
  interrupted_ = true;
  for (const auto& due : due_)
    if (due.open) due.open->interrupt();
}

bool Poller::interrupted() {
  const std::lock_guard guard(lock_);
  return interrupted_;
}

Mailbox& Poller::opened(Due& due) {
  if (due.open) return *due.open;
  auto mailbox = open_(*due.mailbox);
  const std::lock_guard guard(lock_);
  due.open = std::move(mailbox);
  if (interrupted_) due.open->interrupt();
  return *due.open;
}

bool Poller::room_on_disk() const {
  const auto need = std::max<std::uintmax_t>(
      static_cast<std::uintmax_t>(config_.min_free_mebibytes) * limits::MiB,
      limits::message_bytes * 3 / 2);
  return std::filesystem::space(config_.state).available >= need;
}

bool Poller::step(Moment now) {
  auto* due = take(now.steady);
  if (due == nullptr) return false;
  const bool woken = std::exchange(due->woken, false);
  if (woken && due->at > now.steady &&
      !due->open->has_news()) {  // servers say at times that they live
    const std::lock_guard guard(lock_);
    due->busy = false;
    return true;
  }
  const bool untold = std::exchange(due->waits_on, {}).has_value() && !woken;
  std::string error, complaint;
  try {
    if (!room_on_disk())
      throw MailboxError("the disk is nearly full: no mail is taken in until there is room", true);
    complaint = poll(*due, now.wall);
    if (untold && due->found) ++due->missed;
    wait_for_news(*due);
  } catch (const MailboxError& trouble) {
    if (interrupted()) return false;
    error = trouble.what();
    log(trouble.retry ? Log::warning : Log::error, due->mailbox->id + ": " + error);
  } catch (const std::exception&
               trouble) {  // StoreError: the disk or the database, told like a mailbox's own
    error = trouble.what();
    log(Log::error, due->mailbox->id + ": " + error);
  }
  if (!complaint.empty()) log(Log::warning, due->mailbox->id + ": " + complaint);
  try {
    records_.polled(due->office->id, due->mailbox->id, now.wall, error.empty() ? complaint : error,
                    static_cast<std::int64_t>(due->waiting));
  } catch (const StoreError& trouble) {  // a full or read-only disk: the mailbox stays due
    error = trouble.what();
    log(Log::error, due->mailbox->id + ": " + error);
  }
  const std::lock_guard guard(lock_);
  due->failures = error.empty() ? 0 : std::min(due->failures + 1, 10);
  due->at = now.steady + next_poll_in(*due);
  due->busy = false;
  return true;
}

std::int64_t Poller::next_poll_in(const Due& due) {
  if (due.waits_on) return longest_waiting;
  const std::int64_t usual = due.mailbox->poll_seconds;
  return std::min(usual << due.failures, std::max(longest_back_off, usual));
}

// What is new is taken in already: that the server does not tell of more is no failure of the poll.
void Poller::wait_for_news(Due& due) {
  if (due.missed >= most_missed) return;
  try {
    due.waits_on = due.open->start_waiting();
    due.woken = due.waits_on && due.open->has_news();
  } catch (const MailboxError& trouble) {
    ++due.missed;
    log(Log::warning, due.mailbox->id + ": " + trouble.what());
  }
}

std::string Poller::poll(Due& due, std::int64_t now) {
  const auto& account = due.mailbox->id;
  Mailbox& mailbox = opened(due);
  auto items = mailbox.list([&](const std::string& uidvalidity, const std::string& uid) {
    return records_.has(account, uidvalidity, uid);
  });
  const auto incoming = [&](const MailItem& item) {
    return Incoming{due.office->id,
                    account,
                    item.uidvalidity,
                    item.uid,
                    "",
                    item.size,
                    item.received > 0 ? item.received : now,
                    now};
  };
  due.found = !items.empty();
  due.waiting = items.size();
  const auto set_aside = [&](const MailItem& item, const std::string& reason) {
    records_.set_aside(incoming(item), reason);
    --due.waiting;
  };
  std::erase_if(items, [&](const MailItem& item) {
    const bool old = item.received > 0 && day_of(item.received) < due.mailbox->skip_before;
    if (old) set_aside(item, "backlog");
    return old;
  });
  std::optional<Blobs::Writer> coming;
  std::vector<Blobs::Writer> whole;
  std::vector<Incoming> mails;
  Mailbox::Sink sink;
  sink.begin = [&](const MailItem&) { coming.emplace(blobs_.writer()); };
  sink.piece = [&](std::string_view piece) {
    failpoint("during-fetch");
    coming->write(piece);
  };
  sink.done = [&](const MailItem& item) {
    whole.push_back(std::move(*coming));
    mails.push_back(incoming(item));
  };
  sink.keep = [&] {
    const auto digests = Blobs::Writer::commit(std::exchange(whole, {}));
    for (std::size_t i = 0; i < mails.size(); ++i) mails[i].sha256 = digests[i];
    records_.receive_all(mails);
    due.waiting -= std::exchange(mails, {}).size();
  };
  sink.not_given = [&](const MailItem& item) {
    set_aside(item, "not-given");
    log(Log::warning, account + " " + item.uidvalidity + "/" + item.uid +
                          " stays in the mailbox unread: the server does not give it");
  };
  mailbox.fetch(items, sink);
  return mailbox.take_complaint();
}

}  // namespace dengji
