// Where an outline of a seal may lie on a map of ink: guesses to be measured, more rather than
// fewer. Any thread.
#pragma once
#include <vector>

#include "ocr/outline.hpp"

namespace dengji {

struct SealSizes {
  double least = 0, most = 0;  // of an outline's longer axis (not its half), pixels of the map
};

// From the connected parts of what is at least `level`, gaps of up to `bridge` pixels closed: a
// circle through each part's outermost points, an ellipse and a rectangle round it. At most
// limits::seal_guesses.
std::vector<Outline> guess_outlines(const GreyImage& ink, int level, int bridge,
                                    const SealSizes& sizes);

// Frames of four straight edges and ellipses within those parts, whatever touches them. Dearer: for
// where no outline above is a seal's.
std::vector<Outline> guess_touched(const GreyImage& ink, int level, const SealSizes& sizes);

}  // namespace dengji
