#include "daemon/dispatch.hpp"

#include <algorithm>

#include "daemon/log.hpp"

namespace dengji {
namespace {

// Postfix's defaults: from 300 to 4000 seconds between attempts, five days in all.
constexpr std::int64_t first_wait = 300, longest_wait = 4000, queue_life = 5 * 86400;

// A letter under way may end well within this time; cut after its final dot, it may arrive twice.
constexpr std::chrono::seconds grace(3);

std::int64_t wait_after(int attempt) {
  return std::min(longest_wait, first_wait << std::min(attempt - 1, 10));
}

// How many attempts fit into the queue life: the time itself is not kept per letter.
int most_attempts() {
  int attempt = 1;
  for (std::int64_t spent = 0; spent < queue_life; ++attempt) spent += wait_after(attempt);
  return attempt;
}

}  // namespace

Dispatch::Dispatch(const Config& config, Outbox& outbox, Open open)
    : config_(config), outbox_(outbox), open_(std::move(open)) {}

Postman& Dispatch::postman_of(const OfficeConfig& office) {
  const std::lock_guard guard(lock_);
  auto& postman = postmen_[office.id];
  if (!postman) postman = open_(office.postman);
  if (interrupted_) postman->interrupt();
  return *postman;
}

void Dispatch::interrupt() noexcept {
  std::unique_lock guard(lock_);
  interrupted_ = true;
  wake_.notify_all();
  if (wake_.wait_for(guard, grace, [this] { return !delivering_; })) return;
  for (const auto& [office, postman] : postmen_)
    if (postman) postman->interrupt();
}

bool Dispatch::interrupted() {
  const std::lock_guard guard(lock_);
  return interrupted_;
}

bool Dispatch::keep_to_rate(const OfficeConfig& office) {
  auto& free_at = not_before_[office.id];
  std::unique_lock guard(lock_);
  if (wake_.wait_until(guard, free_at, [this] { return interrupted_; })) return false;
  const auto gap = std::chrono::milliseconds(60'000 / std::max(1, office.postman.per_minute));
  free_at = std::chrono::steady_clock::now() + gap;
  return delivering_ = true;
}

Delivery Dispatch::deliver(const OfficeConfig& office, const Letter& letter) {
  Delivery delivery = postman_of(office).deliver(letter);
  const std::lock_guard guard(lock_);
  delivering_ = false;
  wake_.notify_all();
  return delivery;
}

bool Dispatch::step(std::int64_t now) {
  const auto reply = outbox_.next(now);
  if (!reply) return false;
  const auto* office = config_.office(reply->office);
  if (office == nullptr) {
    outbox_.failed(reply->id, now,
                   "the office '" + reply->office + "' is no longer in the configuration");
    return true;
  }
  if (reply->maybe_duplicate)
    log(Log::warning, "letter " + reply->letter.message_id +
                          " is possibly a duplicate: it was being sent when the process ended");
  if (!keep_to_rate(*office)) {
    outbox_.retry(reply->id, now, "the daemon ended");
    return false;
  }
  record(*reply, deliver(*office, reply->letter), now);
  return true;
}

void Dispatch::record(const OwedReply& reply, const Delivery& delivery, std::int64_t now) {
  const auto again = interrupted() ? now : now + wait_after(reply.attempt);
  switch (delivery.outcome) {
    case Delivery::Outcome::sent:
      return outbox_.sent(reply.id, now);
    case Delivery::Outcome::refused:
      outbox_.failed(reply.id, now, delivery.detail);
      break;
    case Delivery::Outcome::uncertain:
      outbox_.uncertain(reply.id, again, delivery.detail);
      break;
    case Delivery::Outcome::later:
      if (reply.attempt < most_attempts())
        outbox_.retry(reply.id, again, delivery.detail);
      else
        outbox_.failed(reply.id, now, "given up after five days: " + delivery.detail);
      break;
  }
  log(Log::warning, reply.office + ": letter to " + reply.letter.to + ": " + delivery.detail);
}

}  // namespace dengji
