#include "daemon/summons_list.hpp"

namespace dengji {

std::optional<QueueFilter> summons_list(const std::string& name, Seconds now,
                                        const Config& config) {
  constexpr Seconds day_seconds = 86'400;
  QueueFilter filter;
  if (name == "late") {
    filter.code = "deadline.late";
  } else if (name == "silent") {
    filter.decision = "reject";
    filter.not_ruling = "reject";
    filter.unmended_since = now - config.campaign.days * day_seconds;
  } else if (name == "refused") {
    filter.ruling = "reject";
  } else {
    return std::nullopt;
  }
  return filter;
}

}  // namespace dengji
