#include "ocr/number_seek.hpp"

#include <algorithm>
#include <cmath>

#include "ocr/fuzzy.hpp"
#include "ocr/lookalike.hpp"

namespace dengji {
namespace {

constexpr std::size_t most_lines = 10;
constexpr double digit_width = 0.7;      // of its height, with the space beside it
constexpr double alike = 0.7;            // so that another attempt may well read the number
constexpr std::size_t long_enough = 13;  // a shorter number may be a part of another one

IdType type_of(const std::string& number) {
  if (check_id(IdType::citizen, number).ok()) return IdType::citizen;
  return id_shape(number, false).value_or(IdType::uscc);
}

// The least of the alphabets that spells all of the numbers.
std::string alphabet_of(const std::vector<std::string>& numbers) {
  for (const auto type : {IdType::citizen, IdType::uscc})
    if (std::all_of(numbers.begin(), numbers.end(), [&](const std::string& number) {
          return number.find_first_not_of(readable(type)) == std::string::npos;
        }))
      return std::string(readable(type));
  return std::string(readable(IdType::orgcode));
}

double width_of(const std::string& number) {  // in heights
  return digit_width * static_cast<double>(number.size());
}

// As long as one of the numbers alone.
bool is_alone(const LinePlace& place, const std::vector<std::string>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [&](const std::string& number) {
    return std::abs(place.length() / width_of(number) - 1) < 0.25;
  });
}

// As long as all of the numbers with something before them: a label.
bool is_labelled(const LinePlace& place, const std::vector<std::string>& numbers) {
  return !is_alone(place, numbers) &&
         std::all_of(numbers.begin(), numbers.end(),
                     [&](const std::string& number) { return place.length() > width_of(number); });
}

bool may_hold(const LinePlace& place, const std::string& number) {
  const double longest = place.mostly_digits() ? 2 : 1;  // as it and a label before it
  const auto size = static_cast<double>(number.size());
  return place.length() >= 0.4 * size && place.length() <= longest * size;
}

// First what is as long as a number alone and looks like digits, then numbers with their labels, at
// last what blur may have joined: not where other lines of the same page look much more like
// digits.
std::vector<std::size_t> likely_lines(const Words& words, const std::vector<std::string>& numbers) {
  constexpr double comparable = 0.25;  // its digits joined two and two, and half of them lost
  std::vector<std::size_t> lines;
  double clearest = 0;
  for (std::size_t i = 0; i < words.count(); ++i) {
    const auto& place = words.place(i);
    if (!std::any_of(numbers.begin(), numbers.end(),
                     [&](const auto& number) { return may_hold(place, number); }))
      continue;
    lines.push_back(i);
    if (is_alone(place, numbers)) clearest = std::max(clearest, place.digits);
  }
  std::erase_if(lines, [&](auto i) { return words.place(i).digits < comparable * clearest; });
  const auto likely = [&](std::size_t line) {
    const auto& place = words.place(line);
    const int rank = !place.mostly_digits() ? 0 : is_alone(place, numbers) ? 2 : 1;
    return rank + place.digits / 2;
  };
  std::stable_sort(lines.begin(), lines.end(),
                   [&](auto a, auto b) { return likely(a) > likely(b); });
  if (lines.size() > most_lines) lines.resize(most_lines);
  return lines;
}

// The part of a line that reads as `number`; unset where it does not stand in it whole. A short
// one must stand alone but for Han.
std::optional<Box> place_of(const TextLine& line, const std::string& number) {
  constexpr std::size_t strays = 3;
  std::string text;
  std::vector<Box> boxes;
  for (const auto& glyph : line.glyphs)
    for (const char c : canonical_id(glyph.text)) {
      text += c;
      boxes.push_back(glyph.box);
    }
  const auto at = find_number(text, number);
  if (at == std::string::npos) return std::nullopt;
  const auto plain = static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
  if (number.size() < long_enough && plain > number.size() + strays) return std::nullopt;
  Box box;
  for (std::size_t i = 0; i < number.size(); ++i) box = united(box, boxes[at + i]);
  return box;
}

// The line that goes on with what `line` began, in a narrow cell.
std::optional<std::size_t> line_below(const Words& words, std::size_t line) {
  const auto& [box, height, digits] = words.place(line);
  const double bottom = box.y + box.h;
  for (std::size_t i = 0; i < words.count(); ++i) {
    const Box& other = words.place(i).box;
    const bool beneath = other.y > bottom - height / 2 && other.y < bottom + 1.2 * height;
    if (beneath && other.x < box.x + box.w && other.x + other.w > box.x && other.x > box.x - height)
      return i;
  }
  return std::nullopt;
}

class Seeker {
 public:
  Seeker(Words& words, const Sheet& sheet, Recogniser& recogniser, const Budget& budget)
      : words_(&words), sheet_(&sheet), recogniser_(&recogniser), budget_(&budget) {}

