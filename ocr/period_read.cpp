#include "ocr/period_read.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <vector>

namespace dengji {
namespace {

// Digits that were misread stood at up to 0.93, those of whole periods that were right above 0.95
// but for one in thirty.
constexpr double sure = 0.95;
constexpr std::ptrdiff_t least_digits = 6;  // of a date

// eng reads figures best; it knows no 年, so that dates in words are read as Han again, larger and
// smaller than the first time.
constexpr std::array figures = {Attempt{Script::latin, 56, Layout::sought},
                                Attempt{Script::latin, 44, Layout::given},
                                Attempt{Script::han, 44, Layout::given}};
constexpr std::array words = {Attempt{Script::han, 48, Layout::given},
                              Attempt{Script::han, 32, Layout::given}};

std::span<const Attempt> attempts_at(const ReadPlace& place) {
  if (place.text.find("年") == std::string::npos) return figures;
  return words;
}

std::ptrdiff_t digits_in(const std::string& text) {
  return std::count_if(text.begin(), text.end(),
                       [](unsigned char c) { return std::isdigit(c) != 0; });
}

}  // namespace

bool surely_read(const ReadPlace& place) {
  return period_end(place.text) == "long" ||
         (place.confidence >= sure && is_whole_years(place.text));
}

PeriodReader::PeriodReader(const Sheet& sheet, Recogniser& recogniser, const Budget& budget)
    : sheet_(sheet), recogniser_(recogniser), budget_(budget) {}

std::string PeriodReader::valid_until(const PageText& text) {
  for (const auto& place : period_places(text)) {
    auto end = settled(place);
    if (!end.empty()) return end;
  }
  return "";
}

std::string PeriodReader::settled(const ReadPlace& place) {
  if (surely_read(place)) return period_end(place.text);
  if (digits_in(place.text) < least_digits) return "";
  const auto [at, is_new] = again_.try_emplace({place.box.x, place.box.y});
  if (is_new) at->second = read_again(place);
  return at->second;
}

// Two readings must end alike, and none that is a period of whole years end otherwise: 11月 loses
// the same digit at any size.
std::string PeriodReader::read_again(const ReadPlace& place) {
  std::vector<std::string> ends, whole;
  const auto agreed = [&](std::string_view text) {
    const auto end = period_end(text);
    if (is_whole_years(text)) whole.push_back(end);
    ends.push_back(end);
    return !end.empty() && std::count(ends.begin(), ends.end(), end) > 1;
  };
  agreed(place.text);
  const int margin = std::max(2, place.box.h / 4);
  const Box box = grown(place.box, margin, sheet_.width(), sheet_.height());
  for (const auto& attempt : attempts_at(place)) {
    const auto strip = sheet_.grey(box, static_cast<double>(attempt.height) / box.h);
    const std::string whitelist = attempt.script == Script::latin ? "0123456789.-" : "";
    const auto line =
        recogniser_.line(attempt.script, attempt.layout, strip.view(), whitelist, budget_);
    if (!agreed(line.text)) continue;
    const auto& end = ends.back();
    return std::count(whole.begin(), whole.end(), end) == std::ssize(whole) ? end : "";
  }
  return "";
}

}  // namespace dengji
