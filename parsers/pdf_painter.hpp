// Follows the operators of a PDF page and keeps the straight lines that they paint. Knows nothing
// of files: the content of forms is handed in by who reads it.
#pragma once
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/pdf_content.hpp"
#include "parsers/pdf_lines.hpp"

namespace dengji {

struct PdfMatrix {  // ISO 32000-1, 8.3.3
  double a = 1, b = 0, c = 0, d = 1, e = 0, f = 0;
  PdfMatrix after(const PdfMatrix& first) const;  // first, then this
};

class PdfPainter {
 public:
  // `page` takes user space to the page as shown, in points from its upper left corner.
  explicit PdfPainter(const PdfMatrix& page) : states_(1) { states_.back().matrix = page; }

  void take(const PdfOperator& op);
  void push(const PdfMatrix& matrix);  // into a form
  void pop();
  bool over_limit() const { return over_limit_; }
  PageDrawing result() && { return std::move(drawing_); }

 private:
  struct Point {
    double x = 0, y = 0;
  };
  struct State {
    PdfMatrix matrix;
    bool white_fill = false, white_stroke = false, invisible_text = false;
  };
  using Path = std::vector<Point>;

  State& state() { return states_.back(); }
  Point shown(double x, double y) const;
  bool take_state(const PdfOperator& op);
  bool take_path(const PdfOperator& op);
  void take_painting(std::string_view name);
  void take_rectangle(const std::vector<double>& n);
  void stroke();
  void fill();
  void add(Point from, Point to);

  std::vector<State> states_;
  std::vector<Path> paths_;
  std::size_t points_ = 0;
  PageDrawing drawing_;
  bool over_limit_ = false;
};

}  // namespace dengji
