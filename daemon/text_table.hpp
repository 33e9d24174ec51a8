// Rows of text in columns that line up on a terminal, where a Chinese character is two columns wide
// (UAX #11).
#pragma once
#include <string>
#include <vector>

namespace dengji {

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  void add(std::vector<std::string> cells) {
    rows_.push_back(std::move(cells));
  }                          // as many as the header's
  std::string text() const;  // one line a row, the header first, no blanks at line ends

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace dengji
