// Times as people of the register's place read them: UTC+8, without daylight saving. Pure; the
// clock itself is the caller's.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

// Seconds since the epoch, UTC, to "2018-08-20T09:30:00+08:00" and to "2018-08-20".
std::string rfc3339(std::int64_t seconds);
std::string day_of(std::int64_t seconds);

// RFC 3339 with any offset to seconds since the epoch; none where it is not one.
std::optional<std::int64_t> seconds_of(std::string_view rfc3339);

// Days from one "YYYY-MM-DD" to another; none where either is not a day that exists.
std::optional<int> days_between(std::string_view from, std::string_view to);

// Seconds from the first day's begin to the last day's end; a day that is "" leaves its side open.
// None where a day is none.
struct Period {
  std::int64_t begin = 0, end = 0;  // end is outside
};
std::optional<Period> period_of(std::string_view from, std::string_view to);

}  // namespace dengji
