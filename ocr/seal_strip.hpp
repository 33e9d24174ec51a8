// A round seal unrolled: the characters round its edge, each cut out upright and set side by side
// as a line of dark text on white, which a recogniser of ordinary print can read. Pure pixels, any
// thread.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "ocr/geometry.hpp"
#include "ocr/image.hpp"
#include "ocr/seal_arc.hpp"

namespace dengji {

// Where the text of a seal runs; radii as shares of the seal's.
struct SealBand {
  double inner = 0.6, outer = 0.9;
  SealArc arc;
};

// White at both ends of a line, in pixels. Tesseract takes more for a space, and leaves out what it
// saw there together with half of the first character.
inline int line_margin(int height) { return height / 8; }

// A seal prepared for unrolling.
class SealInk {
 public:
  // round: a circle, however it was photographed, so that all shares of its radius are alike.
  // oval: a stamp that is an ellipse itself, whose text keeps its distance from the edge.
  enum class Shape { round, oval };

  // `ink`: 255 = full ink; the outline's ellipse in its pixels, `angle` from the x axis to rx,
  // clockwise.
  SealInk(GreyImage ink, Point centre, double rx, double ry, double angle,
          Shape shape = Shape::round);

  // The band of `count` characters, 0 = of however many there seem to be; none where nothing is.
  std::optional<SealBand> band(std::size_t count) const;

  // The line of the band's characters, `height` pixels high, of which they take 10/13; `reach`: how
  // much more than the band they may take.
  GreyImage line(const SealBand&, int height, double reach) const;

  double ink(double angle, double share) const;  // 0..1 at a place of the disc

 private:
  struct Step {
    Point edge, inward;  // inward: a radius long
  };
  std::vector<double> round_about(double inner, double outer) const;
  void step_round(double rx, double ry, double angle);
  Point place(double angle, double share) const;

  GreyImage ink_;
  Point centre_;
  double xx_ = 0, xy_ = 0, yy_ = 0;  // the symmetric map from the unit disc to the ellipse
  std::vector<Step> steps_;          // of an oval, clockwise from the top, as long as one another
};

}  // namespace dengji
