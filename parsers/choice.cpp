#include "parsers/choice.hpp"

#include <algorithm>

#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t longest_choice = 2000;  // characters; more is no list of options

enum class Mark { none, empty, tick };

// Word's symbol fonts live at U+F000 + character: Wingdings and Wingdings 2. U+0308 is what NFKC
// makes of ¨, the empty box of Wingdings in a text that lost its font.
Mark mark_of(char32_t c) {
  constexpr std::u32string_view ticks =
      U"☑☒✓✔√■●◉◆★▣◼⬛✅✕✖✗✘×⊙⦿🗹🗸🗷þýüû\uF0FE\uF0FD\uF0FC\uF0FB\uF052\uF053\uF054\uF050"
      U"\uF04F"
      U"\uF06E\uF06C"
      U"\uF0A4\uF098";
  constexpr std::u32string_view boxes =
      U"□☐○◯◻⬜▢◇☆£\u0308\uF0A8\uF06F\uF071\uF0A3\uF0A1\uF072\uF035";
  if (ticks.find(c) != ticks.npos) return Mark::tick;
  if (boxes.find(c) != boxes.npos) return Mark::empty;
  return Mark::none;
}

// U+FE0E and U+FE0F ask for a text or an emoji shape of the mark before them.
bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\uFE0E' || c == U'\uFE0F';
}

struct Token {
  Mark mark = Mark::none;
  int option = -1;      // index into the choices; both unset: other text
  std::size_t gap = 0;  // blanks before it
};

struct Pattern {
  std::u32string text;
  int option;
};

std::vector<Pattern> patterns_of(const FieldSpec& spec) {
  std::vector<Pattern> patterns;
  const auto add = [&](const std::string& text, std::size_t option) {
    std::u32string letters = code_points(squeeze(fold_width(text)));
    if (!letters.empty()) patterns.push_back({std::move(letters), static_cast<int>(option)});
  };
  for (std::size_t i = 0; i < spec.choices.size(); ++i) add(spec.choices[i], i);
  for (const auto& [typed, meant] : spec.choice_aliases) {
    const auto at = std::find(spec.choices.begin(), spec.choices.end(), meant);
    if (at != spec.choices.end()) {
      add(typed, static_cast<std::size_t>(at - spec.choices.begin()));
    }
  }
  std::stable_sort(patterns.begin(), patterns.end(), [](const Pattern& a, const Pattern& b) {
    return a.text.size() > b.text.size();
  });
  return patterns;
}

// The length of `pattern` at `at`, blanks within an option allowed ("停 用"); 0 if it is not there.
std::size_t match_at(std::u32string_view text, std::size_t at, std::u32string_view pattern) {
  std::size_t i = at;
  for (const char32_t c : pattern) {
    while (i > at && i < text.size() && is_blank(text[i])) ++i;
    if (i >= text.size() || text[i] != c) return 0;
    ++i;
  }
  return i - at;
}

// "(√)" "[x]" "【 】": brackets that hold a mark, a tick typed as a letter, or nothing.
std::size_t bracket_at(std::u32string_view text, std::size_t at, Mark& mark) {
  constexpr std::u32string_view opens = U"([【〔", closes = U")]】〕", letters = U"xXvVyYRr1*+";
  if (opens.find(text[at]) == opens.npos) return 0;
  mark = Mark::empty;
  for (std::size_t i = at + 1; i < text.size() && i < at + 8; ++i) {
    if (closes.find(text[i]) != closes.npos) return i + 1 - at;
    if (mark_of(text[i]) == Mark::tick || letters.find(text[i]) != letters.npos) {
      mark = Mark::tick;
    } else if (!is_blank(text[i]) && mark_of(text[i]) == Mark::none) {
      return 0;
    }
  }
  return 0;
}

std::vector<Token> tokens_of(std::u32string_view text, const FieldSpec& spec) {
  const std::vector<Pattern> patterns = patterns_of(spec);
  std::vector<Token> tokens;
  std::size_t gap = 0;
  const bool lost_font = text.find(U'£') != text.npos;  // Wingdings 2: £ a box, R a ticked one
  bool in_other = false;                                // one run of other text is one token
  for (std::size_t i = 0; i < text.size();) {
    if (is_blank(text[i])) {
      ++i, ++gap;
      continue;
    }
    Token token{mark_of(text[i]), -1, gap};
    if (lost_font && text[i] == U'R') token.mark = Mark::tick;
    std::size_t length = token.mark != Mark::none ? 1 : bracket_at(text, i, token.mark);
    for (auto p = patterns.begin(); length == 0 && p != patterns.end(); ++p) {
      length = match_at(text, i, p->text);
      if (length != 0) token.option = p->option;
    }
    const bool other = length == 0;
    if (!other || !in_other) tokens.push_back(token);
    in_other = other;
    i += other ? 1 : length;
    gap = 0;
  }
  return tokens;
}

// A tick in or over a box ("□√") is one tick.
std::vector<Token> merged(const std::vector<Token>& tokens) {
  std::vector<Token> out;
  for (const Token& token : tokens) {
    const bool twin = token.mark == Mark::tick && token.gap == 0 && !out.empty() &&
                      out.back().mark == Mark::empty;
    if (twin) {
      out.back().mark = Mark::tick;
    } else {
      out.push_back(token);
    }
  }
  return out;
}

bool marks_follow(const std::vector<Token>& tokens) {
  if (tokens.front().mark != Mark::none) return false;
  if (tokens.back().mark != Mark::none) return true;
  int before = 0, after = 0;  // how close marks stand to the option on either side
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (tokens[i].mark == Mark::none) continue;
    before += tokens[i].gap > tokens[i + 1].gap ? 1 : 0;
    after += tokens[i].gap < tokens[i + 1].gap ? 1 : 0;
  }
  return after > before || (after == before && tokens.front().option >= 0);
}

struct Seen {
  std::vector<Mark> marks;  // per option: the mark beside it
  std::vector<bool> there;
};

Seen see(const std::vector<Token>& tokens, std::size_t options) {
  Seen seen{std::vector<Mark>(options, Mark::none), std::vector<bool>(options, false)};
  const bool follow = !tokens.empty() && marks_follow(tokens);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].option < 0) continue;
    const auto option = static_cast<std::size_t>(tokens[i].option);
    Mark mark = Mark::none;
    if (follow && i + 1 < tokens.size()) mark = tokens[i + 1].mark;
    if (!follow && i > 0) mark = tokens[i - 1].mark;
    seen.marks[option] = std::max(seen.marks[option], mark);
    seen.there[option] = true;
  }
  return seen;
}

}  // namespace

Choice read_choice(std::string_view text, const FieldSpec& spec) {
  Choice choice;
  if (text.size() > longest_choice * 4) return {{}, false};
  // Width is folded, but for the marks: NFKC knows nothing of them.
  const std::vector<Token> tokens = merged(tokens_of(code_points(fold_width(text)), spec));
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
