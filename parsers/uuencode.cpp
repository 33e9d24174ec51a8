#include "parsers/uuencode.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "parsers/mail_lines.hpp"

namespace dengji {
namespace {

constexpr std::string_view begin = "begin ";

// The name behind "begin 644 "; none where the line is no beginning.
std::optional<std::string_view> begun(std::string_view line) {
  if (!line.starts_with(begin)) return std::nullopt;
  const std::size_t mode = begin.size();
  const std::size_t end = line.find_first_not_of("01234567", mode);
  if (end == std::string_view::npos || line[end] != ' ') return std::nullopt;
  if (end - mode < 3 || end - mode > 4 || end + 1 == line.size()) return std::nullopt;
  return line.substr(end + 1);
}

std::size_t digit(char c) { return static_cast<std::size_t>(c - ' ') & 63; }

bool is_character(char c) { return c >= ' ' && c <= '`'; }

// The bytes of a line of data; none where it is none. Blanks, which are zeros, may have been cut
// off the end of a line that is not `whole`, and a character of checksum may stand there.
std::optional<std::string> data(std::string_view line, bool whole) {
  if (line.empty() || line[0] <= ' ' || line[0] > 'M') return std::nullopt;
  const std::size_t count = digit(line[0]), digits = (count + 2) / 3 * 4;
  if (!std::all_of(line.begin(), line.end(), is_character)) return std::nullopt;
  if (line.size() > digits + 2 || (whole && line.size() < digits + 1)) return std::nullopt;
  std::string padded(line.substr(1, digits));
  padded.resize(digits, ' ');
  std::string out;
  for (std::size_t at = 0; at < digits; at += 4) {
    const std::size_t bits = digit(padded[at]) << 18 | digit(padded[at + 1]) << 12 |
                             digit(padded[at + 2]) << 6 | digit(padded[at + 3]);
    out += {static_cast<char>(bits >> 16 & 0xFF), static_cast<char>(bits >> 8 & 0xFF),
            static_cast<char>(bits & 0xFF)};
  }
  out.resize(count);
  return out;
}

bool is_last(std::string_view line) { return line.empty() || line == "`" || line == " "; }

// Up to its "end"; none where that does not come. `lines` moves on behind it.
std::optional<std::string> ended_file(MailLines& lines) {
  std::string bytes;
  MailLine line;
  for (MailLines ahead = lines; ahead.next(line);) {
    if (line.text == "end") {
      lines = ahead;
      return bytes;
    }
    const auto more = data(line.text, false);
    if (!more && !is_last(line.text)) break;
    bytes += more.value_or("");
  }
  return std::nullopt;
}

std::string cut_file(MailLines& lines) {
  std::string bytes;
  MailLine line;
  for (MailLines ahead = lines; ahead.next(line); lines = ahead) {
    const auto more = data(line.text, true);
    if (!more) break;
    bytes += *more;
  }
  return bytes;
}

std::string file_bytes(MailLines& lines) {
  auto ended = ended_file(lines);
  return ended ? std::move(*ended) : cut_file(lines);
}

}  // namespace

UuText take_uuencoded(std::string body, std::size_t limit) {
  if (body.find(begin) == std::string::npos) return {std::move(body), {}};
  UuText out;
  MailLines lines(body);
  for (MailLine line; lines.next(line);) {
    const auto name = out.files.size() < limit ? begun(line.text) : std::nullopt;
    std::string bytes = name ? file_bytes(lines) : "";
    if (bytes.empty()) {
      out.text.append(body, line.start, lines.at() - line.start);
    } else {
      out.files.push_back({std::string(*name), std::move(bytes)});
    }
  }
  return out;
}

}  // namespace dengji
