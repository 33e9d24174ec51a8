#include "daemon/mailbox_json.hpp"

#include <algorithm>

#include "daemon/report_json.hpp"
#include "store/time.hpp"

namespace dengji {

namespace {

// Of a Ledger or a LedgerDay.
template <class Counts>
Json with_counts(Json json, const Counts& counts) {
  json.update({{"seen", counts.seen},
               {"filed", counts.filed},
               {"rejected", counts.rejected},
               {"held", counts.held},
               {"ignored", counts.ignored},
               {"pending", counts.pending}});
  return json;
}

Json mailbox_json(const Ledger& ledger, const Outbox::Count& letters, const Config& config) {
  return {{"office", ledger.office},
          {"office_name", office_name(config, ledger.office)},
          {"mailbox", ledger.account},
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
    all.push_back(with_counts(
        mailbox_json(ledger, of == counts.end() ? Outbox::Count{} : *of, config), ledger));
  }
  return all;
}

Json ledger_json(Register& records, const std::string& office, std::int64_t days, Seconds now,
                 const Config& config) {
  Json all = Json::array();
  const Seconds since = period_of(day_of(now), "")->begin - (days - 1) * 86'400;
  for (const auto& row : records.ledger_days(since, office))
    all.push_back(with_counts({{"day", row.day},
                               {"office", row.office},
                               {"office_name", office_name(config, row.office)},
                               {"mailbox", row.account}},
                              row));
  return all;
}

}  // namespace dengji
