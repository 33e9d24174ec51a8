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

constexpr double digit_width = 0.7;     // of its height, with the space beside it
constexpr double mostly_digits = 0.35;  // of a line's parts that look like them
constexpr double shortest_period = 7;   // characters of a line with two dates, or one and its words

double length_of(const LinePlace& line) {
  return line.box.w / std::max(1.0, line.height);
}  // in characters

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

std::string alphabet_of(const std::vector<std::string>& numbers) {
  const bool digits = std::all_of(numbers.begin(), numbers.end(), [](const std::string& number) {
    return number.find_first_not_of("0123456789X") == std::string::npos;
  });
  return digits ? "0123456789X" : "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
}

IdType type_of(const std::string& number) {
  if (check_id(IdType::citizen, number).ok()) return IdType::citizen;
  return id_shape(number, false).value_or(IdType::uscc);
}

// The part of a line that reads as `number`; unset where it does not stand in it whole. A short
// number may be a part of another one, so that it must stand alone.
std::optional<Box> place_of(const TextLine& line, const std::string& number) {
  constexpr std::size_t long_enough = 13, strays = 3;
  std::string text;
  std::vector<Box> boxes;
  for (const auto& glyph : line.glyphs)
    for (const char c : canonical_id(glyph.text)) {
      text += c;
      boxes.push_back(glyph.box);
    }
  const auto at = text.find(number);
  if (at == std::string::npos) return std::nullopt;
  if (number.size() < long_enough && text.size() > number.size() + strays) return std::nullopt;
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
    if (beneath && other.x < right_of(box) && right_of(other) > box.x && other.x > box.x - height)
      return i;
  }
  return std::nullopt;
}

// Where a number stands whose end did not fit into its cell's first line.
std::optional<Box> place_in_two(Words& words, std::size_t line, const TextLine& seen,
                                const std::string& number) {
  const auto begun = canonical_id(seen.text);
  if (2 * begun.size() < number.size() || !number.starts_with(begun)) return std::nullopt;
  const auto next = line_below(words, line);
  if (!next) return std::nullopt;
  const auto rest = words.digits(*next, alphabet_of({number}));
  if (begun + canonical_id(rest.text) != number) return std::nullopt;
  return united(words.place(line).box, words.place(*next).box);
}

