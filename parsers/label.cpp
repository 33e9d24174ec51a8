#include "parsers/label.hpp"

#include <algorithm>
#include <functional>

#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t longest_label = 48;  // characters; longer text is a value or a sentence

bool is_open(char32_t c) { return c == U'(' || c == U'[' || c == U'【' || c == U'〔' || c == U'{'; }
bool is_close(char32_t c) {
  return c == U')' || c == U']' || c == U'】' || c == U'〕' || c == U'}';
}

bool is_blank(char32_t c) { return c == U' ' || c == U'\u3000' || c == U'\u00A0' || c == U'\n'; }

// "①" "★" "*" before a label, as written: folding the width of "①" would leave a bare digit.
std::u32string_view without_bullets(std::u32string_view text) {
  constexpr std::u32string_view bullets = U"*＊★☆※●■◆◇▲△►·•-—\u200B\uFEFF";
  const auto is_circled = [](char32_t c) {
    return (c >= U'①' && c <= U'⑳') || (c >= U'❶' && c <= U'❿') || (c >= U'㉑' && c <= U'㉟');
  };
  while (!text.empty() && (is_blank(text.front()) || is_circled(text.front()) ||
                           bullets.find(text.front()) != bullets.npos)) {
    text.remove_prefix(1);
  }
  return text;
}

// "1." "1.2" "（一）" "二、" "3 " before a label, its width folded; a longer number is a value.
std::u32string_view without_number(std::u32string_view text) {
  constexpr std::u32string_view numerals = U"0123456789一二三四五六七八九十";
  constexpr std::u32string_view ends = U".、,:) ";
  constexpr std::size_t longest = 2;
  const auto digits_end = [&](std::size_t at) {
    return std::min(text.find_first_not_of(numerals, at), text.size());
  };
  const std::size_t from = !text.empty() && is_open(text.front()) ? 1 : 0;
  std::size_t begin = from, end = digits_end(from);
  const bool dotted = end > begin && end - begin <= longest && end < text.size() &&
                      text[end] == U'.' && digits_end(end + 1) > end + 1;
  if (dotted) {
    begin = end + 1;
    end = digits_end(begin);
  }
  if (end == begin || end - begin > longest || end == text.size()) return text;
  if (ends.find(text[end]) == ends.npos) return text;
  text.remove_prefix(end + 1);
  if (!text.empty() && text.front() == U'、') text.remove_prefix(1);
  return text;
}

// A bracket that a text begins with encloses the label: 【网站名称】（必填）.
std::u32string unwrapped(std::u32string_view text) {
  std::u32string out(text);
  if (out.empty() || !is_open(out.front())) return out;
  const auto close = std::find_if(out.begin(), out.end(), is_close);
  if (close != out.end()) out.erase(close);
  out.erase(out.begin());
  return out;
}

std::u32string without_brackets(std::u32string_view text) {
  std::u32string out;
  int depth = 0;
  for (const char32_t c : text) {
    if (is_open(c)) {
      ++depth;
    } else if (is_close(c)) {
      depth = std::max(0, depth - 1);
    } else if (depth == 0) {
      out += c;
    }
  }
  return out;
}

// "网站备案号：/" is a label and its value; a hint or a star behind the colon is none.
bool holds_value(std::u32string_view text) {
  const std::u32string bare = without_brackets(text);
  const std::size_t colon = bare.find(U':');
  return colon != bare.npos && bare.find_first_not_of(U":*★☆_.", colon) != bare.npos;
}

std::string key_of(std::u32string_view text) {
  std::u32string key = code_points(fold_name(from_code_points(text)));
  std::replace(key.begin(), key.end(), U'帐', U'账');  // both are in use for an account
  return from_code_points(key);
}

// "网站网址（域名）（必填）*": without the hint behind, but with the bracket that is the label's
// own.
std::u32string_view without_last_bracket(std::u32string_view text) {
  const std::size_t last = text.find_last_not_of(U":*;.,、★☆");
  if (last == text.npos || !is_close(text[last])) return text;
  const auto open = std::find_if(text.rbegin(), text.rend(), is_open);
  if (open == text.rend()) return text;
  return text.substr(0, static_cast<std::size_t>(text.rend() - open) - 1);
}

// A field stands once among the candidates, with its best fit.
void offer(Meaning& meaning, const Candidate& candidate) {
  const auto same = std::find_if(meaning.candidates.begin(), meaning.candidates.end(),
                                 [&](const Candidate& c) { return c.field == candidate.field; });
  if (same == meaning.candidates.end()) {
    meaning.candidates.push_back(candidate);
  } else {
    same->fit = std::max(same->fit, candidate.fit);
  }
}

// The surest first; of equals, the one that stands first in the form.
bool surer(const Candidate& a, const Candidate& b) {
  return a.fit != b.fit ? a.fit > b.fit : std::less<>{}(a.field, b.field);
}

}  // namespace

std::vector<std::string> label_keys(std::string_view text) {
  if (text.size() > longest_label * 8) return {};
  const std::u32string raw = code_points(text);
  const std::u32string folded = code_points(fold_width(from_code_points(without_bullets(raw))));
  const std::u32string_view bare = without_bullets(without_number(folded));
  const std::u32string whole = code_points(squeeze(from_code_points(bare)));
  const std::u32string letters = unwrapped(whole);
  if (letters.empty() || letters.size() > longest_label || holds_value(whole)) return {};
  std::vector<std::string> keys;
  const auto add = [&](std::u32string_view written) {
    std::string key = key_of(written);
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(std::move(key));
    }
  };
  add(letters);
  add(without_last_bracket(letters));
  add(without_brackets(letters));
  if (whole.front() == U'(') add(without_brackets(whole));  // （必填）网站名称
  return keys;
}

