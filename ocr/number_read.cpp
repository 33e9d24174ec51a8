#include "ocr/number_read.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "ocr/fuzzy.hpp"
#include "ocr/lookalike.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

struct Label {
  std::string_view words;
  IdType type;
};

// Longer labels first: a shorter one that lies within the same words is not looked for again.
constexpr std::array labels = {
    Label{"统一社会信用代码", IdType::uscc},  Label{"组织机构代码", IdType::orgcode},
    Label{"公民身份号码", IdType::citizen},   Label{"社会信用代码", IdType::uscc},
    Label{"营业执照注册号", IdType::licence}, Label{"注册号", IdType::licence},
    Label{"身份证号码", IdType::citizen},     Label{"身份证号", IdType::citizen},
    Label{"证件号码", IdType::uscc},          Label{"登记证号", IdType::uscc},
    Label{"代码", IdType::orgcode},
};

bool is_number_char(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z'); }

std::string ascii(std::u32string_view folded) {
  std::string text;
  for (const char32_t c : folded)
    if (c < 0x80) text += static_cast<char>(c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c);
  return text;
}

// The run of number characters that begins within three characters of `from`; a single stranger
// inside is a misreading, two end the run.
struct Run {
  std::size_t begin = 0, end = 0;
  std::size_t size() const { return end - begin; }
};

Run run_at(std::u32string_view text, std::size_t from) {
  Run run{from, from};
  while (run.begin < text.size() && run.begin < from + 3 && !is_number_char(text[run.begin]))
    ++run.begin;
  run.end = run.begin;
  for (auto i = run.begin; i < text.size(); ++i) {
    if (is_number_char(text[i]))
      run.end = i + 1;
    else if (i + 1 >= text.size() || !is_number_char(text[i + 1]))
      break;
  }
  return run;
}

constexpr std::size_t shortest_run = 8;

// Right of a label where nothing was read: as wide as eighteen wide digits.
Box right_of(const Box& label, int page_width) {
  const int height = label.h, left = label.x + label.w + height / 4;
  return {left, label.y, std::max(0, std::min(14 * height, page_width - left)), height};
}

void add(std::vector<NumberPlace>& places, NumberPlace place) {
  for (const auto& other : places) {
    const int overlap = std::min(other.box.x + other.box.w, place.box.x + place.box.w) -
                        std::max(other.box.x, place.box.x);
    const bool same_row =
        place.box.y < other.box.y + other.box.h && other.box.y < place.box.y + place.box.h;
    if (same_row && overlap > 0) return;
  }
  if (places.size() < limits::numbers_on_page && place.box.w > 0)
    places.push_back(std::move(place));
}

void find_labelled(const PageText& text, const Label& label, std::vector<NumberPlace>& places) {
  const double least = fold(label.words).size() <= 4 ? 1 : 0.75;
  for (const auto& hit : text.find_all(label.words, least)) {
    const auto& row = text.rows()[hit.row];
    const auto run = run_at(row.text, hit.end);
    if (run.size() >= shortest_run)
      add(places, {label.type, text.box_of(hit.row, run.begin, run.end),
                   ascii(std::u32string_view(row.text).substr(run.begin, run.size())), true});
  }
}

// Right of labels beside which nothing was read. A title is made of the same words and goes on with
// others.
void find_empty(const PageText& text, const Label& label, int page_width,
                std::vector<NumberPlace>& places) {
  if (fold(label.words).size() <= 2) return;
  for (const auto& hit : text.find_all(label.words, 0.8)) {
    const auto rest = std::u32string_view(text.rows()[hit.row].text).substr(hit.end);
    if (rest.size() < shortest_run && (rest.empty() || rest.front() != U'证'))
      add(places, {label.type, right_of(hit.box, page_width), "", true});
  }
}

void find_bare(const PageText& text, std::vector<NumberPlace>& places) {
  for (std::size_t row = 0; row < text.rows().size(); ++row) {
    const auto& line = text.rows()[row].text;
    for (std::size_t at = 0; at < line.size();) {
      const auto run = run_at(line, at);
      const auto whole = std::u32string_view(line).substr(run.begin, run.size());
      const auto seen = ascii(whole);
      const auto type = id_shape(seen, false);
      if (!type || run.size() < 15) {  // a misread label may have left it a character in front
        const auto stranger = std::find_if_not(whole.begin(), whole.end(), is_number_char);
        at = std::max(run.begin + static_cast<std::size_t>(stranger - whole.begin()), at + 1);
        continue;
      }
      at = run.end;
      const auto kind = check_id(IdType::citizen, seen).ok() ? IdType::citizen : *type;
      add(places, {kind, text.box_of(row, run.begin, run.end), seen, false});
    }
  }
}

// Where a label's kind and the number's length disagree the length is right: old licences carry
// either.
bool right_length(IdType type, const std::string& text) {
  switch (type) {
    case IdType::citizen:
      return text.size() == 18 || text.size() == 15;
    case IdType::orgcode:
      return text.size() == 9 || text.size() == 18;
    case IdType::licence:
    case IdType::uscc:
      break;
  }
  return text.size() == 18 || text.size() == 15 || text.size() == 13;
}

bool right_structure(IdType type, const std::string& text) {
  if (check_id(type, text).ok()) return true;
  const auto shape = id_shape(text, type == IdType::citizen);
  return shape && check_id(*shape, text).ok();
}

// By what each gave on drawn strips: eng at 72 pixels reads most; the others see what it misses.
constexpr std::array attempts = {
    Attempt{Script::latin, 72, Layout::sought},  Attempt{Script::latin, 48, Layout::given},
    Attempt{Script::han, 48, Layout::sought},    Attempt{Script::latin, 40, Layout::sought},
    Attempt{Script::latin, 100, Layout::sought},
};

Box padded(const Box& box) {
  const int margin = std::max(2, box.h / 4);
  return {box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin};
}

// A speck or a rule beside the number reads as a character more.
constexpr std::size_t strays = 3;

// The expected number that stands in a reading whole, else the reading.
std::string settled(const std::string& reading, const std::vector<std::string>& expected) {
  for (const auto& number : expected)
    if (!number.empty() && reading.size() <= number.size() + strays &&
        find_number(reading, number) != std::string::npos)
      return number;
  return reading;
}

bool among(const std::string& text, const std::vector<std::string>& expected) {
  return std::find(expected.begin(), expected.end(), text) != expected.end();
}

}  // namespace