  // Unset where `number` does not stand in the line that was read as `seen`.
  std::optional<ReadNumber> confirm(std::size_t line, const TextLine& seen,
                                    const std::string& number) {
    if (const auto box = place_of(seen, number)) return confirmed(number, *box);
    if (const auto box = in_two_lines(line, seen, number)) return confirmed(number, *box);
    const auto hit = PageText({seen}).find(number);
    const Box& whole = words_->place(line).box;
    const Box near = number.size() < long_enough ? whole : around(hit.box, whole);
    if (hit.score < alike || !reads_as(number, near)) return std::nullopt;
    return confirmed(number, near);
  }

 private:
  static ReadNumber confirmed(const std::string& number, const Box& box) {
    return {{type_of(number), box, "", false}, {number, 1, true, {number}}};
  }

  // What was read alike, and as far again as the characters at its ends may reach.
  static Box around(const Box& box, const Box& line) {
    return intersection({box.x - line.h, line.y, box.w + 2 * line.h, line.h}, line);
  }

  bool reads_as(const std::string& number, const Box& box) {
    const Crop crop = [&](const Box& part, int height) {
      return part.h > 0 ? sheet_->grey(part, static_cast<double>(height) / part.h) : GreyImage();
    };
    const NumberPlace place{type_of(number), box, "", false};
    return read_number(*recogniser_, crop, place, {number}, *budget_).text == number;
  }

  // Where a number stands whose end did not fit into its cell's first line.
  std::optional<Box> in_two_lines(std::size_t line, const TextLine& seen,
                                  const std::string& number) {
    const auto begun = canonical_id(seen.text);
    if (find_alike(fold(begun), fold(number)).score < alike) return std::nullopt;
    const auto next = line_below(*words_, line);
    if (!next || 2 * words_->place(*next).length() > width_of(number)) return std::nullopt;
    const auto end = canonical_id(words_->digits(*next, alphabet_of({number})).text);
    if (end.empty() || end.size() > number.size() ||
        find_number(end, number.substr(number.size() - end.size())) != 0)
      return std::nullopt;
    const auto head = number.substr(0, number.size() - end.size());
    const Box& box = words_->place(line).box;
    if (begun != head && !reads_as(head, box)) return std::nullopt;
    return united(box, words_->place(*next).box);
  }

  Words* words_;
  const Sheet* sheet_;
  Recogniser* recogniser_;
  const Budget* budget_;
};

}  // namespace

std::vector<ReadNumber> seek_numbers(Words& words, const Sheet& sheet, Recogniser& recogniser,
                                     const std::vector<std::string>& numbers,
                                     const Budget& budget) {
  std::vector<ReadNumber> found;
  if (numbers.empty()) return found;
  Seeker seeker(words, sheet, recogniser, budget);
  auto left = numbers;
  for (const auto line : likely_lines(words, numbers)) {
    // A label reads as Han; so do the dates that look alike, and are asked for too.
    const auto seen = is_labelled(words.place(line), numbers)
                          ? words.read(line)
                          : words.digits(line, alphabet_of(left));
    std::erase_if(left, [&](const std::string& number) {
      auto read = seeker.confirm(line, seen, number);
      if (read) found.push_back(std::move(*read));
      return read.has_value();
    });
    if (left.empty()) break;
  }
  return found;
}

}  // namespace dengji
