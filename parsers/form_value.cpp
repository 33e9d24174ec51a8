#include "parsers/form_value.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "parsers/choice.hpp"
#include "parsers/date.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

bool is_open(char32_t c) { return c == U'(' || c == U'（' || c == U'[' || c == U'【'; }
bool is_close(char32_t c) { return c == U')' || c == U'）' || c == U']' || c == U'】'; }

// Lines of one value joined: nothing between Chinese characters, nor within a number or an address.
std::string joined(const std::string& text, FieldType type) {
  std::u32string out;
  const std::u32string letters = code_points(trim(text));
  const bool solid = type == FieldType::id || type == FieldType::citizen ||
                     type == FieldType::email || type == FieldType::url || type == FieldType::date;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    if (letters[i] != U'\n' && letters[i] != U'\r' && letters[i] != U'\t') {
      out += letters[i];
      continue;
    }
    const bool latin = !out.empty() && out.back() < 0x2E80 && out.back() != U' ' &&
                       i + 1 < letters.size() && letters[i + 1] < 0x2E80;
    if (latin && !solid && letters[i + 1] != U' ') out += U' ';
  }
  return trim(from_code_points(out));
}

// What a form prints for whoever fills it in, its brackets off and its width folded: 请填写全称,
// 如:2018-08-20, 18位, 200字以内.
bool is_hint(std::u32string_view text) {
  constexpr std::array<std::u32string_view, 18> starts{
      U"请", U"填", U"如:", U"如：", U"如2",   U"例",     U"必填", U"选填", U"格式",
      U"限", U"须", U"应",  U"注:",  U"单位:", U"可多选", U"盖",   U"签",   U"公章"};
  constexpr std::array<std::u32string_view, 5> ends{U"以内", U"全称", U"一致", U"填写", U"为准"};
  const bool count = !text.empty() && text.front() >= U'0' && text.front() <= U'9' &&
                     text.find_first_of(U"位字") != text.npos;
  const auto begins = [&](std::u32string_view word) { return text.starts_with(word); };
  const auto finishes = [&](std::u32string_view word) { return text.ends_with(word); };
  return count || std::any_of(starts.begin(), starts.end(), begins) ||
         std::any_of(ends.begin(), ends.end(), finishes);
}

std::u32string folded(std::u32string_view text) {
  return code_points(squeeze(fold_width(from_code_points(text))));
}

// The bracket at either end of a text that holds a hint, if there is one, as [begin, end).
std::pair<std::size_t, std::size_t> hint_in(std::u32string_view text) {
  if (text.empty()) return {0, 0};
  std::size_t begin = 0, end = text.size();
  if (is_open(text.front())) {
    const auto close = std::find_if(text.begin(), text.end(), is_close);
    end = static_cast<std::size_t>(close - text.begin()) + (close == text.end() ? 0 : 1);
    if (close != text.end() && is_hint(folded(text.substr(1, end - 2)))) return {0, end};
  }
  if (is_close(text.back())) {
    const auto open = std::find_if(text.rbegin(), text.rend(), is_open);
    begin = static_cast<std::size_t>(text.rend() - open);
    if (open != text.rend() && is_hint(folded(text.substr(begin, text.size() - begin - 1)))) {
      return {begin - 1, text.size()};
    }
  }
  return {0, 0};
}

// Without blanks at both ends, and without the colon of a label whose hint stood before it.
std::u32string trimmed(std::u32string_view text) {
  std::u32string out = code_points(trim(from_code_points(text)));
  if (!out.empty() && (out.front() == U':' || out.front() == U'：')) out.erase(0, 1);
  return code_points(trim(from_code_points(out)));
}

// "__双清夜话____": the line that the form prints to write on.
std::u32string without_rule(std::u32string_view text) {
  const auto first = text.find_first_not_of(U"_＿"), last = text.find_last_not_of(U"_＿");
  if (first == text.npos) return {};
  const std::size_t before = first, behind = text.size() - 1 - last;
  const bool both = before > 0 && behind > 0;
  const std::size_t from = both || before > 1 ? before : 0;
  const std::size_t to = both || behind > 1 ? last + 1 : text.size();
  return std::u32string(text.substr(from, to - from));
}

// Without what the form printed in the cell before anybody filled it in.
std::string filled_in(std::string_view typed) {
  std::u32string text = trimmed(code_points(typed));
  bool again = true;
  for (std::size_t i = 0; again && i < limits::value_hints; ++i) {
    std::u32string next = trimmed(without_rule(text));
    const auto [begin, end] = hint_in(next);
    next = trimmed(next.erase(begin, end - begin));
    again = next.size() < text.size();
    text = std::move(next);
  }
  return from_code_points(text);
}

// "年　月　日", "20  年", "如：2018-08-20", "请填写全称": printed and left as it was.
bool placeholder(const std::string& value) {
  const std::u32string letters = folded(code_points(value));
  constexpr std::u32string_view blanks = U"_年月日时分:.·…-—";
  const bool rule = std::all_of(letters.begin(), letters.end(),
                                [&](char32_t c) { return blanks.find(c) != blanks.npos; });
  if (rule) return letters.empty() || letters.find(U'年') != letters.npos;
  constexpr std::array<std::u32string_view, 5> printed{U"20年月日", U"201年月日", U"20年月",
                                                       U"202年月日", U"二〇年月日"};
  if (std::find(printed.begin(), printed.end(), letters) != printed.end()) return true;
  constexpr std::array<std::u32string_view, 4> examples{U"如:", U"例:", U"例如:", U"格式:"};
  return std::any_of(examples.begin(), examples.end(),
                     [&](auto example) { return letters.starts_with(example); });
}

std::optional<Field> fill_choice(const FieldSpec& spec, Field field) {
  const Choice choice = read_choice(field.typed, spec);
  if (choice.blank) return std::nullopt;
  field.understood = !choice.ticked.empty();
  if (!field.understood) return field;
  field.value.clear();
  for (const std::string& option : choice.ticked) {
    if (!field.value.empty()) field.value += "、";
    field.value += option;
  }
  return field;
}

}  // namespace

std::optional<Field> read_value(const FieldSpec& spec, std::string_view typed, const Place& place) {
  Field field;
  field.typed = trim(typed);
  field.place = place;
  field.value = joined(filled_in(field.typed), spec.type);
  if (spec.type == FieldType::seal || spec.type == FieldType::office) return std::nullopt;
  if (field.value.empty() || placeholder(field.value)) return std::nullopt;
  if (spec.type == FieldType::choice) return fill_choice(spec, std::move(field));
  if (spec.type == FieldType::date) {
    const auto date = read_date(field.value);
    field.understood = date.has_value();
    if (date) field.value = *date;
  }
  return field;
}

}  // namespace dengji
