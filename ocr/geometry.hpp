// Places on a page and the projective maps between a page and its flattened sheet. Plain values,
// any thread. Pixels, x to the right, y down; a pixel's centre lies at its integer coordinates.
#pragma once
#include <array>
#include <optional>

namespace dengji {

struct Box {
  int x = 0, y = 0, w = 0, h = 0;
};  // of the page as a viewer shows it (EXIF applied)
struct Point {
  double x = 0, y = 0;
};
using Quad = std::array<Point, 4>;  // top left, top right, bottom right, bottom left

double area(const Box&);
Box intersection(const Box&, const Box&);              // w = h = 0 where they do not meet
double overlap(const Box&, const Box&);                // intersection over union, 0..1
Box grown(const Box&, int by, int width, int height);  // by pixels on each side, inside a picture
// Of a picture that is turned clockwise by 0..3 quarters; width and height are those before.
Box turned(const Box&, int quarters, int width, int height);

// A plane projective map, 3 by 3, row by row.
class Transform {
 public:
  Transform() : m_{1, 0, 0, 0, 1, 0, 0, 0, 1} {}
  explicit Transform(const std::array<double, 9>& m) : m_(m) {}
  static Transform scaling(double sx, double sy);
  static Transform translation(double dx, double dy);
  static Transform rotation(double radians);  // x towards y: clockwise as seen
  // Empty when the corners are degenerate (three on a line, or not convex).
  static std::optional<Transform> between(const Quad& from, const Quad& to);

  Point operator()(Point) const;
  Transform operator*(const Transform& first) const;  // apply `first`, then this
  Transform inverse() const;                          // of an invertible map
  const std::array<double, 9>& values() const { return m_; }

 private:
  std::array<double, 9> m_;
};

// The upright box round a box's image.
Box image(const Transform&, const Box&);

}  // namespace dengji
