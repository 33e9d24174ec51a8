#include "daemon/dispatch.hpp"

#include <algorithm>

#include "daemon/log.hpp"
#include "store/failpoint.hpp"

namespace dengji {
namespace {

using Clock = std::chrono::steady_clock;

// Postfix's defaults: from 300 to 4000 seconds between attempts, five days in all.
constexpr std::int64_t first_wait = 300, longest_wait = Outbox::longest_wait,
                       queue_life = 5 * 86400;
// Of a line: the server may have meant one letter, or this user ("too frequently", 451 MI:SFQ).
constexpr std::int64_t first_pause = 60;

// A letter under way may end well within this time; cut after its final dot, it may arrive twice.
constexpr std::chrono::seconds grace(3);

std::int64_t doubled(std::int64_t first, int times) {
  return std::min(longest_wait, first << std::clamp(times - 1, 0, 10));
}

std::string key_of(const PostmanConfig& postman) { return postman.url + " " + postman.user; }

}  // namespace

Dispatch::Dispatch(const Config& config, Outbox& outbox, Open open)
    : config_(config), outbox_(outbox), open_(std::move(open)) {
  for (const auto& office : config.offices) {
    Line& line = lines_[key_of(office.postman)];
    if (!line.postman) line.postman = open_(office.postman);
    line.per_minute = std::max(1, office.postman.per_minute);
  }
}

void Dispatch::interrupt() noexcept {
  std::unique_lock guard(lock_);
  interrupted_ = true;
  wake_.notify_all();
  if (wake_.wait_for(guard, grace, [this] { return delivering_ == 0; })) return;
  for (const auto& [key, line] : lines_) line.postman->interrupt();
}

bool Dispatch::interrupted() {
  const std::lock_guard guard(lock_);
  return interrupted_;
}

Dispatch::Line* Dispatch::line_of(const std::string& id) {
  const auto* office = config_.office(id);
  return office == nullptr ? nullptr : &lines_.at(key_of(office->postman));
}

Dispatch::PassedOver Dispatch::passed_over(std::int64_t steady) const {
  PassedOver passed;
  for (const auto& office : config_.offices) {
    const Line& line = lines_.at(key_of(office.postman));
    if (line.busy || line.paused_until > steady)
      passed.unavailable.push_back(office.id);
    else if (line.not_before > Clock::now())
      passed.by_rate.push_back(office.id);
  }
  return passed;
}

// A line that its rate holds back is waited for only when no other has a letter.
std::optional<Dispatch::Job> Dispatch::take(Moment now) {
  const std::lock_guard guard(lock_);
  if (interrupted_) return {};
  const auto [unavailable, by_rate] = passed_over(now.steady);
  auto both = unavailable;
  both.insert(both.end(), by_rate.begin(), by_rate.end());
  auto reply = outbox_.next(now.wall, both);
  if (!reply && !by_rate.empty()) reply = outbox_.next(now.wall, unavailable);
  if (!reply) return {};
  Line* line = line_of(reply->office);
  if (line != nullptr) line->busy = true;
  return Job{std::move(*reply), line};
}

bool Dispatch::keep_to_rate(Line& line) {
  std::unique_lock guard(lock_);
  if (wake_.wait_until(guard, line.not_before, [this] { return interrupted_; })) return false;
  line.not_before = Clock::now() + std::chrono::milliseconds(60'000 / line.per_minute);
  ++delivering_;
  return true;
}

void Dispatch::free(Line& line, const Delivery* delivery, std::int64_t steady) {
  const std::lock_guard guard(lock_);
  line.busy = false;
  if (delivery == nullptr) return;
  --delivering_;
  wake_.notify_all();
  line.laters = delivery->outcome == Delivery::Outcome::later ? line.laters + 1 : 0;
  line.paused_until = line.laters > 0 ? steady + doubled(first_pause, line.laters) : 0;
}

bool Dispatch::step(Moment now) {
  const auto job = take(now);
  if (!job) return false;
  const OwedReply& reply = job->reply;
  if (job->line == nullptr) {
    outbox_.failed(reply.id, now.wall,
                   "the office '" + reply.office + "' is no longer in the configuration");
    return true;
  }
  if (reply.maybe_duplicate)
    log(Log::warning, "letter " + reply.letter.message_id +
                          " is possibly a duplicate: it was being sent when the process ended");
  if (keep_to_rate(*job->line)) {
    const Delivery delivery = job->line->postman->deliver(reply.letter);
    failpoint("after-delivery");
    free(*job->line, &delivery, now.steady);
    record(reply, delivery, now.wall);
    return true;
  }
  free(*job->line, nullptr, now.steady);
  outbox_.retry(reply.id, now.wall, "the daemon ended");
  return false;
}

void Dispatch::record(const OwedReply& reply, const Delivery& delivery, std::int64_t now) {
  const auto again = interrupted() ? now : now + doubled(first_wait, reply.attempt);
  // An attempt that we cut off ourselves gives nothing up.
  const bool too_old = !interrupted() && now - reply.created >= queue_life;
  switch (delivery.outcome) {
    case Delivery::Outcome::sent:
      return outbox_.sent(reply.id, now);
    case Delivery::Outcome::refused:
      outbox_.failed(reply.id, now, delivery.detail);
      break;
    case Delivery::Outcome::uncertain:
    case Delivery::Outcome::later:
      if (too_old)
        outbox_.failed(reply.id, now, "given up after five days: " + delivery.detail);
      else if (delivery.outcome == Delivery::Outcome::uncertain)
        outbox_.uncertain(reply.id, again, delivery.detail);
      else
        outbox_.retry(reply.id, again, delivery.detail);
      break;
  }
  log(Log::warning, reply.office + ": letter to " + reply.letter.to + ": " + delivery.detail);
}

}  // namespace dengji
