#include "parsers/boundary.hpp"

#include "parsers/header.hpp"
#include "parsers/limits.hpp"
#include "parsers/mail_lines.hpp"

namespace dengji {
namespace {

constexpr std::size_t guessed_bytes = 200;  // of a guessed boundary; the RFC says 70
constexpr std::size_t preamble_bytes = limits::header_block_bytes;  // looked through for a boundary

bool ends_here(std::string_view rest) { return rest.empty() || starts_blank(rest); }

bool looks_like_one(std::string_view line, std::string_view next) {
  return line.size() > 4 && line.size() < guessed_bytes &&
         lower_ascii(next.substr(0, 8)) == "content-";
}

}  // namespace

std::optional<Delimiter> delimiter(const std::vector<OpenPart>& open, std::string_view line) {
  if (!line.starts_with("--")) return std::nullopt;
  for (std::size_t level = open.size(); level-- > 0;) {
    const std::string& boundary = open[level].boundary;
    if (boundary.empty() || !line.starts_with(boundary)) continue;
    const std::string_view rest = line.substr(boundary.size());
    const std::string_view word = strip_blanks(rest);
    const bool closing = word.starts_with("--") && ends_here(word.substr(2));
    if (closing || ends_here(rest)) return Delimiter{level, closing};
  }
  return std::nullopt;
}

std::string used_boundary(const std::string& named, std::string_view body,
                          const std::vector<OpenPart>& around) {
  const std::vector<OpenPart> own{{named.empty() ? "" : "--" + named, "", false}};
  std::string guessed;
  MailLines lines(body.substr(0, preamble_bytes));
  for (MailLine line; lines.next(line);) {
    if (!line.text.starts_with("--")) continue;
    if (const auto found = delimiter(own, line.text)) return found->closing ? "" : named;
    if (delimiter(around, line.text)) break;
    if (guessed.empty() && looks_like_one(line.text, lines.peek().text)) {
      guessed = strip_blanks(line.text).substr(2);
    }
  }
  return guessed;
}

}  // namespace dengji
