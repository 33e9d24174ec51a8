#include "daemon/letter_mime.hpp"

#include <sodium.h>

#include <algorithm>

#include "parsers/text.hpp"

namespace dengji {

namespace {

constexpr std::size_t line_length = 76;  // RFC 2045 base64, RFC 2047 lines with encoded words
constexpr std::size_t longest_id = 250;  // a msg-id longer than this is nobody's
constexpr std::string_view word_open = "=?UTF-8?B?", word_close = "?=";

std::string base64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

std::string base64_lines(std::string_view bytes) {
  const std::string text = base64(bytes);
  std::string lines;
  lines.reserve(text.size() + text.size() / line_length * 2 + 2);
  for (std::size_t at = 0; at < text.size(); at += line_length)
    lines += text.substr(at, line_length) + "\r\n";
  return lines;
}

std::string without_controls(std::string_view text) {
  std::string clean = is_utf8(text) ? std::string(text) : to_utf8(text);
  for (char& c : clean)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return clean;
}

// Printable ASCII that no decoder takes for an encoded word, short enough for one line.
bool is_simple(std::string_view text) {
  return text.size() <= 60 && text.find("=?") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

// Encoded words separated by `fold`; `used` characters of the first line are taken. A word holds
// whole characters only, as RFC 2047 section 5 (3) asks.
std::string encoded_words(const std::string& utf8, std::size_t used, std::string_view fold) {
  std::string words;
  std::string piece;
  const auto room = [&] {
    const std::size_t taken = (words.empty() ? used : 1) + word_open.size() + word_close.size();
    return taken >= line_length ? std::size_t{0} : (line_length - taken) / 4 * 3;
  };
  const auto flush = [&] {
    if (!words.empty()) words += fold;
    words += std::string(word_open) + base64(piece) + std::string(word_close);
    piece.clear();
  };
  for (const char32_t point : code_points(utf8)) {
    const std::string character = from_code_points(std::u32string(1, point));
    if (!piece.empty() && piece.size() + character.size() > room()) flush();
    piece += character;
  }
  if (!piece.empty()) flush();
  return words;
}

bool is_attribute_char(char c) {  // RFC 5987 attr-char, a subset of RFC 2231's
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         std::string_view("!#$&+-.^_`|~").find(c) != std::string_view::npos;
}

// ;\r\n filename*0*=UTF-8''...;\r\n filename*1*=...
std::string extended_parameter(const std::string& key, const std::string& utf8) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::vector<std::string> pieces = {"UTF-8''"};
  for (const char c : utf8) {
    const auto byte = static_cast<unsigned char>(c);
    std::string encoded(1, c);
    if (!is_attribute_char(c)) encoded = {'%', digits[byte >> 4], digits[byte & 15]};
    if (pieces.back().size() + encoded.size() > 54) pieces.emplace_back();
    pieces.back() += encoded;
  }
  if (pieces.size() == 1) return ";\r\n " + key + "*=" + pieces[0];
  std::string parameter;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    parameter += ";\r\n " + key + "*" + std::to_string(i) + "*=" + pieces[i];
  return parameter;
}

bool is_id(std::string_view id) {
  if (id.size() < 5 || id.size() > longest_id || id.front() != '<' || id.back() != '>')
    return false;
  const auto inner = id.substr(1, id.size() - 2);
  return std::all_of(inner.begin(), inner.end(),
                     [](char c) { return c > 0x20 && c < 0x7f && c != '<' && c != '>'; });
}

}  // namespace

std::string text_header(std::string_view name, std::string_view utf8) {
  const std::string text = without_controls(utf8);
  const std::string head = std::string(name) + ": ";
  if (is_simple(text)) return head + text + "\r\n";
  return head + encoded_words(text, head.size(), "\r\n ") + "\r\n";
}

std::string address_header(std::string_view name, std::string_view display,
                           std::string_view address) {
  const std::string head = std::string(name) + ": ";
  const std::string words = encoded_words(without_controls(display), head.size(), "\r\n ");
  const std::string fold = words.empty() ? "" : "\r\n ";
  return head + words + fold + "<" + without_controls(address) + ">\r\n";
}

std::vector<std::string> message_ids(std::string_view text) {
  std::vector<std::string> ids;
  while (true) {
    const auto begin = text.find('<');
    if (begin == std::string_view::npos) return ids;
    const auto end = text.find('>', begin);
    if (end == std::string_view::npos) return ids;
    const auto id = text.substr(begin, end - begin + 1);
    if (is_id(id)) ids.emplace_back(id);
    text.remove_prefix(end + 1);
  }
}

std::string id_header(std::string_view name, const std::vector<std::string>& ids) {
  std::string header;
  for (const auto& id : ids) {
    if (!is_id(id)) continue;
    header += header.empty() ? std::string(name) + ": " : "\r\n ";
    header += id;
  }
  return header.empty() ? header : header + "\r\n";
}

std::string text_part(std::string_view utf8) {
  return "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
         base64_lines(utf8);
}

std::string file_part(std::string_view name, std::string_view type, std::string_view bytes) {
  const std::string clean = without_controls(name);
  return "Content-Type: " + std::string(type) + ";\r\n name=\"" + encoded_words(clean, 8, "\r\n ") +
         "\"\r\nContent-Disposition: attachment" + extended_parameter("filename", clean) +
         "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(bytes);
}

}  // namespace dengji