// So alike that another attempt may well read it.
bool nearly(const TextLine& line, const std::string& number) {
  return find_alike(fold(number), fold(canonical_id(line.text))).score >= 0.7;
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

PageText read_titles(Words& words) {
  constexpr std::size_t most = 3;
  constexpr double larger = 1.25;  // than usual print
  constexpr double shortest = 2.5, longest = 40;
  const double usual = words.usual_height();
  auto titles = lines_where(words, [&](const LinePlace& line) {
    const double length = length_of(line);
    return line.height >= larger * usual && length >= shortest && length <= longest;
  });
  std::stable_sort(titles.begin(), titles.end(),
                   [&](auto a, auto b) { return words.place(a).height > words.place(b).height; });
  if (titles.size() > most) titles.resize(most);
  std::vector<TextLine> lines;
  for (const auto line : titles) lines.push_back(words.read(line));
  return PageText(std::move(lines));
}

std::optional<double> legibility(Words& words) {
  constexpr std::size_t enough = 4;
  constexpr double best_length = 9, shortest = 4,
                   longest = 20;  // shorter ones are often parts of something else
  const double usual = words.usual_height();
  auto lines = lines_where(words, [&](const LinePlace& line) {
    return length_of(line) >= shortest && length_of(line) <= longest &&
           line.height >= 0.75 * usual && line.height <= 1.5 * usual;
  });
  std::stable_sort(lines.begin(), lines.end(), [&](auto a, auto b) {
    return std::abs(length_of(words.place(a)) - best_length) <
           std::abs(length_of(words.place(b)) - best_length);
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
  const double length = length_of(sought);
  for (const auto line : lines_where(words, [&](const LinePlace& place) {
         return length_of(place) >= 0.75 * length - 0.3 && length_of(place) <= 1.6 * length + 1;
       })) {
    const auto labels = labels_of(words, sheet, line);
    if ((labelled && labels.empty()) || !same_name(sought, fold(words.read(line).text))) continue;
    for (const auto label : labels) words.read(label);
    return true;
  }
  return false;
}

std::vector<ReadNumber> seek_numbers(Words& words, const Sheet& sheet, Recogniser& recogniser,
                                     const std::vector<std::string>& numbers,
                                     const Budget& budget) {
  constexpr std::size_t most = 10;  // lines that are read as numbers
  std::vector<ReadNumber> found;
  if (numbers.empty()) return found;
  auto lines = lines_where(words, [&](const LinePlace& place) {
    return std::any_of(numbers.begin(), numbers.end(), [&](const std::string& number) {
      // As long as the number, or as it and a label before it.
      const double longest = place.digits >= mostly_digits ? 2 : 1;
      return length_of(place) >= 0.4 * static_cast<double>(number.size()) &&
             length_of(place) <= longest * static_cast<double>(number.size());
    });
  });
  // First what is as long as one of the numbers alone, then what looks like digits.
  const auto alone = [&](std::size_t line) {
    return std::any_of(numbers.begin(), numbers.end(), [&](const std::string& number) {
      const double length = digit_width * static_cast<double>(number.size());
      return std::abs(length_of(words.place(line)) / length - 1) < 0.25;
    });
  };
  std::stable_sort(lines.begin(), lines.end(), [&](auto a, auto b) {
    return alone(a) != alone(b) ? alone(a) : words.place(a).digits > words.place(b).digits;
  });
  if (lines.size() > most) lines.resize(most);
  const Crop crop = [&](const Box& box, int height) {
    return box.h > 0 ? sheet.grey(box, static_cast<double>(height) / box.h) : GreyImage();
  };
  auto left = numbers;
  for (const auto line : lines) {
    const auto seen = words.digits(line, alphabet_of(left));
    for (auto number = left.begin(); number != left.end();) {
      ReadNumber read;
      read.place.type = type_of(*number);
      auto box = place_of(seen, *number);
      if (!box) box = place_in_two(words, line, seen, *number);
      if (box) {
        read.place.box = *box;
        read.vote = {*number, 1, true, {*number}};
      } else if (nearly(seen, *number)) {
        read.place.box = words.place(line).box;
        read.vote = read_number(recogniser, crop, read.place, {*number}, budget);
      }
      if (read.vote.text == *number) {
        found.push_back(std::move(read));
        number = left.erase(number);
      } else {
        ++number;
      }
    }
    if (left.empty()) break;
  }
  return found;
}

void read_number_lines(Words& words, const Sheet& sheet) {
  constexpr double shortest = 6, longest = 36;  // characters
  for (const auto line : lines_where(words, [](const LinePlace& place) {
         return place.digits >= mostly_digits && length_of(place) >= shortest &&
                length_of(place) <= longest;
       })) {
    words.read(line);
    for (const auto label : labels_of(words, sheet, line)) words.read(label);
  }
}

void seek_period(Words& words, const Sheet& sheet, bool in_words,
                 const std::function<bool()>& found) {
  constexpr std::size_t most_dates = 8, most_words = 16;
  constexpr double surely = 0.3, perhaps = 0.15;  // of the parts that look like digits
  const auto read_until_found = [&](Lines lines, std::size_t most) {
    std::stable_sort(lines.begin(), lines.end(), [&](auto a, auto b) {
      return length_of(words.place(a)) > length_of(words.place(b));
    });
    if (lines.size() > most) lines.resize(most);
    for (const auto line : lines) {
      words.read(line);
      if (found()) return true;
    }
    for (const auto line : lines)
      for (const auto label : labels_of(words, sheet, line)) words.read(label);
    return found();
  };
  const auto dated = [&](double least, double below) {
    return lines_where(words, [&](const LinePlace& place) {
      return length_of(place) >= shortest_period && place.digits >= least && place.digits < below;
    });
  };
  if (read_until_found(dated(surely, 1.1), most_dates)) return;
  if (read_until_found(dated(perhaps, surely), most_dates) || !in_words) return;
  const double usual = words.usual_height();
  read_until_found(lines_where(words,
                               [&](const LinePlace& place) {
                                 const double length = length_of(place);
                                 return length >= 1.5 && length < shortest_period &&
                                        place.height >= 0.6 * usual && place.height <= 1.5 * usual;
                               }),
                   most_words);
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
