// Outlines that a seal may have, laid over a map of ink and measured. Any thread.
#pragma once
#include <optional>
#include <vector>

#include "ocr/image.hpp"

namespace dengji {

enum class OutlineKind { ellipse, rectangle };

struct Outline {
  OutlineKind kind = OutlineKind::ellipse;
  Point centre;
  double rx = 0, ry = 0;  // half axes or half sides, rx >= ry
  double angle = 0;       // radians from the x axis to that of rx
};

struct OutlinePoint {
  Point at, outward;  // outward: a unit vector
};

// `n` points at about even distances.
std::vector<OutlinePoint> points_on(const Outline& outline, int n);
Box box_round(const Outline& outline);
bool inside(const Outline& outline, Point p);

struct OutlineFit {
  double coverage =
      0;  // share of the points on the picture that have ink within `reach` of the outline
  double outside = 0;   // of those, share with ink between `reach` and 4 reaches beyond it
  double fill = 0;      // share of the pixels within that bear ink
  double strength = 0;  // mean of the ink along the outline
  double visible = 0;   // share of the points that lie on the picture
};

// `level`: from which a value of `ink` counts as ink.
OutlineFit measure(const Outline& outline, const GreyImage& ink, int level, double reach);

// The convex hull of points (Andrew's monotone chain), anticlockwise; fewer than 3 where they are
// on a line.
std::vector<Point> convex_hull(std::vector<Point> points);
// The ellipse nearest to points by least squares of its equation; through them, if they are five.
// Empty where that is no ellipse.
std::optional<Outline> ellipse_through(const std::vector<Point>& points);

// How far a point lies from an ellipse, pixels (Sampson 1982): right near it, more than right far
// from it, infinite at its centre.
class DistanceFrom {
 public:
  explicit DistanceFrom(const Outline& ellipse);
  double operator()(Point p) const;

 private:
  Point centre_, along_;  // along_: of rx, a unit vector
  double xx_, yy_;        // 1 / (rx rx), 1 / (ry ry)
};

// The ellipse of the hull's own area and second moments.
Outline ellipse_of(const std::vector<Point>& hull);
// The rectangle of least area round the hull.
Outline rectangle_round(const std::vector<Point>& hull);

}  // namespace dengji
