#include "daemon/poller.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "daemon/calendar.hpp"
#include "daemon/log.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr std::int64_t longest_back_off = 3600;  // seconds between polls of a mailbox that fails

}  // namespace

Poller::Poller(const Config& config, Register& records, Blobs& blobs, Open open)
    : config_(config), records_(records), blobs_(blobs), open_(std::move(open)) {
  for (const auto& office : config.offices)
    for (const auto& mailbox : office.mailboxes)
      due_.push_back({.office = &office, .mailbox = &mailbox, .open = {}});
}

Poller::Due* Poller::take(std::int64_t now) {
  const std::lock_guard guard(lock_);
  if (interrupted_) return nullptr;
  Due* first = nullptr;
  for (auto& due : due_)
    if (!due.busy && due.at <= now && (first == nullptr || due.at < first->at)) first = &due;
  if (first != nullptr) first->busy = true;
  return first;
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

bool Poller::step(std::int64_t now) {
  auto* due = take(now);
  if (due == nullptr) return false;
  std::string error, complaint;
  try {
    if (!room_on_disk())
      throw MailboxError("the disk is nearly full: no mail is taken in until there is room", true);
    complaint = poll(*due, now);
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
  records_.polled(due->office->id, due->mailbox->id, now, error.empty() ? complaint : error);
  const std::lock_guard guard(lock_);
  due->failures = error.empty() ? 0 : std::min(due->failures + 1, 10);
  due->at = now + std::min<std::int64_t>(
                      std::int64_t{due->mailbox->poll_seconds} << due->failures,
                      std::max<std::int64_t>(longest_back_off, due->mailbox->poll_seconds));
  due->busy = false;
  return true;
}

std::string Poller::poll(Due& due, std::int64_t now) {
  const auto& account = due.mailbox->id;
  Mailbox& mailbox = opened(due);
  auto items = mailbox.list([&](const std::string& uidvalidity, const std::string& uid) {
    return records_.has(account, uidvalidity, uid);
  });
  const auto incoming = [&](const MailItem& item, std::string sha256) {
    return Incoming{due.office->id,
                    account,
                    item.uidvalidity,
                    item.uid,
                    std::move(sha256),
                    item.size,
                    item.received > 0 ? item.received : now,
                    now};
  };
  std::erase_if(items, [&](const MailItem& item) {
    const bool old = item.received > 0 && day_of(item.received) < due.mailbox->skip_before;
    if (old) records_.set_aside(incoming(item, ""), "backlog");
    return old;
  });
  std::optional<Blobs::Writer> writer;
  Mailbox::Sink sink;
  sink.begin = [&](const MailItem&) { writer.emplace(blobs_.writer()); };
  sink.piece = [&](std::string_view piece) { writer->write(piece); };
  sink.done = [&](const MailItem& item) {
    records_.receive(incoming(item, writer->commit()));
    writer.reset();
  };
  sink.refused = [&](const MailItem& item, Refusal why) {
    writer.reset();
    records_.set_aside(incoming(item, ""), std::string(to_string(why)));
    log(Log::warning, account + " " + item.uidvalidity + "/" + item.uid +
                          " stays in the mailbox unread: " + std::string(to_string(why)));
  };
  mailbox.fetch(items, sink);
  return mailbox.take_complaint();
}

}  // namespace dengji
