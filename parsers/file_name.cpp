#include "parsers/file_name.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "parsers/attachment.hpp"
#include "parsers/date.hpp"
#include "parsers/file_words.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

using file_words::cameras;
using file_words::common;
using file_words::copies;
using file_words::Word;
using file_words::words;

constexpr std::size_t longest_name = 200;  // characters; what is behind says nothing more

bool is_separator(char32_t c) {
  constexpr std::u32string_view marks = U" \t\n-_—–~～.,、:;+&|=·!@#";
  return marks.find(c) != marks.npos;
}
bool is_open(char32_t c) { return c == U'(' || c == U'[' || c == U'【' || c == U'{' || c == U'〔'; }
bool is_close(char32_t c) {
  return c == U')' || c == U']' || c == U'】' || c == U'}' || c == U'〕';
}
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

// A name in two equally long spellings: as written, and folded for comparison (width, case,
// traditional characters), character by character.
struct Spelling {
  std::u32string written, folded;

  explicit Spelling(std::string_view name) : written(code_points(name)) {
    if (written.size() > longest_name) written.resize(longest_name);
    for (const char32_t c : written) {
      const std::u32string_view one(&c, 1);
      std::u32string key = code_points(fold_width(from_code_points(one)));
      if (key.size() == 1 && key[0] > U'\u007F') {
        key = code_points(fold_name(from_code_points(key)));
      } else if (key.size() == 1 && key[0] >= U'A' && key[0] <= U'Z') {
        key[0] += U'a' - U'A';
      }
      folded += key.size() == 1 ? key[0] : c;
    }
  }
  bool empty() const { return folded.empty(); }
  std::size_t size() const { return folded.size(); }
  void erase(std::size_t at, std::size_t count) {
    written.erase(at, count);
    folded.erase(at, count);
  }
  void keep(std::size_t at, std::size_t count) {
    written = written.substr(at, count);
    folded = folded.substr(at, count);
  }
};

bool strip_separators(Spelling& name) {
  const std::size_t before = name.size();
  while (!name.empty() && is_separator(name.folded.back())) name.erase(name.size() - 1, 1);
  while (!name.empty() && is_separator(name.folded.front())) name.erase(0, 1);
  return name.size() != before;
}

// "附件1：", "附件一", "01-", "1、" in front.
bool strip_number(Spelling& name) {
  constexpr std::u32string_view numerals = U"0123456789一二三四五六七八九十";
  // "①双清夜话", "01双清夜话"
  if (!name.empty() && name.written[0] >= U'①' && name.written[0] <= U'⑳') {
    name.erase(0, 1);
    return true;
  }
  if (name.size() > 2 && name.folded[0] == U'0' && is_digit(name.folded[1]) &&
      !is_digit(name.folded[2])) {
    name.erase(0, 2);
    return true;
  }
  const bool annex = name.folded.starts_with(U"附件");
  const bool short_annex = !annex && name.folded.starts_with(U"附");
  const std::size_t from = annex ? 2 : short_annex ? 1 : 0;
  std::size_t end = from;
  while (end < name.size() && end < from + 3 && numerals.find(name.folded[end]) != numerals.npos) {
    ++end;
  }
  const bool ended =
      end < name.size() && (is_separator(name.folded[end]) || is_close(name.folded[end]));
  if (!annex && !(ended && end > from && end <= from + 2)) return false;
  if (end == name.size() && end == from && !annex) return false;
  name.erase(0, end + (ended ? 1 : 0));
  return true;
}

// A date at either end: 双清夜话20180820, 2018.8.20双清夜话.
bool strip_date(Spelling& name) {
  constexpr std::u32string_view parts = U"0123456789.-_/年月日号 ";
  const auto is_date = [&](std::size_t at, std::size_t count) {
    const std::u32string_view run = std::u32string_view(name.folded).substr(at, count);
    const std::size_t first = run.find_first_of(U"0123456789"),
                      last = run.find_last_not_of(U".-_/ ");
    return first != run.npos && count < name.size() &&
           read_date(from_code_points(run.substr(first, last + 1 - first))).has_value();
  };
  const std::size_t last = name.folded.find_last_not_of(parts);
  const std::size_t behind = last == std::u32string::npos ? 0 : name.size() - 1 - last;
  if (behind > 0 && is_date(name.size() - behind, behind)) {
    name.erase(name.size() - behind, behind);
    return true;
  }
  const std::size_t before = std::min(name.folded.find_first_not_of(parts), name.size());
  if (before == 0 || !is_date(0, before)) return false;
  name.erase(0, before);
  return true;
}

