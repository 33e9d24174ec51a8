#include "parsers/pdf_content.hpp"

#include <charconv>

namespace dengji {
namespace {

constexpr std::size_t max_operands = 64;  // no operator that is looked at takes more than six

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool is_delimiter(char c) {
  return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
         c == '}' || c == '/' || c == '%';
}

bool starts_number(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+'; }

double number(std::string_view word) {
  if (word.starts_with('+')) word.remove_prefix(1);
  double value = 0;
  std::from_chars(word.data(), word.data() + word.size(), value);
  return value;
}

bool is_text(std::string_view name) {
  return name == "Tj" || name == "TJ" || name == "'" || name == "\"";
}

}  // namespace

void PdfContent::skip_blanks() {
  while (at_ < bytes_.size()) {
    if (peek() == '%') {
      while (at_ < bytes_.size() && peek() != '\n' && peek() != '\r') ++at_;
    } else if (is_blank(peek())) {
      ++at_;
    } else {
      return;
    }
  }
}

// Brackets within a string are balanced or escaped.
void PdfContent::skip_string() {
  std::size_t open = 0;
  for (; at_ < bytes_.size(); ++at_) {
    if (peek() == '\\') {
      ++at_;
    } else if (peek() == '(') {
      ++open;
    } else if (peek() == ')' && --open == 0) {
      ++at_;
      return;
    }
  }
}

void PdfContent::skip_inline_image() {
  for (; at_ + 3 < bytes_.size(); ++at_) {
    if (is_blank(peek()) && peek(1) == 'E' && peek(2) == 'I' && is_blank(peek(3))) {
      at_ += 3;
      return;
    }
  }
  at_ = bytes_.size();
}

std::string_view PdfContent::word() {
  const std::size_t begin = at_;
  while (at_ < bytes_.size() && !is_blank(peek()) && !is_delimiter(peek())) ++at_;
  return bytes_.substr(begin, at_ - begin);
}

const PdfOperator& PdfContent::next() {
  operator_.numbers.clear();
  operator_.last_name = {};
  operator_.name = {};
  operator_.shows_text = false;
  for (skip_blanks(); at_ < bytes_.size(); skip_blanks()) {
    const char c = peek();
    if (c == '(') {
      skip_string();
    } else if (c == '/') {
      ++at_;
      operator_.last_name = word();
    } else if (is_delimiter(c)) {
      ++at_;
    } else if (starts_number(c)) {
      const double value = number(word());
      if (operator_.numbers.size() < max_operands) operator_.numbers.push_back(value);
    } else {
      operator_.name = word();
      operator_.shows_text = is_text(operator_.name);
      if (operator_.name == "ID") skip_inline_image();
      return operator_;
    }
  }
  return operator_;
}

}  // namespace dengji
