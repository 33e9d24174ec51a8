// A PDF content stream (ISO 32000-1, 7.8.2) cut into operators with their operands. Total: any
// bytes make some operators.
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace dengji {

struct PdfOperator {
  std::string_view name;        // "re", "cm", "Do"; "" at the end of the content
  std::vector<double> numbers;  // the operands that are numbers, in order
  std::string_view last_name;   // the last operand that is a name, without '/'
  bool shows_text = false;      // Tj, TJ, ' or "
};

class PdfContent {
 public:
  explicit PdfContent(std::string_view bytes) : bytes_(bytes) {}

  // Views hold as long as the content's bytes, numbers until the next call.
  const PdfOperator& next();

 private:
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  void skip_blanks();
  void skip_string();
  void skip_inline_image();
  std::string_view word();

  std::string_view bytes_;
  std::size_t at_ = 0;
  PdfOperator operator_;
};

}  // namespace dengji
