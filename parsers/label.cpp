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

// "1." "（一）" "二、" "①" "*" before a label.
std::u32string_view without_numbering(std::u32string_view text) {
  constexpr std::u32string_view numerals = U"0123456789一二三四五六七八九十";
  constexpr std::u32string_view bullets = U"*★※●■◆·•-—";
  constexpr std::u32string_view ends = U".、,:)．";
  while (!text.empty() && bullets.find(text.front()) != bullets.npos) text.remove_prefix(1);
  std::size_t i = !text.empty() && is_open(text.front()) ? 1 : 0;
  const std::size_t from = i;
  while (i < text.size() && numerals.find(text[i]) != numerals.npos) ++i;
  if (i == from || i >= text.size() || ends.find(text[i]) == ends.npos) return text;
  text.remove_prefix(i + 1);
  if (!text.empty() && text.front() == U'、') text.remove_prefix(1);
  return text;
}

// "①": folding its width would leave a bare digit.
std::u32string_view without_circled(std::u32string_view text) {
  while (!text.empty() &&
         ((text.front() >= U'①' && text.front() <= U'⑳') || text.front() == U' ')) {
    text.remove_prefix(1);
  }
  return text;
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

std::string key_of(std::u32string_view text) {
  std::u32string key = code_points(fold_name(from_code_points(text)));
  std::replace(key.begin(), key.end(), U'帐', U'账');  // both are in use for an account
  return from_code_points(key);
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
  const std::u32string letters =
      code_points(squeeze(fold_width(from_code_points(without_circled(raw)))));
  if (letters.empty() || letters.size() > longest_label) return {};
  const std::u32string_view bare = without_numbering(letters);
  std::vector<std::string> keys{key_of(bare)};
  const std::string brief = key_of(without_brackets(bare));
  if (!brief.empty() && brief != keys.front()) keys.push_back(brief);
  if (keys.front().empty()) keys.erase(keys.begin());
  return keys;
}

LabelBook::LabelBook(const FormSpec& spec) : spec_(spec) {
  for (const GroupSpec& group : spec.groups) {
    for (const std::string& title : group.titles) {
      for (const std::string& key : label_keys(title)) titles_.emplace(key, &group);
    }
  }
  for (const FieldSpec& field : spec.fields) {
    add(field, field.label, Fit::label);
    for (const std::string& synonym : field.synonyms) add(field, synonym, Fit::synonym);
    for (const std::string& word : field.within) {
      for (const std::string& key : label_keys(word)) within_.emplace(key, &field);
    }
  }
  for (const FieldSpec& field : spec.extra) {
    for (const std::string& key : label_keys(field.label)) extra_.insert(key);
    for (const std::string& synonym : field.synonyms) {
      for (const std::string& key : label_keys(synonym)) extra_.insert(key);
    }
  }
}

void LabelBook::add(const FieldSpec& field, std::string_view text, Fit fit) {
  for (const std::string& key : label_keys(text)) plain_.emplace(key, Candidate{&field, fit});
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

Meaning LabelBook::read_key(const std::string& key, const Surroundings& around) const {
  Meaning meaning;
  add_within(key, around.group, Fit::composed, meaning);
  add_plain(key, around, meaning);
  add_composed(key, meaning);
  if (around.group == nullptr) add_within(key, around.last, Fit::sticky, meaning);
  const auto title = titles_.find(key);
  if (title != titles_.end()) meaning.group = title->second;
  std::sort(meaning.candidates.begin(), meaning.candidates.end(), surer);
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
