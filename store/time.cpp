#include "store/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <ctime>
#include <limits>

namespace dengji {

namespace {

constexpr std::int64_t china = 8 * 3600, day_seconds = 86'400;

std::optional<int> digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return std::nullopt;
  int value = 0;
  const char* end = text.data() + at + count;
  const auto [stop, error] = std::from_chars(text.data() + at, end, value);
  if (error != std::errc() || stop != end || value < 0) return std::nullopt;
  return value;
}

std::optional<std::chrono::sys_days> day(std::string_view text) {
  using namespace std::chrono;
  const auto y = digits(text, 0, 4), m = digits(text, 5, 2), d = digits(text, 8, 2);
  if (!y || !m || !d || text[4] != '-' || text[7] != '-') return std::nullopt;
  const year_month_day date{year(*y), month(static_cast<unsigned>(*m)),
                            std::chrono::day(static_cast<unsigned>(*d))};
  return date.ok() ? std::optional<sys_days>(date) : std::nullopt;
}

// "Z", "+08:00", "-0330": seconds east of UTC.
std::optional<int> offset(std::string_view zone) {
  if (zone == "Z" || zone == "z") return 0;
  if (zone.size() < 5 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  const auto hours = digits(zone, 1, 2), minutes = digits(zone, zone[3] == ':' ? 4 : 3, 2);
  if (!hours || !minutes) return std::nullopt;
  const int seconds = *hours * 3600 + *minutes * 60;
  return zone[0] == '-' ? -seconds : seconds;
}

}  // namespace

std::string rfc3339(std::int64_t seconds) {
  const std::time_t local = static_cast<std::time_t>(seconds + china);
  std::tm parts{};
  if (::gmtime_r(&local, &parts) == nullptr) return "";
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+08:00", &parts);
  return text.data();
}

std::string day_of(std::int64_t seconds) { return rfc3339(seconds).substr(0, 10); }

std::optional<std::int64_t> seconds_of(std::string_view text) {
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
  const auto date = day(text.substr(0, 10));
  const auto h = digits(text, 11, 2), m = digits(text, 14, 2), s = digits(text, 17, 2);
  auto zone = text.substr(19);
  if (zone.starts_with('.')) zone.remove_prefix(std::min(zone.find_first_of("Zz+-"), zone.size()));
  const auto east = offset(zone);
  if (!date || !h || !m || !s || !east) return std::nullopt;
  return date->time_since_epoch().count() * day_seconds + *h * 3600 + *m * 60 + *s - *east;
}

std::optional<int> days_between(std::string_view from, std::string_view to) {
  const auto a = day(from), b = day(to);
  if (from.size() != 10 || to.size() != 10 || !a || !b) return std::nullopt;
  return static_cast<int>((*b - *a).count());
}

std::optional<Period> period_of(std::string_view from, std::string_view to) {
  Period period{0, std::numeric_limits<std::int64_t>::max()};
  const auto first = day(from), last = day(to);
  const auto start_of = [](std::chrono::sys_days date) {
    return date.time_since_epoch().count() * day_seconds - china;
  };
  if (!from.empty()) {
    if (from.size() != 10 || !first) return std::nullopt;
    period.begin = start_of(*first);
  }
  if (!to.empty()) {
    if (to.size() != 10 || !last) return std::nullopt;
    period.end = start_of(*last) + day_seconds;
  }
  return period;
}

}  // namespace dengji