std::vector<NumberPlace> find_numbers(const PageText& text, int page_width) {
  std::vector<NumberPlace> places;
  for (const auto& label : labels) find_labelled(text, label, places);
  find_bare(text, places);
  if (places.empty())
    for (const auto& label : labels) find_empty(text, label, page_width, places);
  std::sort(places.begin(), places.end(),
            [](const auto& a, const auto& b) { return a.box.y < b.box.y; });
  return places;
}

NumberVote vote(IdType type, std::vector<std::string> readings,
                const std::vector<std::string>& expected) {
  NumberVote result;
  std::map<std::string, std::size_t> counts;
  for (const auto& reading : readings)
    if (right_length(type, reading)) ++counts[reading];
  std::size_t best = 0, second = 0;
  for (const auto& [text, count] : counts) {
    // A number that is expected was read, whatever else was read beside it.
    const auto weight = among(text, expected) ? readings.size() + 1 : count;
    if (weight > best) {
      second = best;
      best = weight;
      result.text = text;
    } else {
      second = std::max(second, weight);
    }
  }
  if (result.text.empty() && !readings.empty())
    result.text =
        *std::max_element(readings.begin(), readings.end(),
                          [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const auto alike = counts.count(result.text) ? counts[result.text] : 0;
  if (!readings.empty())
    result.confidence = static_cast<double>(alike) / static_cast<double>(readings.size());
  result.agreed = among(result.text, expected) ||
                  (alike >= 2 && second < alike && right_structure(type, result.text));
  result.readings = std::move(readings);
  return result;
}

NumberVote read_number(Recogniser& recogniser, const Crop& crop, const NumberPlace& place,
                       const std::vector<std::string>& expected, const Budget& budget) {
  std::vector<std::string> readings;
  const std::string whitelist(readable(place.type));
  for (const auto& attempt : attempts) {
    const auto strip = crop(padded(place.box), attempt.height);
    if (strip.width <= 0 || budget.spent()) break;
    const auto line =
        recogniser.line(attempt.script, attempt.layout, strip.view(), whitelist, budget);
    const auto text = settled(as_number(place.type, canonical_id(line.text)), expected);
    if (!text.empty()) readings.push_back(text);
    if (among(text, expected)) break;
    const auto so_far = vote(place.type, readings, expected);
    if (readings.size() >= 3 && so_far.agreed && expected.empty()) break;
  }
  // The page's own reading has no whitelist, so that it counts only where it is a number.
  if (id_shape(place.seen, place.type == IdType::citizen))
    readings.push_back(settled(as_number(place.type, place.seen), expected));
  return vote(place.type, std::move(readings), expected);
}

}  // namespace dengji
