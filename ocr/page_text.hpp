// The text of one page, arranged so that words which are known can be found in it: lines that stand
// side by side make a row, read from left to right. Owns its lines; immutable.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ocr/recognise.hpp"

namespace dengji {

struct TextRow {
  struct Source {
    std::size_t line = 0, glyph = 0;
  };
  std::u32string text;             // folded: letters and digits only
  std::vector<Source> sources;     // the glyph of each character of `text`
  std::vector<double> confidence;  // of the same
  Box box;
};

class PageText {
 public:
  PageText() = default;
  explicit PageText(std::vector<TextLine> lines);

  const std::vector<TextLine>& lines() const { return lines_; }
  const std::vector<TextRow>& rows() const { return rows_; }  // from top to bottom

  struct Hit {
    double score = 0;  // as of find_alike()
    std::size_t row = 0, begin = 0, end = 0;
    Box box;
  };
  // The best place in all rows; of equals the topmost. `words` is folded here.
  Hit find(std::string_view words) const;
  // The best place of every row where it is at least `score`.
  std::vector<Hit> find_all(std::string_view words, double score) const;

  Box box_of(std::size_t row, std::size_t begin, std::size_t end) const;
  double median_height() const;  // of the lines, 0 if there are none

 private:
  std::vector<TextLine> lines_;
  std::vector<TextRow> rows_;
};

Box united(const Box&, const Box&);

}  // namespace dengji
