#include "parsers/number_format.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace dengji {
namespace {

using Kind = NumberFormat::Kind;

constexpr int significant_digits = 15;
constexpr int longest_number = 40;          // digits before or after the point
constexpr double last_day = 2'958'465;      // 9999-12-31 in the system of 1900
constexpr int days_between_systems = 1462;  // 1904-01-01 in the system of 1900
constexpr int day_that_never_was = 60;      // 1900-02-29
constexpr int seconds_of_day = 24 * 60 * 60;

struct Range {
  unsigned first, last;
  Kind kind;
};
constexpr std::array ranges{Range{14, 17, Kind::date}, Range{18, 21, Kind::time},
                            Range{22, 22, Kind::date}, Range{27, 31, Kind::date},
                            Range{32, 35, Kind::time}, Range{36, 36, Kind::date},
                            Range{45, 47, Kind::time}, Range{50, 54, Kind::date},
                            Range{55, 56, Kind::time}, Range{57, 58, Kind::date}};

// The first section of a format without quoted and escaped text and without what stands in
// brackets, but for elapsed time ("[h]"), in lower case.
std::string bare_code(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const std::size_t end = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      const bool elapsed =
          c == '[' && !inside.empty() && inside.find_first_not_of("hHmMsS") == inside.npos;
      if (elapsed) bare += 's';
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
  }
  return bare;
}

std::string plain_number(double value) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%.*e", significant_digits - 1, std::abs(value));
  const std::string_view written(text.data());
  const std::size_t exponent_at = written.find('e');
  if (exponent_at == written.npos) return "";  // no number at all
  std::string digits(1, written[0]);
  digits += written.substr(2, exponent_at - 2);
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  const int exponent = std::atoi(written.data() + exponent_at + 1);
  const std::string sign = value < 0 && digits != "0" ? "-" : "";
  if (std::abs(exponent) > longest_number) {
    return sign + digits + "e" + std::to_string(exponent - static_cast<int>(digits.size()) + 1);
  }
  if (exponent < 0) {
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string show_date(int serial) {
  using namespace std::chrono;
  // The system of 1900 counts a day too many from March on.
  const int days = serial - (serial > day_that_never_was ? 1 : 0);
  const year_month_day date{sys_days{year{1899} / December / 31} + std::chrono::days{days}};
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string show_time(double part_of_day) {
  const int seconds = static_cast<int>(std::lround(part_of_day * seconds_of_day)) % seconds_of_day;
  std::array<char, 40> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%02d:%02d", seconds / 3600, seconds / 60 % 60);
  if (seconds % 60 == 0) return text.data();
  std::snprintf(text.data() + size, text.size() - static_cast<std::size_t>(size), ":%02d",
                seconds % 60);
  return text.data();
}

}  // namespace

NumberFormat builtin_format(unsigned number) {
  for (const Range& range : ranges) {
    if (number >= range.first && number <= range.last) return {range.kind, 0};
  }
  return {};
}

NumberFormat parse_format(std::string_view code) {
  const std::string bare = bare_code(code);
  if (bare.find("general") != bare.npos || bare.find('@') != bare.npos) return {};
  const auto has = [&bare](std::string_view letters) {
    return bare.find_first_of(letters) != bare.npos;
  };
  const bool digits = has("0#?");
  const bool clock = has("hs");
  if (has("yd") || (has("e") && !digits) || (has("m") && !clock)) return {Kind::date, 0};
  if (clock) return {Kind::time, 0};
  const bool zeros = bare.size() > 1 && bare.find_first_not_of('0') == bare.npos;
  const auto count = static_cast<int>(std::min<std::size_t>(bare.size(), significant_digits + 5));
  return zeros ? NumberFormat{Kind::zeros, count} : NumberFormat{};
}

std::string show_number(double value, const NumberFormat& format, DateSystem system) {
  const double serial = system == DateSystem::from_1904 ? value + days_between_systems : value;
  const bool day = serial >= 0 && serial < last_day + 1;
  if (format.kind == Kind::time && value >= 0 && value < 1) return show_time(value);
  if (format.kind == Kind::date || format.kind == Kind::time) {
    if (day) return show_date(static_cast<int>(serial));
  }
  std::string text = plain_number(value);
  const auto wanted = static_cast<std::size_t>(format.digits);
  const bool pads = format.kind == Kind::zeros && value >= 0 && text.find('.') == text.npos;
  if (pads && text.size() < wanted) text.insert(0, wanted - text.size(), '0');
  return text;
}

}  // namespace dengji