// "v2", "V1.0", "第1页", "_p2", "-1", "copy 2" behind: which of several it is.
bool strip_count(Spelling& name) {
  std::u32string_view text = name.folded;
  const bool page = text.ends_with(U'页');
  if (page) text.remove_suffix(1);
  const std::size_t at = text.find_last_not_of(U"0123456789.");
  if (at == text.npos || at < 2 || at + 1 == text.size() || text.size() - at > 4) return false;
  const char32_t mark = text[at], before = text[at - 1];
  const std::u32string_view left = text.substr(0, at);
  const bool letter = (mark == U'v' || mark == U'p') && !(before >= U'a' && before <= U'z');
  const bool dash = (mark == U'-' || mark == U'_') && !is_digit(before);
  const bool copy = mark == U' ' && (left.ends_with(U"copy") || left.ends_with(U"副本"));
  if (page ? mark != U'第' : !letter && !dash && !copy) return false;
  name.erase(at, name.size() - at);
  return true;
}

void note(std::optional<Role>& role, std::optional<Role> found) {
  // 登记表盖章 is a scan and 登记表承诺书 a letter: whatever says more than "form".
  if (found && (!role || *role == Role::form || (*role == Role::scan && *found != Role::form))) {
    role = found;
  }
}

bool strip_words(Spelling& name, std::span<const Word> list, std::optional<Role>& role) {
  for (const Word& word : list) {
    const std::size_t length = word.text.size();
    if (name.folded.ends_with(word.text)) {
      name.erase(name.size() - length, length);
    } else if (name.folded.starts_with(word.text) && name.size() > length &&
               (is_separator(name.folded[length]) || is_open(name.folded[length]))) {
      name.erase(0, length);
    } else {
      continue;
    }
    note(role, word.role);
    return true;
  }
  return false;
}

std::optional<Role> role_in(std::u32string_view text) {
  std::optional<Role> role;
  for (const Word& word : words) {
    if (text.find(word.text) != text.npos) note(role, word.role);
  }
  return role;
}

bool is_common(std::u32string_view text, bool region_too) {
  std::u32string rest(text);
  for (const std::u32string_view word : common) {
    for (std::size_t at; (at = rest.find(word)) != rest.npos;) rest.erase(at, word.size());
  }
  std::erase_if(rest, [](char32_t c) { return is_separator(c) || is_open(c) || is_close(c); });
  if (rest.empty() || std::all_of(rest.begin(), rest.end(), is_digit)) return true;
  const char32_t last = rest.back();
  return region_too && rest.size() <= 8 && (last == U'市' || last == U'县' || last == U'区');
}

// "附件1", "最新", "2018.8.20", "网站" in brackets: of no platform and no registrant.
bool says_nothing(std::u32string_view text) {
  Spelling inner{from_code_points(text)};
  std::optional<Role> role;
  while (strip_separators(inner) || strip_number(inner) || strip_words(inner, words, role) ||
         strip_words(inner, copies, role)) {
  }
  const bool date = read_date(from_code_points(text)).has_value();
  return date || is_common(inner.folded, false);
}

// A bracket at either end: hints and copy numbers go, other content is kept as `bracket`.
bool strip_bracket(Spelling& name, NameClues& clues) {
  if (name.size() < 2) return false;
  std::size_t at = 0, count = 0;
  int depth = 0;
  if (is_close(name.folded.back())) {
    at = name.size();
    do {
      --at;
      depth += is_close(name.folded[at]) ? 1 : is_open(name.folded[at]) ? -1 : 0;
    } while (at > 0 && depth > 0);
    count = name.size() - at;
  } else if (is_open(name.folded.front())) {
    do {
      depth += is_open(name.folded[count]) ? 1 : is_close(name.folded[count]) ? -1 : 0;
      ++count;
    } while (count < name.size() && depth > 0);
  }
  if (count < 2 || depth != 0) return false;
  if (count == name.size()) {
    name.keep(1, name.size() - 2);
    return true;
  }
  const std::u32string inner = name.folded.substr(at + 1, count - 2);
  const auto role = role_in(inner);
  note(clues.role, role);
  if (!role && !says_nothing(inner)) {
    clues.bracket = from_code_points(name.written.substr(at + 1, count - 2));
  }
  name.erase(at, count);
  return true;
}

bool is_camera(const Spelling& name) {
  std::u32string_view rest = name.folded;
  for (const std::u32string_view start : cameras) {
    if (!rest.starts_with(start)) continue;
    rest.remove_prefix(start.size());
    break;
  }
  // What is left is a date, a counter, a digest: digits, and letters only as of hexadecimal or
  // VID20.
  const auto digits = std::count_if(rest.begin(), rest.end(), is_digit);
  const bool plain = std::all_of(rest.begin(), rest.end(), [](char32_t c) {
    return is_digit(c) || is_separator(c) || is_open(c) || is_close(c) || (c >= U'a' && c <= U'z');
  });
  if (!plain) return false;
  const auto letters =
      std::count_if(rest.begin(), rest.end(), [](char32_t c) { return c >= U'a' && c <= U'z'; });
  if (rest.size() == name.size()) return digits >= 6 && digits * 2 >= letters;
  return letters == 0 || digits >= 4;
}

void strip(Spelling& name, NameClues& clues) {
  while (strip_separators(name) || strip_number(name) || strip_words(name, words, clues.role) ||
         strip_words(name, copies, clues.role) || strip_bracket(name, clues) || strip_date(name) ||
         strip_count(name)) {
  }
}

