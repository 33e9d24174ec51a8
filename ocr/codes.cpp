#include "ocr/codes.hpp"

#include <algorithm>
#include <cstring>

#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t unicharset_part = 21,
                      recoder_part = 22;  // TESSDATA_LSTM_UNICHARSET, _RECODER
constexpr int parts_limit = 64, characters_limit = 100'000, codes_limit = 9;

// Little-endian values from the front of a view; false at its end.
template <class T>
bool take(std::string_view& bytes, T& value) {
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

std::string_view part(std::string_view file, std::size_t index) {
  auto rest = file;
  std::int32_t count = 0;
  if (!take(rest, count) || count <= static_cast<int>(index) || count > parts_limit) return {};
  std::vector<std::int64_t> offsets(static_cast<std::size_t>(count));
  for (auto& offset : offsets)
    if (!take(rest, offset)) return {};
  const auto begin = offsets[index];
  auto end = static_cast<std::int64_t>(file.size());
  for (const auto offset : offsets)
    if (offset > begin) end = std::min(end, offset);
  if (begin < 0 || begin >= end) return {};
  return file.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

// The first word of each line but the first, which holds their number.
std::vector<std::string> characters(std::string_view unicharset) {
  std::vector<std::string> words;
  bool first = true;
  while (!unicharset.empty() && words.size() < characters_limit) {
    const auto line = unicharset.substr(0, unicharset.find('\n'));
    unicharset.remove_prefix(std::min(unicharset.size(), line.size() + 1));
    if (!first && !line.empty()) words.emplace_back(line.substr(0, line.find(' ')));
    first = false;
  }
  return words;
}

std::vector<std::vector<int>> spellings(std::string_view recoder) {
  std::vector<std::vector<int>> all;
  std::uint32_t count = 0;
  if (!take(recoder, count) || count > characters_limit) return all;
  for (std::uint32_t i = 0; i < count; ++i) {
    std::int8_t normalised = 0;
    std::int32_t length = 0;
    if (!take(recoder, normalised) || !take(recoder, length) || length < 0 || length > codes_limit)
      return {};
    std::vector<int> codes;
    for (std::int32_t k = 0; k < length; ++k) {
      std::int32_t code = 0;
      if (!take(recoder, code) || code < 0 || code > characters_limit) return {};
      codes.push_back(code);
    }
    all.push_back(std::move(codes));
  }
  return all;
}

}  // namespace

std::optional<Codes> Codes::read(std::string_view traineddata) {
  const auto names = characters(part(traineddata, unicharset_part));
  const auto spelt = spellings(part(traineddata, recoder_part));
  if (names.empty() || spelt.size() < names.size()) return std::nullopt;
  Codes codes;
  for (std::size_t i = 0; i < names.size(); ++i) {
    for (const int code : spelt[i]) codes.blank_ = std::max(codes.blank_, code);
    if (i > 2) codes.spelling_.emplace(names[i], spelt[i]);  // 0 to 2: blank, joined, broken
  }
  const auto last = std::min(names.size(), static_cast<std::size_t>(codes.blank_) + 1);
  for (std::size_t i = 3; i < last; ++i) codes.labels_.emplace(names[i], static_cast<int>(i) - 2);
  return codes;
}

const std::vector<int>& Codes::spell(const std::string& character) const {
  static const std::vector<int> unknown;
  const auto at = spelling_.find(character);
  return at == spelling_.end() ? unknown : at->second;
}

std::vector<int> Codes::spell(std::u32string_view text) const {
  std::vector<int> codes;
  for (const char32_t c : text) {
    const auto& one = spell(from_code_points(std::u32string_view(&c, 1)));
    codes.insert(codes.end(), one.begin(), one.end());
  }
  return codes;
}

int Codes::code_of_label(std::string_view label) const {
  const auto at = labels_.find(label);
  return at == labels_.end() ? blank_ : at->second;
}

}  // namespace dengji
