#include "parsers/form_inline.hpp"

#include <algorithm>
#include <optional>

#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

bool is_blank(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\u3000' || c == U'\u00A0' || c == U'\r';
}
bool is_colon(char32_t c) { return c == U':' || c == U'：' || c == U'﹕' || c == U'∶'; }
bool starts_label(char32_t before) {
  return is_blank(before) || before == U'；' || before == U';' || before == U'，' ||
         before == U',' || before == U'。' || before == U'|' || before == U'、';
}

// The end of the bracket that opens at `at`, 0 where none does: "开通时间（如：2018-08-20）：".
std::size_t closing(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view opens = U"(（[【", closes = U")）]】";
  const std::size_t kind = opens.find(text[at]);
  if (kind == opens.npos) return 0;
  const std::size_t end = text.substr(at, limits::inline_label_length).find(closes[kind]);
  return end == text.npos ? 0 : at + end + 1;
}

// The first colon at `from` or later that no bracket encloses, the text's size where none is.
std::size_t colon_in(std::u32string_view text, std::size_t from) {
  for (std::size_t i = from; i < text.size(); ++i) {
    if (is_colon(text[i])) return i;
    if (const std::size_t end = closing(text, i)) i = end - 1;
  }
  return text.size();
}

// "备案号：/　　手机：", "4 3 0 5　手机：": a stroke or digits before a blank end a value, though
// before a label they would be its bullet or number.
bool is_short_value(std::u32string_view line, std::size_t at) {
  const std::size_t end = line.find_first_not_of(U"0123456789/\\-—–", at);
  return end != line.npos && end > at && is_blank(line[end]);
}

struct Found {
  Meaning meaning;
  std::size_t begin = 0, end = 0;  // of the label in the line
};

// The longest known label that ends at `end`, beginning behind a blank or a stop at `from` or
// later.
std::optional<Found> label_before(std::u32string_view line, std::size_t from, std::size_t end,
                                  const LabelBook& book, const Surroundings& around) {
  const std::size_t nearest = end - std::min(end, limits::inline_label_length);
  for (std::size_t i = std::max(from, nearest); i < end; ++i) {
    if (is_blank(line[i]) || (i > from && !starts_label(line[i - 1]))) continue;
    if (from > 0 && is_short_value(line, i)) continue;
    Meaning meaning = book.read(from_code_points(line.substr(i, end - i)), around);
    if (meaning.known) return Found{std::move(meaning), i, end};
  }
  return std::nullopt;
}

constexpr std::size_t narrow_gap = 2, wide_gap = 4;

// "甲　　　　编号：": an unknown label, told by the gap before it.
std::optional<Found> unknown_before(std::u32string_view line, std::size_t from, std::size_t end) {
  std::size_t begin = end;
  while (begin > from && end - begin < 12 && line[begin - 1] > U'\u007F' &&
         !is_blank(line[begin - 1])) {
    --begin;
  }
  std::size_t value = begin;
  while (value > from && is_blank(line[value - 1])) --value;
  const std::size_t gap = begin - value;
  // Behind a label's colon a narrow gap may be the value's indent.
  const bool wide = gap >= (value > from ? narrow_gap : wide_gap);
  return begin < end && wide ? std::optional(Found{{}, begin, end}) : std::nullopt;
}

