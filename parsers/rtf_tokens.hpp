// Rich Text Format (specification 1.9.1) cut into its tokens. Total: any bytes are tokens of some
// kind.
#pragma once
#include <cstddef>
#include <string_view>

namespace dengji {

struct RtfToken {
  enum class Kind { end, open, close, word, symbol, byte } kind = Kind::end;
  std::string_view word;  // of a control word: its letters
  bool has_number = false;
  int number = 0;      // of a control word; clamped to what a form could mean
  char character = 0;  // of a symbol or a byte; \'hh is a byte
};

class RtfTokens {
 public:
  explicit RtfTokens(std::string_view bytes) : bytes_(bytes) {}

  RtfToken next();
  void skip(std::size_t bytes) { at_ += bytes < left() ? bytes : left(); }

 private:
  std::size_t left() const { return bytes_.size() - at_; }
  char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }
  RtfToken control();
  RtfToken control_word();
  RtfToken hex_byte();

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace dengji
