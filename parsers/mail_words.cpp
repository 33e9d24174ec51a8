#include "parsers/mail_words.hpp"

#include <array>
#include <utility>
#include <vector>

#include "parsers/file_name.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t text_read = 20'000;     // bytes of the body that are looked at
constexpr std::size_t longest_platform = 40;  // characters
constexpr std::size_t quotes_read = 20;

// The texts between each pair of these.
std::vector<std::string> between(std::string_view text, std::string_view open,
                                 std::string_view close) {
  std::vector<std::string> found;
  for (std::size_t at = 0; found.size() < quotes_read;) {
    at = text.find(open, at);
    if (at == std::string_view::npos) break;
    at += open.size();
    const std::size_t end = text.find(close, at);
    if (end == std::string_view::npos) break;
    found.emplace_back(text.substr(at, end - at));
  }
  return found;
}

std::string platform_of(std::string_view words) {
  if (code_points(words).size() > longest_platform) return "";
  const NameClues clues = read_subject(words);
  return clues.camera || like_organisation(clues.core) ? "" : clues.core;
}

std::string in_body(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> marks{{
      {"“", "”"},
      {"「", "」"},
      {"『", "』"},
      {"\"", "\""},
      {"附件为", "的"},
      {"附件是", "的"},
      {"报送", "登记"},
      {"现将", "登记"},
      {"《", "》"},
  }};
  for (const auto& [open, close] : marks) {
    for (const std::string& words : between(text, open, close)) {
      std::string platform = platform_of(words);
      if (!platform.empty()) return platform;
    }
  }
  return "";
}

// The last part of "registrant-platform" that names a platform.
std::string in_subject(std::string_view subject) {
  std::vector<std::string> parts;
  std::u32string part;
  for (const char32_t c : code_points(subject)) {
    const bool dash = c == U'-' || c == U'—' || c == U'_' || c == U'－' || c == U'|' || c == U':' ||
                      c == U'：' || c == U'+';
    if (dash) parts.push_back(from_code_points(std::exchange(part, {})));
    if (!dash) part += c;
  }
  parts.push_back(from_code_points(part));
  for (auto it = parts.rbegin(); it != parts.rend(); ++it) {
    std::string platform = platform_of(*it);
    if (!platform.empty()) return platform;
  }
  return "";
}

}  // namespace

std::string platform_in_mail(std::string_view subject, std::string_view text) {
  std::string platform = in_body(text.substr(0, text_read));
  return platform.empty() ? in_subject(subject) : platform;
}

}  // namespace dengji