bool parts_segments(char32_t c) { return is_separator(c) && c != U'.' && c != U'·' && c != U'!'; }

// "网站登记表-双清夜话": a part before the first or behind the last stop that says nothing.
bool strip_segment(Spelling& name, NameClues& clues) {
  const auto& text = name.folded;
  const auto first = std::find_if(text.begin(), text.end(), parts_segments);
  if (first == text.end()) return false;
  const auto last = std::find_if(text.rbegin(), text.rend(), parts_segments);
  const auto head = static_cast<std::size_t>(first - text.begin());
  const auto tail = static_cast<std::size_t>(text.rend() - last);
  for (const auto& [at, count, from, erased] :
       {std::array{std::size_t{0}, head, std::size_t{0}, head + 1},
        std::array{tail, name.size() - tail, tail - 1, name.size() - tail + 1}}) {
    Spelling segment = name;
    NameClues own;
    segment.keep(at, count);
    if (std::all_of(segment.folded.begin(), segment.folded.end(), is_digit)) continue;
    own.role = role_in(segment.folded);
    strip(segment, own);
    if (!is_common(segment.folded, true)) continue;
    note(clues.role, own.role);
    name.erase(from, erased);
    return true;
  }
  return false;
}

// "某某中学-双清夜话": the registrant's part goes, the one that is no organisation stays.
void part_registrant(Spelling& name, NameClues& clues) {
  const auto stop = std::find_if(name.folded.begin(), name.folded.end(), parts_segments);
  if (stop == name.folded.end()) return;
  const auto at = static_cast<std::size_t>(stop - name.folded.begin());
  Spelling rest = name;
  rest.erase(0, at + 1);
  strip_separators(rest);
  const std::string head = trim(from_code_points(name.written.substr(0, at)));
  const std::string tail = from_code_points(rest.written);
  if (head.empty() || tail.empty() || like_organisation(head) == like_organisation(tail)) return;
  const bool behind = like_organisation(tail);
  clues.bracket = behind ? tail : head;
  if (behind) {
    name.keep(0, at);
  } else {
    name.erase(0, at + 1);
  }
}

NameClues clues_of(Spelling name) {
  NameClues clues;
  clues.camera = is_camera(name);
  if (clues.camera) return clues;
  clues.role = role_in(name.folded);
  const std::u32string_view whole = name.folded;
  const bool form_words = clues.role.has_value() || whole.find(U"登记") != whole.npos;
  do {
    strip(name, clues);
  } while (strip_segment(name, clues));
  part_registrant(name, clues);
  strip_separators(name);
  if (is_common(name.folded, form_words)) {
    // "网站登记表（双清夜话）"
    if (!like_organisation(clues.bracket)) clues.core = std::exchange(clues.bracket, "");
    return clues;
  }
  clues.core = trim(from_code_points(name.written));
  return clues;
}

}  // namespace

// stem() knows the usual extensions; whatever else looks like one goes too.
NameClues read_file_name(std::string_view name) {
  std::string bare = stem(name);
  const std::size_t dot = bare.rfind('.');
  if (dot != std::string::npos && dot > 0 && bare.size() - dot >= 3 && bare.size() - dot <= 6 &&
      std::all_of(bare.begin() + static_cast<std::ptrdiff_t>(dot) + 1, bare.end(),
                  [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); })) {
    bare.resize(dot);
  }
  return clues_of(Spelling(bare));
}

NameClues read_subject(std::string_view subject) {
  Spelling name(subject);
  constexpr std::array<std::u32string_view, 8> prefixes{U"re:",   U"fw:",   U"fwd:", U"回复:",
                                                        U"答复:", U"转发:", U"转发", U"回复"};
  bool again = true;
  while (again) {
    strip_separators(name);
    again = std::any_of(prefixes.begin(), prefixes.end(), [&](std::u32string_view prefix) {
      const bool found = name.folded.starts_with(prefix);
      if (found) name.erase(0, prefix.size());
      return found;
    });
  }
  // "双清社区等2个平台": the first of several.
  const std::size_t more = name.folded.rfind(U'等');
  if (more != std::u32string::npos && more > 0 && more + 1 < name.size() &&
      is_digit(name.folded[more + 1])) {
    name.keep(0, more);
  }
  return clues_of(name);
}

bool like_organisation(std::string_view name) {
  static constexpr std::array<std::string_view, 34> tails{
      "宣传部", "组织部", "统战部", "网信办", "公司", "局",     "委",   "委员会", "办公室",
      "政府",   "学校",   "中学",   "小学",   "大学", "学院",   "医院", "法院",   "检察院",
      "中心",   "协会",   "研究会", "学会",   "商会", "联合会", "集团", "合作社", "工作室",
      "事务所", "基金会", "总站",   "工厂",   "厂",   "幼儿园", "支队"};
  const std::string text = trim(name);
  return std::any_of(tails.begin(), tails.end(),
                     [&](std::string_view tail) { return text.ends_with(tail); });
}

}  // namespace dengji
