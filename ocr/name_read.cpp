#include "ocr/name_read.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

// Of names that were misread, one character at least stood below it, all but one in fifteen.
constexpr double sure = 0.94;
constexpr std::size_t shortest = 2;  // characters of a name: a single one is a speck
constexpr double likely = 0.8;       // of the best of the readings that agree

constexpr std::array attempts = {
    Attempt{Script::han, 48, Layout::given}, Attempt{Script::han, 64, Layout::given},
    Attempt{Script::han, 36, Layout::sought}, Attempt{Script::han, 28, Layout::sought}};

// Without the specks that were read before and behind it.
std::string bare(std::string text) {
  for (const std::string_view speck : {".", ",", "、", "，", "。", ":", "：", "·", "-", "'", "‘"}) {
    while (text.ends_with(speck)) text.erase(text.size() - speck.size());
    while (text.starts_with(speck)) text.erase(0, speck.size());
  }
  return text;
}

struct Votes {
  std::size_t count = 0;
  double confidence = 0;
  std::string text;
};

}  // namespace

bool is_sure_name(const ReadPlace& place) {
  return place.confidence >= sure && fold(place.text).size() >= shortest;
}

std::string commonest_name(const std::vector<ReadPlace>& readings) {
  std::map<std::u32string, Votes> votes;
  for (const auto& reading : readings) {
    const auto key = fold(reading.text);
    if (key.size() < shortest) continue;
    auto& same = votes[key];
    ++same.count;
    same.confidence = std::max(same.confidence, reading.confidence);
    if (same.text.empty()) same.text = bare(reading.text);
  }
  Votes best, second;
  for (const auto& [key, one] : votes) {
    if (one.count > best.count)
      second = best, best = one;
    else if (one.count > second.count)
      second = one;
  }
  const bool told = best.count >= 2 && best.count > second.count && best.confidence >= likely;
  return told ? best.text : "";
}

std::string sure_name(const ReadPlace& place, const Sheet& sheet, Recogniser& recogniser,
                      const Budget& budget) {
  if (place.text.empty() || is_sure_name(place)) return bare(place.text);
  std::vector<ReadPlace> readings = {place};
  const int margin = std::max(2, place.box.h / 4);
  const Box box = grown(place.box, margin, sheet.width(), sheet.height());
  for (const auto& attempt : attempts) {
    const auto strip = sheet.grey(box, static_cast<double>(attempt.height) / place.box.h);
    readings.push_back(
        as_read(recogniser.line(attempt.script, attempt.layout, strip.view(), "", budget)));
  }
  return commonest_name(readings);
}

}  // namespace dengji
