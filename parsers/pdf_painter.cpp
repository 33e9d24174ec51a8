#include "parsers/pdf_painter.hpp"

#include <algorithm>
#include <cmath>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr double thin = 3;        // points: a filled box thinner than this is a border
constexpr double short_line = 4;  // points: corners and dots are no lines
constexpr double slant = 0.5;     // points that a straight line may be off over its length
constexpr double invisible_mode = 3;
constexpr double nearly_white = 0.97;

// Grey and RGB say how much light, CMYK how much ink.
bool is_white(const std::vector<double>& color) {
  if (color.size() == 4) {
    return std::all_of(color.begin(), color.end(), [](double v) { return v <= 1 - nearly_white; });
  }
  return !color.empty() &&
         std::all_of(color.begin(), color.end(), [](double v) { return v >= nearly_white; });
}

bool sets_fill(std::string_view op) {
  return op == "g" || op == "rg" || op == "k" || op == "sc" || op == "scn";
}

bool sets_stroke(std::string_view op) {
  return op == "G" || op == "RG" || op == "K" || op == "SC" || op == "SCN";
}

}  // namespace

PdfMatrix PdfMatrix::after(const PdfMatrix& m) const {
  return {m.a * a + m.b * c, m.a * b + m.b * d,     m.c * a + m.d * c,
          m.c * b + m.d * d, m.e * a + m.f * c + e, m.e * b + m.f * d + f};
}

PdfPainter::Point PdfPainter::shown(double x, double y) const {
  const PdfMatrix& m = states_.back().matrix;
  return {m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f};
}

void PdfPainter::push(const PdfMatrix& matrix) {
  if (states_.size() >= limits::pdf_states) {
    over_limit_ = true;
    return;
  }
  State inner = state();
  inner.matrix = inner.matrix.after(matrix);
  states_.push_back(inner);
}

void PdfPainter::pop() {
  if (states_.size() > 1) states_.pop_back();
}

void PdfPainter::take(const PdfOperator& op) {
  if (op.shows_text && !state().invisible_text) drawing_.shows_text = true;
  if (take_state(op) || take_path(op)) return;
  take_painting(op.name);
}

bool PdfPainter::take_state(const PdfOperator& op) {
  const std::vector<double>& n = op.numbers;
  if (op.name == "q") {
    push({});
  } else if (op.name == "Q") {
    pop();
  } else if (op.name == "cm" && n.size() == 6) {
    state().matrix = state().matrix.after({n[0], n[1], n[2], n[3], n[4], n[5]});
  } else if (op.name == "Tr" && !n.empty()) {
    state().invisible_text = n[0] == invisible_mode;
  } else if (sets_fill(op.name)) {
    state().white_fill = is_white(n);
  } else if (sets_stroke(op.name)) {
    state().white_stroke = is_white(n);
  } else {
    return false;
  }
  return true;
}

bool PdfPainter::take_path(const PdfOperator& op) {
  const std::vector<double>& n = op.numbers;
  if (op.name == "re" && n.size() == 4) {
    take_rectangle(n);
  } else if (op.name == "m" && n.size() == 2) {
    paths_.push_back({shown(n[0], n[1])});
  } else if (op.name == "l" && n.size() == 2 && !paths_.empty()) {
    paths_.back().push_back(shown(n[0], n[1]));
  } else if ((op.name == "c" || op.name == "v" || op.name == "y") && n.size() >= 2) {
    paths_.push_back({shown(n[n.size() - 2], n[n.size() - 1])});
  } else if (op.name == "h" && !paths_.empty() && !paths_.back().empty()) {
    paths_.back().push_back(paths_.back().front());
  } else {
    return false;
  }
  over_limit_ = over_limit_ || ++points_ > limits::pdf_points;
  return true;
}

void PdfPainter::take_rectangle(const std::vector<double>& n) {
  const double right = n[0] + n[2], top = n[1] + n[3];
  paths_.push_back({shown(n[0], n[1]), shown(right, n[1]), shown(right, top), shown(n[0], top),
                    shown(n[0], n[1])});
}

void PdfPainter::take_painting(std::string_view name) {
  const bool strokes = name == "S" || name == "s";
  const bool fills = name == "f" || name == "F" || name == "f*";
  const bool both = name == "B" || name == "B*" || name == "b" || name == "b*";
  const bool closes = name == "s" || name == "b" || name == "b*";
  if (!strokes && !fills && !both && name != "n") return;
  if (closes && !paths_.empty()) paths_.back().push_back(paths_.back().front());
  if ((strokes || both) && !state().white_stroke) stroke();
  if ((fills || both) && !state().white_fill) fill();
  paths_.clear();
}

void PdfPainter::stroke() {
  for (const Path& path : paths_) {
    for (std::size_t i = 1; i < path.size(); ++i) add(path[i - 1], path[i]);
  }
}

void PdfPainter::fill() {
  for (const Path& path : paths_) {
    if (path.size() < 4) continue;
    const auto [left, right] = std::minmax_element(
        path.begin(), path.end(), [](const Point& a, const Point& b) { return a.x < b.x; });
    const auto [top, bottom] = std::minmax_element(
        path.begin(), path.end(), [](const Point& a, const Point& b) { return a.y < b.y; });
    const double width = right->x - left->x, height = bottom->y - top->y;
    if (std::min(width, height) > thin) continue;
    const double x = (left->x + right->x) / 2, y = (top->y + bottom->y) / 2;
    if (width > height) {
      add({left->x, y}, {right->x, y});
    } else {
      add({x, top->y}, {x, bottom->y});
    }
  }
}

void PdfPainter::add(Point from, Point to) {
  const double width = std::abs(to.x - from.x), height = std::abs(to.y - from.y);
  if (!std::isfinite(width) || !std::isfinite(height)) return;
  if (std::max(width, height) < short_line || std::min(width, height) > slant) return;
  if (drawing_.lines.size() >= limits::pdf_lines) {
    over_limit_ = true;
    return;
  }
  if (width > height) {
    drawing_.lines.push_back(
        {true, (from.y + to.y) / 2, std::min(from.x, to.x), std::max(from.x, to.x)});
  } else {
    drawing_.lines.push_back(
        {false, (from.x + to.x) / 2, std::min(from.y, to.y), std::max(from.y, to.y)});
  }
}

}  // namespace dengji
