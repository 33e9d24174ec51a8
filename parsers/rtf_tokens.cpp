#include "parsers/rtf_tokens.hpp"

namespace dengji {
namespace {

constexpr int max_number = 100'000'000;  // far over any size, font or length

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

RtfToken RtfTokens::next() {
  while (peek() == '\r' || peek() == '\n') ++at_;
  if (left() == 0) return {};
  const char c = bytes_[at_++];
  RtfToken token;
  switch (c) {
    case '{':
      token.kind = RtfToken::Kind::open;
      return token;
    case '}':
      token.kind = RtfToken::Kind::close;
      return token;
    case '\\':
      return control();
    default:
      token.kind = RtfToken::Kind::byte;
      token.character = c;
      return token;
  }
}

RtfToken RtfTokens::control() {
  if (left() == 0) return {};
  if (is_letter(peek())) return control_word();
  RtfToken token;
  token.kind = RtfToken::Kind::symbol;
  token.character = bytes_[at_++];
  if (token.character == '\'') return hex_byte();
  return token;
}

RtfToken RtfTokens::hex_byte() {
  RtfToken token;
  token.kind = RtfToken::Kind::byte;
  const int high = hex_value(peek());
  const int low = at_ + 1 < bytes_.size() ? hex_value(bytes_[at_ + 1]) : -1;
  if (high < 0 || low < 0) {
    token.character = ' ';
    return token;
  }
  at_ += 2;
  token.character = static_cast<char>(high << 4 | low);
  return token;
}

RtfToken RtfTokens::control_word() {
  RtfToken token;
  token.kind = RtfToken::Kind::word;
  const std::size_t begin = at_;
  while (is_letter(peek())) ++at_;
  token.word = bytes_.substr(begin, at_ - begin);
  const bool negative = peek() == '-';
  if (negative) ++at_;
  while (is_digit(peek())) {
    token.has_number = true;
    if (token.number < max_number) token.number = token.number * 10 + (peek() - '0');
    ++at_;
  }
  if (negative) token.number = -token.number;
  if (peek() == ' ' && left() > 0) ++at_;
  return token;
}

}  // namespace dengji
