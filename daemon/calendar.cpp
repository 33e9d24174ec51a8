#include "daemon/calendar.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace dengji {
namespace {

constexpr std::int64_t china = 8 * 3600;

std::tm civil(std::int64_t seconds) {
  const std::time_t local = seconds + china;
  std::tm parts{};
  gmtime_r(&local, &parts);
  return parts;
}

}  // namespace

std::string rfc5322_date(std::int64_t seconds) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto t = civil(seconds);  // names by hand: strftime's follow the locale
  std::array<char, 64> text{};
  const int n = std::snprintf(text.data(), text.size(), "%s, %d %s %d %02d:%02d:%02d +0800",
                              days[static_cast<std::size_t>(t.tm_wday)], t.tm_mday,
                              months[static_cast<std::size_t>(t.tm_mon)], t.tm_year + 1900,
                              t.tm_hour, t.tm_min, t.tm_sec);
  return {text.data(), static_cast<std::size_t>(n)};
}

}  // namespace dengji
