#include "parsers/label_guess.hpp"

#include <algorithm>

#include "parsers/label.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t shortest = 4, longest = 16;  // characters of a label that may be guessed
constexpr std::size_t least_common = 3;            // characters in the same order in both
constexpr double least_likeness = 0.7;             // the share of both that is common

std::size_t common(std::u32string_view a, std::u32string_view b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (const char32_t c : a) {
    std::size_t corner = 0;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t above = row[j + 1];
      row[j + 1] = c == b[j] ? corner + 1 : std::max(above, row[j]);
      corner = above;
    }
  }
  return row.back();
}

double likeness(std::u32string_view a, std::u32string_view b) {
  const std::size_t same = common(a, b);
  if (same < least_common) return 0;
  return 2.0 * static_cast<double>(same) / static_cast<double>(a.size() + b.size());
}

bool fits(const FieldSpec& field, bool within, const Surroundings& around) {
  const GroupSpec* group = around.group != nullptr ? around.group : around.last;
  const bool own = group != nullptr && field.group == group->key;
  return own || (!within && (around.group == nullptr || field.group.empty()));
}

}  // namespace

void LabelGuess::add(const FieldSpec& field, const std::string& key, bool within) {
  known_.push_back({code_points(key), &field, within});
}

void LabelGuess::add_extra(const std::string& key) { known_.push_back({code_points(key)}); }

void LabelGuess::add_title(const GroupSpec& group, const std::string& key) {
  titles_.emplace_back(code_points(key), &group);
}

const FieldSpec* LabelGuess::read(const std::string& key, const Surroundings& around) const {
  const std::u32string text = code_points(key);
  if (text.size() < shortest || text.size() > longest) return nullptr;
  const std::u32string* title = nullptr;
  const GroupSpec* party = nullptr;
  for (const auto& [name, group] : titles_) {
    if (text.ends_with(name)) return nullptr;
    if (!text.starts_with(name) || (title != nullptr && title->size() >= name.size())) continue;
    title = &name;
    party = group;
  }
  return most_like(std::u32string_view(text).substr(title != nullptr ? title->size() : 0), around,
                   party);
}

// Of the labels within `party`'s rows, or of those that stand alone where there is none.
const FieldSpec* LabelGuess::most_like(std::u32string_view text, const Surroundings& around,
                                       const GroupSpec* party) const {
  const Known* best = nullptr;
  double best_likeness = least_likeness;
  bool clear = true;
  for (const Known& known : known_) {
    const bool meant = party == nullptr
                           ? known.field == nullptr || fits(*known.field, known.within, around)
                           : known.within && known.field->group == party->key;
    const double like = meant ? likeness(text, known.key) : 0;
    if (like < best_likeness) continue;
    const bool rival = best != nullptr && like == best_likeness && known.field != best->field;
    clear = best == nullptr || like > best_likeness || (clear && !rival);
    best = &known;
    best_likeness = like;
  }
  return best != nullptr && clear ? best->field : nullptr;
}

}  // namespace dengji
