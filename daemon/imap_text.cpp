#include "daemon/imap_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "parsers/text.hpp"

namespace dengji {
namespace {

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || text.starts_with('-')) return {};
  return value;
}

void append_utf16(std::string& out, char32_t point) {
  const auto unit = [&out](char32_t value) {
    out += static_cast<char>(value >> 8 & 0xFF);
    out += static_cast<char>(value & 0xFF);
  };
  if (point < 0x10000) return unit(point);
  unit(0xD800 + ((point - 0x10000) >> 10));
  unit(0xDC00 + ((point - 0x10000) & 0x3FF));
}

// Base64 with ',' for '/' and without padding.
std::string modified_base64(std::string_view bytes) {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::string out;
  unsigned held = 0, bits = 0;
  for (const char byte : bytes) {
    held = (held << 8 | static_cast<unsigned char>(byte)) & 0xFFFF;
    for (bits += 8; bits >= 6; bits -= 6) out += letters[held >> (bits - 6) & 63];
  }
  if (bits > 0) out += letters[held << (6 - bits) & 63];
  return out;
}

}  // namespace

std::string ascii_upper(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::optional<std::int64_t> read_internal_date(std::string_view text) {
  static constexpr std::array<std::string_view, 12> months = {
      "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
  while (text.starts_with(' ')) text.remove_prefix(1);
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || text.size() != dash + 24) return {};
  const std::string_view rest = text.substr(dash + 1);  // Jul-1996 02:44:25 -0700
  const auto month = std::find(months.begin(), months.end(), ascii_upper(rest.substr(0, 3)));
  const auto day = digits(text.substr(0, dash)), year = digits(rest.substr(4, 4));
  const auto hour = digits(rest.substr(9, 2)), minute = digits(rest.substr(12, 2));
  const auto second = digits(rest.substr(15, 2)), zone = digits(rest.substr(19, 4));
  if (month == months.end() || !day || !year || !hour || !minute || !second || !zone) return {};
  const std::chrono::year_month_day date{
      std::chrono::year(*year),
      std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
      std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 60) return {};
  const std::int64_t offset = (*zone / 100) * 3600 + (*zone % 100) * 60;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t local = days * 86400 + *hour * 3600 + *minute * 60 + *second;
  return rest[18] == '-' ? local + offset : local - offset;
}

std::string modified_utf7(std::string_view utf8) {
  std::string out, wide;
  const auto flush = [&out, &wide] {
    if (!wide.empty()) out += '&' + modified_base64(wide) + '-';
    wide.clear();
  };
  for (const char32_t point : code_points(utf8)) {
    if (point < 0x20 || point > 0x7E) {
      append_utf16(wide, point);
      continue;
    }
    flush();
    out += static_cast<char>(point);
    if (point == '&') out += '-';
  }
  flush();
  return out;
}

std::string imap_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

}  // namespace dengji
