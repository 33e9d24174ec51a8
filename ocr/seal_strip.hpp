// A round seal unrolled: the characters round its edge, each cut out upright and set side by side
// as a line of dark text on white, which a recogniser of ordinary print can read. Pure pixels, any
// thread.
#pragma once
#include <cstddef>
#include <vector>

#include "ocr/geometry.hpp"
#include "ocr/image.hpp"

namespace dengji {

// Where the text of a seal runs, in angles clockwise from the top (radians) and shares of the
// radius.
struct SealBand {
  double inner = 0.6, outer = 0.9;
  double begin = 0,
         end = 0;  // begin < end <= begin + 2 pi: the arc from first to last character's edge
  double gap = 0;  // the empty arc that was taken for the space between end and beginning
};

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

  // Bands to try, the likeliest first; at most three.
  std::vector<SealBand> bands() const;

  // The line of `count` characters, `height` pixels high.
  GreyImage line(const SealBand&, std::size_t count, int height) const;

  // How many characters the band's ink looks like, 0 if it does not tell.
  std::size_t likely_count(const SealBand&) const;

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
