// The straight lines that a PDF page draws: table borders, however the program that wrote it draws
// them (strokes, thin filled rectangles, inside of forms). Also whether the page shows text at all:
// the invisible text that scanners lay over a picture does not count.
// qpdf stays private to pdf_lines.cpp. Not for several threads at once on one object.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "parsers/result.hpp"

namespace dengji {

// Level or upright; in points from the upper left corner of the page as it is shown; from <= to.
struct Line {
  bool level = true;
  double at = 0;  // the coordinate it keeps: y of a level line, x of an upright one
  double from = 0, to = 0;
};

struct PageDrawing {
  std::vector<Line> lines;
  bool shows_text = false;
};

class PdfDrawings {
 public:
  // `bytes` must outlive the object.
  static Result<PdfDrawings> open(std::string_view bytes);
  PdfDrawings(PdfDrawings&&) noexcept;
  ~PdfDrawings();

  Result<PageDrawing> page(std::size_t number) const;  // 0-based

 private:
  struct File;
  explicit PdfDrawings(std::unique_ptr<File> file);
  std::unique_ptr<File> file_;
};

}  // namespace dengji
