#include "daemon/mailbox_json.hpp"

#include <algorithm>

#include "daemon/report_json.hpp"
#include "store/time.hpp"

namespace dengji {

namespace {

Json mailbox_json(const Ledger& ledger, const Outbox::Count& letters, const Config& config) {
  return {{"office", ledger.office},
          {"office_name", office_name(config, ledger.office)},
          {"mailbox", ledger.account},
          {"seen", ledger.seen},
          {"filed", ledger.filed},
          {"rejected", ledger.rejected},
          {"held", ledger.held},
          {"ignored", ledger.ignored},
          {"pending", ledger.pending},
          {"waiting", ledger.waiting},
          {"owed", letters.owed},
          {"sent", letters.sent},
          {"failed", letters.failed},
          {"undelivered", letters.undelivered},
          {"last_poll", ledger.last_poll > 0 ? Json(rfc3339(ledger.last_poll)) : Json(nullptr)},
          {"error", ledger.last_error}};
}

}  // namespace

Json mailboxes_json(Register& records, Outbox& outbox, const Config& config) {
  Json all = Json::array();
  const auto counts = outbox.counts();
  for (const auto& ledger : records.ledgers()) {
    const auto of = std::find_if(counts.begin(), counts.end(), [&](const auto& count) {
      return count.account == ledger.account;
    });
    all.push_back(mailbox_json(ledger, of == counts.end() ? Outbox::Count{} : *of, config));
  }
  return all;
}

Json ledger_json(Register& records, const std::string& office, std::int64_t days, Seconds now,
                 const Config& config) {
  Json all = Json::array();
  const Seconds since = period_of(day_of(now), "")->begin - (days - 1) * 86'400;
  for (const auto& row : records.ledger_days(since, office))
    all.push_back({{"day", row.day},
                   {"office", row.office},
                   {"office_name", office_name(config, row.office)},
                   {"mailbox", row.account},
                   {"seen", row.seen},
                   {"filed", row.filed},
                   {"rejected", row.rejected},
                   {"held", row.held},
                   {"ignored", row.ignored},
                   {"pending", row.pending}});
  return all;
}

}  // namespace dengji
