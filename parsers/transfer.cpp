#include "parsers/transfer.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "parsers/uuencode.hpp"

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

// RFC 4648 4; `none`, a bit that no value has, for characters outside the alphabet.
constexpr std::uint8_t none = 64;
constexpr std::array<std::uint8_t, 256> base64_values = [] {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::array<std::uint8_t, 256> values{};
  values.fill(none);
  for (std::uint8_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<unsigned char>(alphabet[i])] = i;
  }
  return values;
}();

std::uint32_t base64_value(char c) { return base64_values[static_cast<unsigned char>(c)]; }

// Digits of base64 gathered to bytes, into room for three bytes each four digits.
class Base64Bytes {
 public:
  explicit Base64Bytes(char* to) : to_(to) {}

  void add(std::uint32_t digit) {
    bits_ = bits_ << 6 | digit;
    if (++digits_ == 4) settle();
  }
  // Four digits at once, by far the most of any file; false where something else is among them.
  bool add_four(const char* from) {
    const std::uint32_t a = base64_value(from[0]), b = base64_value(from[1]),
                        c = base64_value(from[2]), d = base64_value(from[3]);
    if (digits_ != 0 || ((a | b | c | d) & none) != 0) return false;
    *to_++ = static_cast<char>(a << 2 | b >> 4);
    *to_++ = static_cast<char>(b << 4 | c >> 2);
    *to_++ = static_cast<char>(c << 6 | d);
    return true;
  }
  // The bytes of a group that may be short of digits: a single one makes none.
  void settle() {
    bits_ <<= 6 * (4 - digits_);
    for (unsigned byte = 1; byte < digits_; ++byte) {
      *to_++ = static_cast<char>(bits_ >> 16 & 0xFF);
      bits_ <<= 8;
    }
    bits_ = digits_ = 0;
  }
  const char* end() const { return to_; }

 private:
  char* to_;
  std::uint32_t bits_ = 0, digits_ = 0;
};

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

// "x-uuencode", "x-uue": one file, of which the part is the wrapping.
std::string decode_uuencode(std::string_view body) {
  UuText found = take_uuencoded(std::string(body), 1);
  return found.files.empty() ? std::move(found.text) : std::move(found.files[0].bytes);
}

}  // namespace

std::string decode_base64(std::string_view text) {
  std::string out(text.size() / 4 * 3 + 3, '\0');
  Base64Bytes bytes(out.data());
  for (std::size_t at = 0; at < text.size();) {
    if (at + 4 <= text.size() && bytes.add_four(text.data() + at)) {
      at += 4;
      continue;
    }
    const char c = text[at++];
    const std::uint32_t digit = base64_value(c);
    if (digit != none) bytes.add(digit);
    if (c == '=') bytes.settle();  // pieces that were padded and then put end to end
  }
  bytes.settle();
  out.resize(static_cast<std::size_t>(bytes.end() - out.data()));
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
  if (name.starts_with("uu") || name.starts_with("xuu")) return decode_uuencode(body);
  return std::string(body);
}

}  // namespace dengji
