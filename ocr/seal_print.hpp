// A seal's fingerprint: to know the same pixels again on another page, whatever they were saved as
// since. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "ocr/seal_strip.hpp"

namespace dengji {

// Where round the seal there is more ink than to its left and right, and where there is less: 576
// digits 0..8, three for each of 192 steps clockwise from the top, a pair of rings a digit, between
// the inner and the outer edge of the text. What all seals have alike, ring and star, is left out.
// "" where there is next to no ink.
std::string fingerprint(const SealInk&);

// How much two fingerprints agree at the best of a few neighbouring turns, 0..1; 0 for anything
// else.
double alike(std::string_view a, std::string_view b);

// From which two prints are taken for the same pixels: different seals stay below 0.4, copies of
// one come to 0.7.
inline constexpr double same_pixels = 0.5;

}  // namespace dengji