std::vector<std::u32string_view> lines_of(std::u32string_view text) {
  std::vector<std::u32string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(U'\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// What parts a label at a line's start from its value, where no colon does.
struct Break {
  std::size_t label_end = 0, value_begin = 0;
  bool wide = false;  // nothing that stands within a name: no single blank
};

Break break_in(std::u32string_view line) {
  const std::size_t most = std::min(line.size(), limits::inline_label_length);
  for (std::size_t i = 1; i < most; ++i) {
    const bool twice = i + 1 < line.size() &&
                       (line[i] == line[i + 1] || (is_blank(line[i]) && is_blank(line[i + 1])));
    if (line[i] == U'】' && line[0] == U'【') return {i + 1, i + 1, true};
    if (line[i] == U'=' || line[i] == U'＝' || line[i] == U'\t') return {i, i + 1, true};
    if (line[i] == U'—' && twice) return {i, i + 2, true};
    if (is_blank(line[i])) return {i, i + 1, twice || line[i] == U'\u3000'};
  }
  return {line.size(), line.size()};
}

// "网站名称　资江夜话" "【网站名称】资江夜话" on a line, without a colon. With a single blank
// behind it only a label the form prints, or a long synonym.
std::optional<Found> label_without_colon(std::u32string_view line, const LabelBook& book,
                                         const Surroundings& around) {
  const Break at = break_in(line);
  Meaning meaning = book.read(from_code_points(line.substr(0, at.label_end)), around);
  if (meaning.candidates.empty()) return std::nullopt;
  const bool sure = at.wide || meaning.candidates.front().fit == Fit::label || at.label_end >= 3;
  return sure ? std::optional(Found{std::move(meaning), 0, at.value_begin}) : std::nullopt;
}

class Reader {
 public:
  Reader(const LabelBook& book, const Surroundings& around) : book_(book), around_(around) {}

  void line(std::u32string_view text, bool first) {
    if (!pairs_.empty() && takes_rest(pairs_.back().meaning)) return append(text);
    if (first && !text.empty() && closing(text, 0) == text.size()) {  // "（填报单位：某某中学）"
      text = text.substr(1, text.size() - 2);
    }
    std::size_t done = first ? leading(text) : 0;
    for (std::size_t i = colon_in(text, done); i < text.size() && colons_ < limits::inline_colons;
         i = colon_in(text, i + 1)) {
      ++colons_;
      auto found = label_before(text, done, i, book_, around_);
      if (!found) found = unlisted_before(text, done, i);
      if (!found || says_again(*found, text, done)) continue;
      if (found->begin > done) append(text.substr(done, found->begin - done));
      open(std::move(found->meaning));
      done = i + 1;
      if (takes_rest(pairs_.back().meaning)) break;
    }
    if (done == 0 && first) {
      if (auto found = label_without_colon(text, book_, around_)) {
        open(std::move(found->meaning));
        done = found->end;
      }
    }
    append(text.substr(done));
  }

  std::vector<InlinePair> take() {
    for (InlinePair& pair : pairs_) pair.value = trim(pair.value);
    return std::move(pairs_);
  }

 private:
  // Opens the label that a wide break ends at the line's start, unless the next label follows it at
  // once: "负责人　　姓名：王某". Where its value begins, 0 where there is no such label.
  std::size_t leading(std::u32string_view text) {
    const Break at = break_in(text);
    if (!at.wide) return 0;
    auto found = label_without_colon(text, book_, around_);
    if (!found) return 0;
    std::size_t value = at.value_begin;
    while (value < text.size() && is_blank(text[value])) ++value;
    const std::size_t colon = colon_in(text, value);
    if (colon < text.size()) {
      const auto next = label_before(text, value, colon, book_, around_);
      if (next && next->begin == value) return 0;
    }
    open(std::move(found->meaning));
    return at.value_begin;
  }
  // A label that is not listed: at the line's start, or behind a gap.
  std::optional<Found> unlisted_before(std::u32string_view text, std::size_t from,
                                       std::size_t end) const {
    auto found = may_end() ? unknown_before(text, from, end) : std::nullopt;
    const std::size_t begin = found ? found->begin : from;
    if (!found && from > 0) return std::nullopt;
    Meaning meaning = book_.guess(from_code_points(text.substr(begin, end - begin)), around_);
    if (meaning.known) return Found{std::move(meaning), begin, end};
    return found;
  }
  // Whether an unknown label may end the last pair's value: a choice's options have colons too.
  bool may_end() const {
    if (pairs_.empty()) return false;
    const auto& candidates = pairs_.back().meaning.candidates;
    return candidates.empty() || candidates.front().field->type != FieldType::choice;
  }
  // "账号ID：微信号：双清01": a label of the same field right behind its own is the value's.
  bool says_again(const Found& found, std::u32string_view text, std::size_t done) const {
    return done > 0 && trim(from_code_points(text.substr(done, found.begin - done))).empty() &&
           share_field(pairs_.back().meaning, found.meaning);
  }
  void open(Meaning meaning) {
    if (meaning.known) around_.last = group_of(meaning, book_);
    pairs_.push_back({std::move(meaning), ""});
  }
  // Text before the first label belongs to none.
  void append(std::u32string_view text) {
    if (pairs_.empty()) return;
    std::string& value = pairs_.back().value;
    if (!value.empty()) value += '\n';
    value += trim(from_code_points(text));
  }

  const LabelBook& book_;
  Surroundings around_;
  std::vector<InlinePair> pairs_;
  std::size_t colons_ = 0;
};

}  // namespace

bool share_field(const Meaning& a, const Meaning& b) {
  return std::any_of(a.candidates.begin(), a.candidates.end(), [&](const Candidate& one) {
    return std::any_of(b.candidates.begin(), b.candidates.end(),
                       [&](const Candidate& other) { return one.field == other.field; });
  });
}

bool takes_rest(const Meaning& meaning) {
  if (meaning.candidates.empty()) return meaning.rest;
  const FieldType type = meaning.candidates.front().field->type;
  return type == FieldType::longtext || type == FieldType::seal || type == FieldType::office;
}

std::string leading_text(std::string_view text) {
  const std::u32string letters = code_points(text.substr(0, limits::inline_label_length * 4));
  const std::size_t colon = colon_in(letters, 0);
  return colon == letters.size() ? "" : from_code_points(letters.substr(0, colon));
}

const GroupSpec* group_of(const Meaning& meaning, const LabelBook& book) {
  if (!meaning.candidates.empty() && !meaning.candidates.front().field->group.empty()) {
    return book.group(meaning.candidates.front().field->group);
  }
  return meaning.group;
}

std::vector<InlinePair> inline_pairs(std::string_view text, const LabelBook& book,
                                     Surroundings around) {
  const std::u32string letters = code_points(text);
  Reader reader(book, around);
  bool first = true;
  for (const std::u32string_view line : lines_of(letters)) {
    reader.line(line, first);
    first = false;
  }
  return reader.take();
}

}  // namespace dengji
