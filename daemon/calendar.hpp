// Civil dates as the office reckons them: UTC+8, no daylight saving. Pure; the clock itself is the
// caller's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "store/time.hpp"  // rfc3339()

namespace dengji {

// Seconds since the epoch to "2018-08-20" and to RFC 5322's date-time.
std::string day_of(std::int64_t seconds);
std::string rfc5322_date(std::int64_t seconds);

// RFC 3339 with any offset to seconds since the epoch; none where it is not one.
std::optional<std::int64_t> seconds_of(std::string_view rfc3339);

// Days from one "YYYY-MM-DD" to another; none where either is not a day that exists.
std::optional<int> days_between(std::string_view from, std::string_view to);

}  // namespace dengji
