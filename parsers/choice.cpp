#include "parsers/choice.hpp"

#include <algorithm>

#include "parsers/choice_tokens.hpp"

namespace dengji {
namespace {

constexpr std::size_t longest_choice = 2000;  // characters; more is no list of options

constexpr std::size_t far = 1000;

// How near the mark at `i` stands to the option before (-1) or behind it (1).
std::size_t distance(const std::vector<Token>& tokens, std::size_t i, int side) {
  const std::size_t other = i + static_cast<std::size_t>(side);
  if (other >= tokens.size() || tokens[other].mark != Mark::none) return far;
  return side < 0 ? tokens[i].gap : tokens[other].gap;
}

// Whether the marks stand behind their options.
bool marks_follow(const std::vector<Token>& tokens) {
  const auto telling = [](const Token& t) { return t.mark != Mark::none || t.option >= 0; };
  const auto first = std::find_if(tokens.begin(), tokens.end(), telling);
  const auto last = std::find_if(tokens.rbegin(), tokens.rend(), telling);
  if (first == tokens.end() || first->mark != Mark::none) return false;
  if (last->mark == Mark::empty) return true;
  int before = 0, after = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].mark == Mark::none) continue;
    const std::size_t to_last = distance(tokens, i, -1), to_next = distance(tokens, i, 1);
    before += to_next < to_last ? 1 : 0;
    after += to_last < to_next ? 1 : 0;
  }
  return after >= before;
}

struct Seen {
  std::vector<Mark> marks;  // per option: the mark beside it
  std::vector<bool> there;
};

Seen see(const std::vector<Token>& tokens, std::size_t options) {
  Seen seen{std::vector<Mark>(options, Mark::none), std::vector<bool>(options, false)};
  const bool follow = marks_follow(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].option >= 0) seen.there[static_cast<std::size_t>(tokens[i].option)] = true;
    if (tokens[i].mark == Mark::none) continue;
    int side = follow ? -1 : 1;
    // "□新办√ □变更": where a tick's own side has a box or nothing, it is the other option's.
    if (tokens[i].mark == Mark::tick && distance(tokens, i, side) == far) side = -side;
    const std::size_t beside = i + static_cast<std::size_t>(side);
    if (beside >= tokens.size() || tokens[beside].option < 0) continue;
    Mark& mark = seen.marks[static_cast<std::size_t>(tokens[beside].option)];
    mark = std::max(mark, tokens[i].mark);
  }
  return seen;
}

}  // namespace

Choice read_choice(std::string_view text, const FieldSpec& spec) {
  Choice choice;
  if (text.size() > longest_choice * 4) return {{}, false};
  const std::vector<Token> tokens = choice_tokens(text, spec);
  const Seen seen = see(tokens, spec.choices.size());
  const auto options = std::count(seen.there.begin(), seen.there.end(), true);
  const auto take = [&](auto&& chosen) {
    for (std::size_t i = 0; i < spec.choices.size(); ++i) {
      if (seen.there[i] && chosen(seen.marks[i])) choice.ticked.push_back(spec.choices[i]);
    }
    return !choice.ticked.empty();
  };
  const bool ticks = std::any_of(tokens.begin(), tokens.end(),
                                 [](const Token& t) { return t.mark == Mark::tick; });
  const bool boxes = std::any_of(tokens.begin(), tokens.end(),
                                 [](const Token& t) { return t.mark == Mark::empty; });
  const bool other = std::any_of(tokens.begin(), tokens.end(), [](const Token& t) {
    return t.mark == Mark::none && t.option < 0;
  });
  choice.blank = false;
  if (ticks) {
    take([](Mark mark) { return mark == Mark::tick; });
  } else if (options == 1) {  // the wrong ones deleted, or only this one typed
    take([](Mark) { return true; });
  } else if (boxes) {  // a box lost to its tick: the one option without
    if (take([](Mark mark) { return mark == Mark::none; }) && choice.ticked.size() > 1) {
      choice.ticked.clear();
    }
    choice.blank = choice.ticked.empty() && (options > 0 || !other);
  } else if (options != static_cast<std::ptrdiff_t>(spec.choices.size())) {
    take([](Mark) { return true; });
    choice.blank = choice.ticked.empty() && !other;
  } else {
    choice.blank = true;  // the printed list, untouched
  }
  return choice;
}

}  // namespace dengji
