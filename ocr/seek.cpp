#include "ocr/seek.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string_view>

#include "ocr/fuzzy.hpp"
#include "ocr/signature.hpp"

namespace dengji {
namespace {

using Lines = std::vector<std::size_t>;  // indices of lines

constexpr double shortest_period = 7;  // characters of a line with two dates, or one and its words

Lines lines_where(const Words& words, auto test) {
  Lines lines;
  for (std::size_t i = 0; i < words.count(); ++i)
    if (test(words.place(i))) lines.push_back(i);
  return lines;
}

int right_of(const Box& box) { return box.x + box.w; }

bool side_by_side(const Box& a, const Box& b) {
  const int common = std::min(a.y + a.h, b.y + b.h) - std::max(a.y, b.y);
  return 2 * common >= std::min(a.h, b.h);
}

bool holds(const Box& outer, const Box& inner) {
  const int x = inner.x + inner.w / 2, y = inner.y + inner.h / 2;
  return x >= outer.x && x < right_of(outer) && y >= outer.y && y < outer.y + outer.h;
}

bool holds_one_of(const std::vector<ReadNumber>& numbers, const LinePlace& place) {
  return std::any_of(numbers.begin(), numbers.end(),
                     [&](const ReadNumber& number) { return holds(place.box, number.place.box); });
}

// A line's place in its table: as high as its cell, since a label beside it may take several lines.
Box row_of(const Words& words, const Sheet& sheet, std::size_t line) {
  const Box& box = words.place(line).box;
  for (const auto& cell : sheet.cells())
    if (holds(cell, box)) return {box.x, cell.y, box.w, cell.h};
  return box;
}

// The nearest lines to the left in the same row: one, or those of one cell.
Lines labels_of(const Words& words, const Sheet& sheet, std::size_t line) {
  const Box row = row_of(words, sheet, line);
  const int height = words.place(line).box.h;
  auto nearest = words.count();
  for (std::size_t i = 0; i < words.count(); ++i) {
    const Box& other = words.place(i).box;
    if (i == line || right_of(other) > row.x + height / 2 || !side_by_side(other, row)) continue;
    if (nearest == words.count() || right_of(other) > right_of(words.place(nearest).box))
      nearest = i;
  }
  if (nearest == words.count()) return {};
  const auto cell = std::find_if(sheet.cells().begin(), sheet.cells().end(),
                                 [&](const Box& c) { return holds(c, words.place(nearest).box); });
  if (cell == sheet.cells().end()) return {nearest};
  return lines_where(words, [&](const LinePlace& place) { return holds(*cell, place.box); });
}

// Characters that a name is as long as: letters and digits are half as wide as Han.
double length_of(std::u32string_view name) {
  return std::accumulate(name.begin(), name.end(), 0.0,
                         [](double sum, char32_t c) { return sum + (c < 0x80 ? 0.55 : 1); });
}

// A form's labels begin on the left, and where it has a table they stand in it: the notes below it
// speak of signatures too.
bool may_be_label(const Box& line, const Sheet& sheet) {
  constexpr double label_column = 0.35;  // of the width
  if (line.x > label_column * sheet.width()) return false;
  const auto& cells = sheet.cells();
  return cells.empty() || std::any_of(cells.begin(), cells.end(), [&](const Box& cell) {
           return 2 * area(intersection(cell, line)) > area(line);
         });
}

}  // namespace

PageText read_titles(Words& words, const std::function<bool(const PageText&)>& enough) {
  constexpr std::size_t most = 3;
  constexpr double larger = 1.25;  // than usual print
  constexpr double shortest = 2.5, longest = 40;
  const double usual = words.usual_height();
  auto titles = lines_where(words, [&](const LinePlace& line) {
    const double length = line.length();
    return line.height >= larger * usual && length >= shortest && length <= longest;
  });
  std::stable_sort(titles.begin(), titles.end(),
                   [&](auto a, auto b) { return words.place(a).height > words.place(b).height; });
  if (titles.size() > most) titles.resize(most);
  PageText text;
  for (const auto line : titles) {
    auto lines = text.lines();
    lines.push_back(words.read(line));
    text = PageText(std::move(lines));
    if (enough(text)) break;
  }
  return text;
}

std::optional<double> legibility(Words& words) {
  constexpr std::size_t enough = 4;
  constexpr double best_length = 9, shortest = 4,
                   longest = 20;  // shorter ones are often parts of something else
  const double usual = words.usual_height();
  auto lines = lines_where(words, [&](const LinePlace& line) {
    return line.length() >= shortest && line.length() <= longest && line.height >= 0.75 * usual &&
           line.height <= 1.5 * usual;
  });
  std::stable_sort(lines.begin(), lines.end(), [&](auto a, auto b) {
    return std::abs(words.place(a).length() - best_length) <
           std::abs(words.place(b).length() - best_length);
  });
  if (lines.size() > enough) lines.resize(enough);
  double sum = 0, glyphs = 0;
  for (const auto line : lines) {
    const auto& read = words.read(line);
    const double n = std::max<double>(1, static_cast<double>(read.glyphs.size()));
    sum += n * read.confidence, glyphs += n;
  }
  if (glyphs == 0) return std::nullopt;
  return sum / glyphs;
}

bool seek_name(Words& words, const Sheet& sheet, const std::string& name, bool labelled) {
  const auto sought = fold(name);
  if (sought.empty()) return false;
  constexpr double pitch = 1.07;  // of a line's characters, by the height of what they show of it
  const double length = pitch * length_of(sought);
  auto lines = lines_where(words, [&](const LinePlace& place) {
    return place.length() >= 0.7 * length - 0.3 && place.length() <= 1.5 * length + 1;
  });
  const auto odd = [&](auto line) { return std::abs(words.place(line).length() - length); };
  std::stable_sort(lines.begin(), lines.end(), [&](auto a, auto b) { return odd(a) < odd(b); });
  for (const auto line : lines) {
    const auto labels = labels_of(words, sheet, line);
    if ((labelled && labels.empty()) || !stands_in(PageText({words.read(line)}), name)) continue;
    for (const auto label : labels) words.read(label);
    return true;
  }
  return false;
}

void read_number_lines(Words& words, const Sheet& sheet, const std::vector<ReadNumber>& known,
                       std::size_t shortest) {
  constexpr double narrowest = 0.5, longest = 36;  // of a character of Han; characters
  const double least = narrowest * static_cast<double>(shortest);
  for (const auto line : lines_where(words, [&](const LinePlace& place) {
         return place.mostly_digits() && place.length() >= least && place.length() <= longest &&
                !holds_one_of(known, place);
       })) {
    words.read(line);
    for (const auto label : labels_of(words, sheet, line)) words.read(label);
  }
}

void seek_period(Words& words, const Sheet& sheet, const std::vector<ReadNumber>& numbers,
                 bool in_words, const std::function<bool()>& found) {
  constexpr std::size_t most_dates = 8, most_words = 16;
  constexpr double surely = 0.3, perhaps = 0.15;  // of the parts that look like digits
  constexpr double two_dates = 11, longest_period = 26;
  const auto read_until_found = [&](Lines lines, std::size_t most) {
    if (lines.size() > most) lines.resize(most);
    for (const auto line : lines) {
      words.read(line);
      if (found()) return true;
    }
    for (const auto line : lines)
      for (const auto label : labels_of(words, sheet, line)) words.read(label);
    return found();
  };
  // First what is as long as two dates, of that what looks most like digits.
  const auto likely = [&](std::size_t line) {
    const auto& place = words.place(line);
    const bool long_enough = place.length() >= two_dates && place.length() <= longest_period;
    return (long_enough ? 1 : 0) + place.digits;
  };
  const auto dated = [&](double least, double below) {
    auto lines = lines_where(words, [&](const LinePlace& place) {
      return place.length() >= shortest_period && place.digits >= least && place.digits < below &&
             !holds_one_of(numbers, place);
    });
    std::stable_sort(lines.begin(), lines.end(),
                     [&](auto a, auto b) { return likely(a) > likely(b); });
    return lines;
  };
  if (read_until_found(dated(surely, 1.1), most_dates)) return;
  if (read_until_found(dated(perhaps, surely), most_dates) || !in_words) return;
  const double usual = words.usual_height();
  auto shorter = lines_where(words, [&](const LinePlace& place) {
    return place.length() >= 1.5 && place.length() < shortest_period &&
           place.height >= 0.6 * usual && place.height <= 1.5 * usual;
  });
  std::stable_sort(shorter.begin(), shorter.end(), [&](auto a, auto b) {
    return words.place(a).length() > words.place(b).length();
  });
  read_until_found(std::move(shorter), most_words);
}

bool seek_in_prose(Words& words, const std::vector<std::string>& names) {
  std::vector<std::u32string> sought;
  for (const auto& name : names) sought.push_back(fold(name));
  for (std::size_t line = 0; line < words.count(); ++line) {
    const auto text = fold(words.read(line).text);
    if (std::any_of(sought.begin(), sought.end(), [&](const auto& name) {
          return find_alike(name, text).score == 1 && !name.empty();
        }))
      return true;
  }
  return false;
}

void read_signature_place(Words& words, const Sheet& sheet, PageKind kind) {
  std::optional<Box> place;
  for (auto line = words.count(); line-- > 0 && !place;) {
    if (kind == PageKind::form && !may_be_label(words.place(line).box, sheet)) continue;
    words.read(line);
    place = signature_place(words.text(), kind, sheet.cells(), sheet.width());
  }
  if (!place) return words.read_all();
  for (std::size_t i = 0; i < words.count(); ++i)
    if (area(intersection(words.place(i).box, *place)) > 0) words.read(i);
}

}  // namespace dengji
