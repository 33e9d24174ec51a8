// header.hpp's read_mail_date().
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/header.hpp"

namespace dengji {
namespace {

std::vector<std::string> date_words(std::string_view raw) {
  std::vector<std::string> words(1);
  int depth = 0;
  for (const char c : raw.substr(0, 200)) {
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) {
      --depth;
    } else if (depth == 0) {
      const bool divides = c == ' ' || c == ',' || c == '\t' || c == '-' || c == '+';
      if (divides && !words.back().empty()) words.emplace_back();
      if (!divides || ((c == '-' || c == '+') && words.size() > 4)) words.back() += c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

int number(std::string_view digits) {
  if (digits.empty() || digits.size() > 4) return -1;
  int value = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

int month_of(std::string_view word) {
  constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::size_t at = months.find(lower_ascii(word.substr(0, 3)));
  return word.size() < 3 || at == std::string_view::npos || at % 3 != 0
             ? -1
             : static_cast<int>(at / 3) + 1;
}

// "+0800" or a name of RFC 5322 4.3 as minutes east.
int zone_minutes(std::string_view zone) {
  if (zone.size() == 5 && (zone[0] == '+' || zone[0] == '-')) {
    const int hours = number(zone.substr(1, 2)), minutes = number(zone.substr(3, 2));
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return 0;
    return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  struct Zone {
    std::string_view name;
    int hours;
  };
  constexpr std::array<Zone, 9> zones{{{"cst", 8},
                                       {"hkt", 8},
                                       {"est", -5},
                                       {"edt", -4},
                                       {"cdt", -5},
                                       {"mst", -7},
                                       {"mdt", -6},
                                       {"pst", -8},
                                       {"pdt", -7}}};
  const std::string name = lower_ascii(zone);
  const auto* found = std::find_if(zones.begin(), zones.end(),
                                   [&name](const Zone& each) { return each.name == name; });
  return found == zones.end() ? 0 : found->hours * 60;
}

}  // namespace

std::string read_mail_date(std::string_view raw) {
  std::vector<std::string> words = date_words(raw);
  if (!words.empty() && number(words[0]) < 0) words.erase(words.begin());  // the day of the week
  if (words.size() < 4) return {};
  const int day = number(words[0]), month = month_of(words[1]);
  int year = number(words[2]);
  if (year >= 0 && year < 100) year += year < 50 ? 2000 : 1900;
  const std::string& time = words[3];
  const std::size_t colon = time.find(':');
  if (colon == std::string::npos) return {};
  const int hour = number(time.substr(0, colon)), minute = number(time.substr(colon + 1, 2));
  const int second = time.size() > colon + 3 ? number(time.substr(colon + 4, 2)) : 0;
  if (day < 1 || day > 31 || month < 1 || year < 1970 || hour < 0 || hour > 23 || minute < 0 ||
      minute > 59 || second < 0 || second > 60) {
    return {};
  }
  const int zone = words.size() > 4 ? zone_minutes(words[4]) : 0;
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", year, month,
                day, hour, minute, second, zone < 0 ? '-' : '+', std::abs(zone) / 60,
                std::abs(zone) % 60);
  return text.data();
}

}  // namespace dengji
