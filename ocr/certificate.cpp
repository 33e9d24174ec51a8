#include "ocr/certificate.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <optional>
#include <span>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

constexpr std::array<std::string_view, 5> organisation_labels = {"机构名称", "单位名称", "企业名称",
                                                                 "单位全称", "名称"};
constexpr std::array<std::string_view, 1> person_labels = {"姓名"};
constexpr std::array<std::string_view, 9> legal_labels = {
    "法定代表人姓名", "法定代表人", "执行事务合伙人", "单位负责人", "负责人姓名",
    "负责人",         "经营者姓名", "经营者",         "投资人"};
constexpr std::array<std::string_view, 7> period_labels = {
    "证书有效期", "有效期限", "营业期限", "经营期限", "有效期自", "有效期", "法人期限"};

// So many line heights without ink end a value: what follows is a border or another column.
constexpr int widest_gap = 4;

void append(ReadPlace& place, const Glyph& glyph) {
  place.confidence =
      place.text.empty() ? glyph.confidence : std::min(place.confidence, glyph.confidence);
  place.text += glyph.text;
  place.box = united(place.box, glyph.box);
}

// What stands right of a label, punctuation included.
ReadPlace rest_of_row(const PageText& text, const PageText::Hit& hit) {
  const auto& row = text.rows()[hit.row];
  ReadPlace rest;
  if (hit.end >= row.sources.size()) return rest;
  const auto [first_line, first_glyph] = row.sources[hit.end];
  std::size_t last = first_line + text.lines().size();  // none yet
  for (auto i = hit.end; i < row.sources.size(); ++i) {
    const auto line = row.sources[i].line;
    if (line == last) continue;
    const auto& box = text.lines()[line].box;
    if (last < text.lines().size()) {
      const auto& before = text.lines()[last].box;
      if (box.x - before.x - before.w > widest_gap * before.h) break;
    }
    last = line;
    const auto& glyphs = text.lines()[line].glyphs;
    for (auto g = line == first_line ? first_glyph : 0; g < glyphs.size(); ++g)
      append(rest, glyphs[g]);
  }
  return rest;
}

ReadPlace whole_row(const PageText& text, const TextRow& row) {
  ReadPlace whole;
  for (std::size_t i = 0; i < row.sources.size(); ++i)
    if (i == 0 || row.sources[i].line != row.sources[i - 1].line)
      for (const auto& glyph : text.lines()[row.sources[i].line].glyphs) append(whole, glyph);
  return whole;
}

// A label stands at the head of its row but for what a border or an emblem was read as.
constexpr std::size_t noise_before_label = 4;

ReadPlace value_of(const PageText& text, std::span<const std::string_view> labels) {
  for (const auto label : labels) {
    // A short label, and one that is another one's beginning and more, would take from the value.
    const bool whole = fold(label).size() <= 3 || label.ends_with("姓名");
    for (const auto& hit : text.find_all(label, whole ? 1 : 0.75)) {
      if (hit.begin > noise_before_label) continue;
      auto value = rest_of_row(text, hit);
      if (!value.text.empty()) return value;
    }
  }
  return {};
}

std::vector<std::string> digit_groups(std::string_view text) {
  std::vector<std::string> groups;
  bool inside = false;
  for (const char c : text) {
    const bool digit = std::isdigit(static_cast<unsigned char>(c)) != 0;
    if (digit && !inside) groups.emplace_back();
    if (digit) groups.back() += c;
    inside = digit;
  }
  return groups;
}

using Date = std::chrono::year_month_day;

std::optional<Date> as_date(const std::string& year, const std::string& month,
                            const std::string& day) {
  if (year.size() != 4 || month.size() > 2 || day.size() > 2) return std::nullopt;
  const Date date{std::chrono::year(std::stoi(year)),
                  std::chrono::month(static_cast<unsigned>(std::stoi(month))),
                  std::chrono::day(static_cast<unsigned>(std::stoi(day)))};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::string as_text(const Date& date) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

struct Period {
  std::optional<Date> begin, end;
};

Period period_of(std::string_view text) {
  const auto groups = digit_groups(text);
  const auto n = groups.size();
  if (n == 6)
    return {as_date(groups[0], groups[1], groups[2]), as_date(groups[3], groups[4], groups[5])};
  std::string digits;
  for (const auto& group : groups) digits += group;
  const auto part = [&](std::size_t from) {
    return as_date(digits.substr(from, 4), digits.substr(from + 4, 2), digits.substr(from + 6, 2));
  };
  // Two dates of eight digits whose separators were lost; with any other count it is not clear what
  // is what.
  if (digits.size() == 16) return {part(0), part(8)};
  const bool until = text.find("至") != std::string_view::npos;
  if (n == 3 && until) return {std::nullopt, as_date(groups[0], groups[1], groups[2])};
  return {};
}

}  // namespace

std::string period_end(std::string_view text) {
  if (find_alike(U"长期", fold(text)).score == 1) return "long";
  const auto end = period_of(text).end;
  return end ? as_text(*end) : "";
}

bool is_whole_years(std::string_view text) {
  constexpr int longest = 99;
  const auto [begin, end] = period_of(text);
  if (!begin || !end) return false;
  const int years = static_cast<int>(end->year()) - static_cast<int>(begin->year());
  const auto days =
      std::chrono::sys_days(*end) - std::chrono::sys_days(*begin + std::chrono::years(years));
  return years >= 1 && years <= longest && (days.count() == 0 || days.count() == -1);
}

ReadPlace as_read(const TextLine& line) {
  ReadPlace place;
  for (const auto& glyph : line.glyphs) append(place, glyph);
  return place;
}

ReadPlace holder_name(const PageText& text, CertificateKind kind) {
  if (kind == CertificateKind::none) return {};
  return kind == CertificateKind::id_card ? value_of(text, person_labels)
                                          : value_of(text, organisation_labels);
}

ReadPlace legal_name(const PageText& text, CertificateKind kind) {
  const bool has_one = kind != CertificateKind::none && kind != CertificateKind::id_card;
  return has_one ? value_of(text, legal_labels) : ReadPlace();
}

std::vector<ReadPlace> period_places(const PageText& text) {
  std::vector<ReadPlace> places;
  for (const auto label : period_labels)
    for (const auto& hit : text.find_all(label, 1)) places.push_back(rest_of_row(text, hit));
  // Labels whose blanks were widened come apart (有 效 期); a row with two dates is a period all
  // the same.
  for (const auto& row : text.rows()) {
    auto whole = whole_row(text, row);
    if (digit_groups(whole.text).size() == 6) places.push_back(std::move(whole));
  }
  return places;
}

}  // namespace dengji
