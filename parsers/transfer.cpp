#include "parsers/transfer.hpp"

#include <mimetic/codec/base64.h>

#include <algorithm>
#include <iterator>

namespace dengji {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// The byte written as two digits at `at`, or -1.
int hex_byte(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  const int high = hex_digit(text[at]), low = hex_digit(text[at + 1]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

bool is_base64(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

std::string_view without_trailing_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  return line.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

void decode_line(std::string_view line, std::string& out) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const int byte = line[at] == '=' ? hex_byte(line, at + 1) : -1;
    out += byte < 0 ? line[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out, piece;
  out.reserve(text.size() / 4 * 3);
  const auto flush = [&out, &piece] {
    mimetic::Base64::Decoder decoder;
    decoder.process(piece.begin(), piece.end(), std::back_inserter(out));
    piece.clear();
  };
  for (const char c : text) {
    // mimetic reads on over padding and then gives garbage: each padded piece gets its own decoder.
    if (c == '=' && !piece.empty()) flush();
    if (is_base64(c)) piece += c;
  }
  flush();
  return out;
}

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t crs = end > 0 && end < text.size() && text[end - 1] == '\r' ? 1 : 0;
    const std::string_view line = without_trailing_blanks(text.substr(0, end - crs));
    const std::size_t next = std::min(end + 1, text.size());
    if (line.ends_with('=')) {
      decode_line(line.substr(0, line.size() - 1), out);
    } else {
      decode_line(line, out);
      out += text.substr(end - crs, next - (end - crs));
    }
    text.remove_prefix(next);
  }
  return out;
}

std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const int byte = text[at] == '%' ? hex_byte(text, at + 1) : -1;
    out += byte < 0 ? text[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return out;
}

std::string decode_transfer(std::string_view body, std::string_view encoding) {
  std::string name;
  for (const char c : encoding) {
    if (c >= 'A' && c <= 'Z') name += static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
  }
  if (name.starts_with("base64")) return decode_base64(body);
  if (name.starts_with("quotedprintable")) return decode_quoted_printable(body);
  return std::string(body);
}

}  // namespace dengji
