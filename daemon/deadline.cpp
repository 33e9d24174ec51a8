#include "daemon/deadline.hpp"

#include <algorithm>

#include "store/time.hpp"

namespace dengji {

const char* event_field(Action action) {
  return action == Action::create ? "opened_on" : "filled_on";
}

std::string due_day(const std::string& since, const Campaign& campaign) {
  constexpr std::int64_t day_seconds = 86'400;
  const auto day = period_of(since, since);
  if (since.empty() || !day) return "";
  return std::max(campaign.end, day_of(day->begin + campaign.days * day_seconds));
}

}  // namespace dengji
