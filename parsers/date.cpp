#include "parsers/date.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <vector>

#include "parsers/text.hpp"

namespace dengji {
namespace {

// Enough for "公元二〇一八年十二月三十一日星期一" and blanks; longer text is no date.
constexpr std::size_t longest_date = 64;

int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  constexpr std::u32string_view plain = U"〇一二三四五六七八九";
  constexpr std::u32string_view formal = U"零壹贰叁肆伍陆柒捌玖";
  for (const auto digits : {plain, formal}) {
    if (const auto at = digits.find(c); at != digits.npos) return static_cast<int>(at);
  }
  if (c == U'○' || c == U'O' || c == U'o') return 0;  // typed where 〇 is meant
  return -1;
}

bool is_ten(char32_t c) { return c == U'十' || c == U'拾'; }

struct Run {  // digits that stand together, and the character after them
  std::u32string text;
  char32_t after = 0;
};

std::optional<int> value_of(std::u32string_view run) {
  int value = 0;
  bool any = false;
  for (std::size_t i = 0; i < run.size(); ++i) {
    if (is_ten(run[i])) {
      value = (any ? value : 1) * 10;
      if (i + 1 < run.size()) value += digit_of(run[++i]);
      return i + 1 == run.size() ? std::optional(value) : std::nullopt;
    }
    value = value * 10 + digit_of(run[i]);
    any = true;
    if (value > 99'999'999) return std::nullopt;
  }
  return any ? std::optional(value) : std::nullopt;
}

// Three runs of digits with one separator each between, and at most 日 or 号 and a weekday behind.
std::optional<std::vector<Run>> runs_of(std::u32string_view text) {
  std::vector<Run> runs;
  std::size_t i = 0;
  while (i < text.size()) {
    Run run;
    while (i < text.size() && (digit_of(text[i]) >= 0 || is_ten(text[i]))) run.text += text[i++];
    if (run.text.empty()) return std::nullopt;
    if (i < text.size()) run.after = text[i++];
    runs.push_back(run);
    if (runs.size() == 3 || (runs.size() == 1 && run.after == 0)) break;
  }
  const auto rest = text.substr(i);
  const bool weekday = rest.starts_with(U"星期") || rest.starts_with(U"周") ||
                       rest.starts_with(U"(星期") || rest.starts_with(U"(周");
  if (!rest.empty() && !weekday) return std::nullopt;
  return runs;
}

// "2018-08-20 09:30": without the time of day, which a blank or a T parts from the date.
std::u32string without_time(std::u32string text) {
  const std::size_t colon = text.find(U':');
  if (colon == text.npos) return text;
  std::size_t begin = colon;
  while (begin > 0 && colon - begin < 2 && text[begin - 1] >= U'0' && text[begin - 1] <= U'9') {
    --begin;
  }
  const bool parted = begin > 0 && (text[begin - 1] == U' ' || text[begin - 1] == U'T');
  if (begin == colon || !parted) return text;
  return text.substr(0, begin - 1);
}

bool separators_fit(const std::vector<Run>& runs) {
  const char32_t first = runs[0].after, second = runs[1].after, last = runs[2].after;
  if (first == U'年') return second == U'月' && (last == 0 || last == U'日' || last == U'号');
  constexpr std::u32string_view marks = U"-./\\,、。·—–_~";
  return marks.find(first) != marks.npos && marks.find(second) != marks.npos &&
         (last == 0 || last == U'日' || last == U'.' || last == U'。');
}

std::optional<std::string> calendar(int year, int month, int day) {
  using namespace std::chrono;
  if (year < 1900 || year > 2199 || month > 12 || day > 31) return std::nullopt;
  const year_month_day date{std::chrono::year{year},
                            std::chrono::month{static_cast<unsigned>(month)},
                            std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return text.data();
}

}  // namespace

std::optional<std::string> read_date(std::string_view text) {
  if (text.size() > longest_date * 4) return std::nullopt;
  const std::u32string bare = without_time(code_points(trim(fold_width(text))));
  std::u32string letters = code_points(squeeze(from_code_points(bare)));
  if (letters.starts_with(U"公元")) letters.erase(0, 2);
  if (letters.size() > longest_date) return std::nullopt;
  const auto runs = runs_of(letters);
  if (!runs) return std::nullopt;
  if (runs->size() == 1) {
    const auto whole = value_of(runs->front().text);
    if (!whole || runs->front().text.size() != 8) return std::nullopt;
    return calendar(*whole / 10000, *whole / 100 % 100, *whole % 100);
  }
  if (runs->size() != 3 || !separators_fit(*runs)) return std::nullopt;
  const auto year = value_of((*runs)[0].text), month = value_of((*runs)[1].text),
             day = value_of((*runs)[2].text);
  if (!year || !month || !day || (*runs)[0].text.size() != 4) return std::nullopt;
  return calendar(*year, *month, *day);
}

}  // namespace dengji
