#include "parsers/choice_tokens.hpp"

#include <algorithm>
#include <string>

#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t longest_remark = 100;  // characters in brackets behind an option

// Word's symbol fonts live at U+F000 + character: Wingdings and Wingdings 2. U+0308 is what NFKC
// makes of ¨, the empty box of Wingdings in a text that lost its font.
Mark mark_of(char32_t c) {
  constexpr std::u32string_view ticks =
      U"☑☒✓✔√■●◉◆★▣◼⬛✅✕✖✗✘×⊙⦿🗹🗸🗷þýüû\uF0FE\uF0FD\uF0FC\uF0FB"
      U"\uF052"
      U"\uF053"
      U"\uF054"
      U"\uF050"
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
  return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == U'\u3000' || c == U'\uFE0E' ||
         c == U'\uFE0F';
}

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

// "（请在□内打√）": a mark that the form speaks of, no mark that somebody made.
bool is_spoken_of(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view quotes = U"\"'“”‘’「」 ";
  constexpr std::u32string_view verbs = U"打画划标填在的";
  std::size_t before = at;
  while (before > 0 && quotes.find(text[before - 1]) != quotes.npos) --before;
  return before > 0 && verbs.find(text[before - 1]) != verbs.npos;
}

// "1." "（2）" "③" "A、" before an option: its length.
std::size_t number_at(std::u32string_view text, std::size_t at) {
  const auto is_count = [](char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'A' && c <= U'J') || (c >= U'a' && c <= U'j');
  };
  constexpr std::u32string_view ends = U".、):";
  std::size_t end = at + (text[at] == U'(' ? 1 : 0);
  const std::size_t from = end;
  while (end < text.size() && end < from + 2 && is_count(text[end])) ++end;
  const bool ended = end < text.size() && ends.find(text[end]) != ends.npos;
  return end > from && ended ? end + 1 - at : 0;
}

// The width folded, but for the ideographic blank, which parts as much as several others. NFKC
// knows nothing of the marks.
std::u32string folded(std::string_view text) {
  std::u32string out;
  for (const char32_t c : code_points(text)) {
    if (c == U'\u3000') {
      out += c;
    } else {
      out += code_points(fold_width(from_code_points(std::u32string_view(&c, 1))));
    }
  }
  return out;
}

bool is_separator(char32_t c) {
  constexpr std::u32string_view marks = U"、;,/|。\n\u3000";
  return marks.find(c) != marks.npos;
}

class Tokens {
 public:
  Tokens(std::u32string_view text, const FieldSpec& spec)
      : text_(text), patterns_(patterns_of(spec)), lost_font_(text.find(U'£') != text.npos) {}

  std::vector<Token> read() {
    bool in_words = false;  // one run of other words is one token
    for (std::size_t i = 0; i < text_.size();) {
      if (const std::size_t length = gap_at(i)) {
        i += length;
        continue;
      }
      Token token{Mark::none, -1, gap_};
      const std::size_t length = take(i, token);
      if (length != 0 || !in_words) tokens_.push_back(token);
      in_words = length == 0;
      i += std::max<std::size_t>(length, 1);
      gap_ = 0;
    }
    return std::move(tokens_);
  }

 private:
  // What keeps options apart: blanks, and as much as several of them a stop or a line end. Numbers,
  // rules to write on and what an option says in brackets take no room.
  std::size_t gap_at(std::size_t i) {
    constexpr std::size_t wide = 4;
    if (const std::size_t number = number_at(text_, i)) return number;
    if (const std::size_t remark = remark_at(i)) return remark;
    if (text_[i] == U'_' || text_[i] == U':') return 1;
    const bool separator = is_separator(text_[i]);
    if (!is_blank(text_[i]) && !separator) return 0;
    gap_ += separator ? wide : 1;
    return 1;
  }

  // "其他（请注明：　　）": the bracket right behind an option, unless it holds a mark.
  std::size_t remark_at(std::size_t i) const {
    Mark mark = Mark::none;
    if (text_[i] != U'(' || tokens_.empty() || tokens_.back().option < 0 || gap_ > 0) return 0;
    if (bracket_at(text_, i, mark) > 0) return 0;
    const std::size_t end = text_.substr(i, longest_remark).find(U')');
    return end == text_.npos ? 0 : end + 1;
  }

  // The length of the mark or option at `i`, 0 where neither stands.
  std::size_t take(std::size_t i, Token& token) const {
    token.mark = mark_of(text_[i]);
    // Wingdings 2 that lost its font: £ a box, R a ticked one.
    if (lost_font_ && text_[i] == U'R') token.mark = Mark::tick;
    if (token.mark != Mark::none && is_spoken_of(text_, i)) token.mark = Mark::none;
    if (token.mark != Mark::none) return 1;
    if (const std::size_t length = bracket_at(text_, i, token.mark)) return length;
    token.mark = Mark::none;
    for (const Pattern& pattern : patterns_) {
      token.option = pattern.option;
      if (const std::size_t length = match_at(text_, i, pattern.text)) return length;
    }
    token.option = -1;
    return 0;
  }

  std::u32string_view text_;
  std::vector<Pattern> patterns_;
  bool lost_font_;
  std::vector<Token> tokens_;
  std::size_t gap_ = 0;
};

// A tick in, over or before a box ("□√" "√□") is one tick. A tick close behind an option, and a box
// behind it, are two: "□新办√ □变更".
std::vector<Token> merged(const std::vector<Token>& tokens) {
  std::vector<Token> out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const bool behind = !out.empty() && token.gap == 0;
    const bool marked = behind && out.back().mark != Mark::none && token.mark != Mark::none;
    if (marked && token.mark == Mark::tick && out.back().mark == Mark::empty) {
      out.back().mark = Mark::tick;
    } else if (marked && token.mark == Mark::empty && out.back().mark == Mark::tick &&
               (out.size() == 1 || out.back().gap > 0 || out[out.size() - 2].option < 0)) {
      continue;
    } else {
      out.push_back(token);
    }
  }
  return out;
}

}  // namespace

std::vector<Token> choice_tokens(std::string_view text, const FieldSpec& spec) {
  const std::u32string letters = folded(text);
  return merged(Tokens(letters, spec).read());
}

}  // namespace dengji
