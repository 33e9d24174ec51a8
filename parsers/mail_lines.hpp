// The lines of a mail's raw bytes, whatever ends them: LF, CRLF or CRCRLF; CR alone only in bytes
// that have no LF at all. Views into the bytes, which must outlive them.
#pragma once
#include <algorithm>
#include <string_view>

namespace dengji {

struct MailLine {
  std::string_view text;  // without its end
  std::size_t start = 0;
};

class MailLines {
 public:
  explicit MailLines(std::string_view raw)
      : raw_(raw), end_(raw.find('\n') == std::string_view::npos ? '\r' : '\n') {}

  bool next(MailLine& line) {  // false at the end
    if (at_ >= raw_.size()) return false;
    const std::size_t end = std::min(raw_.find(end_, at_), raw_.size());
    line = {raw_.substr(at_, end - at_), at_};
    while (line.text.ends_with('\r')) line.text.remove_suffix(1);
    at_ = std::min(end + 1, raw_.size());
    return true;
  }
  std::size_t at() const { return at_; }  // where the next line begins
  MailLine peek() const {                 // the next line; an empty one at the end
    MailLines ahead = *this;
    MailLine line;
    return ahead.next(line) ? line : MailLine{};
  }

 private:
  std::string_view raw_;
  char end_;
  std::size_t at_ = 0;
};

inline bool starts_blank(std::string_view line) {
  return line.starts_with(' ') || line.starts_with('\t');
}

}  // namespace dengji
