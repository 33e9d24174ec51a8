#include "parsers/authentication.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "parsers/entity.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

// Lower case, without comments (which nest) and quotes; blanks around an equals sign go.
std::string plain(std::string_view raw) {
  std::string text;
  int depth = 0;
  const auto put = [&text](char c) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (c == '=')
      while (text.ends_with(' ')) text.pop_back();
    if (!blank)
      text += c;
    else if (!text.ends_with(' ') && !text.ends_with('='))
      text += ' ';
  };
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\\')
      ++i;
    else if (raw[i] == '(')
      ++depth;
    else if (raw[i] == ')')
      depth = std::max(0, depth - 1);
    else if (depth == 0 && raw[i] != '"')
      put(raw[i]);
  }
  return lower_ascii(text);
}

// Cut at each separator, blanks off both ends, empty pieces left out.
std::vector<std::string_view> pieces(std::string_view text, char separator) {
  std::vector<std::string_view> all;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view piece = strip_blanks(text.substr(0, end));
    if (!piece.empty()) all.push_back(piece);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

// "dkim=pass header.d=company.example": the domain that passed, "" where none did.
std::string passed_domain(std::string_view result) {
  static constexpr std::array<std::array<std::string_view, 2>, 4> properties{
      {{"dmarc=pass", "header.from="},
       {"dkim=pass", "header.d="},
       {"dkim=pass", "header.i="},
       {"spf=pass", "smtp.mailfrom="}}};
  const auto words = pieces(result, ' ');
  for (const auto& [method, property] : properties) {
    if (words.empty() || words[0] != method) continue;
    for (std::string_view word : words) {
      if (!word.starts_with(property)) continue;
      word.remove_prefix(property.size());
      word.remove_prefix(word.rfind('@') + 1);  // npos + 1 is 0
      return std::string(word);
    }
  }
  return "";
}

Authentication authentication(const std::string& value, const std::vector<std::string>& by) {
  const std::string text = plain(value);
  const auto parts = pieces(text, ';');
  Authentication one{"", {}, by};
  if (parts.empty()) return one;
  one.server = pieces(parts[0], ' ')[0];
  for (std::size_t i = 1; i < std::min(parts.size(), limits::authentications); ++i)
    if (std::string domain = passed_domain(parts[i]); !domain.empty())
      one.domains.push_back(std::move(domain));
  return one;
}

// "from a.example by mx.b.example with SMTP; date"
std::string received_by(const std::string& value) {
  const std::string text = plain(value);
  const auto words = pieces(text, ' ');
  const auto by = std::find(words.begin(), words.end(), "by");
  if (by == words.end() || by + 1 == words.end()) return "";
  return std::string((by + 1)->substr(0, (by + 1)->find(';')));
}

}  // namespace

std::vector<Authentication> authentications_of(const Entity& root) {
  std::vector<Authentication> all;
  std::vector<std::string> by;
  for (const auto& [name, value] : root.fields) {
    if (all.size() == limits::authentications || by.size() == limits::received) break;
    if (name == "received") by.push_back(received_by(value));
    if (name == "authentication-results") all.push_back(authentication(value, by));
  }
  return all;
}

}  // namespace dengji