LabelBook::LabelBook(const FormSpec& spec) : spec_(spec) {
  for (const GroupSpec& group : spec.groups) {
    for (const std::string& title : group.titles) {
      for (const std::string& key : label_keys(title)) add_title(key, group);
    }
  }
  for (const FieldSpec& field : spec.fields) {
    add(field, field.label, Fit::label);
    for (const std::string& synonym : field.synonyms) add(field, synonym, Fit::synonym);
    for (const std::string& word : field.within) {
      for (const std::string& key : label_keys(word)) {
        within_.emplace(key, &field);
        guess_.add(field, key, true);
      }
    }
  }
  for (const FieldSpec& field : spec.extra) {
    add_extra(field, field.label);
    for (const std::string& synonym : field.synonyms) add_extra(field, synonym);
  }
}

// A group's title stands with or without a word for what follows: 主办单位, 主办单位基本信息.
void LabelBook::add_title(const std::string& key, const GroupSpec& group) {
  titles_.emplace(key, &group);
  guess_.add_title(group, key);
  for (const std::string_view tail :
       {"信息", "情况", "资料", "基本信息", "基本情况", "基本资料", "登记信息", "相关信息"}) {
    titles_.emplace(key + std::string(tail), &group);
  }
}

void LabelBook::add(const FieldSpec& field, std::string_view text, Fit fit) {
  for (const std::string& key : label_keys(text)) {
    plain_.emplace(key, Candidate{&field, fit});
    guess_.add(field, key, false);
  }
}

void LabelBook::add_extra(const FieldSpec& field, std::string_view text) {
  for (const std::string& key : label_keys(text)) {
    extra_.insert(key);
    if (field.type == FieldType::longtext) notes_.insert(key);
    guess_.add_extra(key);
  }
}

const GroupSpec* LabelBook::group(const std::string& key) const {
  const auto found = std::find_if(spec_.groups.begin(), spec_.groups.end(),
                                  [&](const GroupSpec& group) { return group.key == key; });
  return found == spec_.groups.end() ? nullptr : &*found;
}

Meaning LabelBook::read(std::string_view text, const Surroundings& around) const {
  return read(label_keys(text), around);
}

Meaning LabelBook::read(const std::vector<std::string>& keys, const Surroundings& around) const {
  Meaning best;
  for (const std::string& key : keys) {
    Meaning meaning = read_key(key, around);
    if (!meaning.candidates.empty()) return meaning;
    if (meaning.known && !best.known) best = std::move(meaning);
  }
  return best;
}

bool LabelBook::asks(const GroupSpec& group, const std::vector<std::string>& keys) const {
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) {
    const auto [begin, end] = within_.equal_range(key);
    return std::any_of(begin, end,
                       [&](const auto& entry) { return entry.second->group == group.key; });
  });
}

Meaning LabelBook::guess(std::string_view text, const Surroundings& around) const {
  for (const std::string& key : label_keys(text)) {
    const FieldSpec* field = guess_.read(key, around);
    if (field != nullptr) return {{{field, Fit::guess}}, nullptr, true};
  }
  return {};
}

Meaning LabelBook::read_key(const std::string& key, const Surroundings& around) const {
  Meaning meaning;
  add_within(key, around.group, Fit::composed, meaning);
  add_plain(key, around, meaning);
  add_composed(key, meaning);
  if (around.group == nullptr) add_within(key, around.last, Fit::sticky, meaning);
  const auto title = titles_.find(key);
  if (title != titles_.end()) meaning.group = title->second;
  std::sort(meaning.candidates.begin(), meaning.candidates.end(), surer);
  meaning.rest = meaning.candidates.empty() && notes_.count(key) != 0;
  meaning.known = !meaning.candidates.empty() || meaning.group != nullptr ||
                  extra_.count(key) != 0 || plain_.count(key) != 0 || within_.count(key) != 0;
  return meaning;
}

// Within a group row a label of another party's field is not meant: 手机号码 beside 法定代表人.
void LabelBook::add_plain(const std::string& key, const Surroundings& around,
                          Meaning& meaning) const {
  const auto [begin, end] = plain_.equal_range(key);
  for (auto it = begin; it != end; ++it) {
    const FieldSpec* field = it->second.field;
    if (around.group != nullptr && !field->group.empty() && field->group != around.group->key &&
        within_.count(key) != 0) {
      continue;
    }
    offer(meaning, it->second);
  }
}

void LabelBook::add_within(const std::string& key, const GroupSpec* group, Fit fit,
                           Meaning& meaning) const {
  if (group == nullptr) return;
  const auto [begin, end] = within_.equal_range(key);
  for (auto it = begin; it != end; ++it) {
    if (it->second->group == group->key) offer(meaning, {it->second, fit});
  }
}

// "负责人手机号": a group's title and a short label in one text.
void LabelBook::add_composed(const std::string& key, Meaning& meaning) const {
  for (const auto& [title, group] : titles_) {
    if (key.size() > title.size() && key.starts_with(title)) {
      add_within(key.substr(title.size()), group, Fit::composed, meaning);
    }
  }
}

}  // namespace dengji
