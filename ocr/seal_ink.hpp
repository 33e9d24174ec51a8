// What a seal's ink tells besides its words: whether it is ink at all, and whether the same pixels
// were seen before. Any thread.
#pragma once
#include <string>
#include <string_view>

#include "ocr/image.hpp"

namespace dengji {

// How even the ink of a seal is, 0..1: 1 = one flat colour with no paper showing through, as in a
// drawn picture laid on the page; stamped ink, photographed or scanned, lies below 0.6. `whitened`:
// the seal's surroundings at the sheet's own scale; `ink`: the redness of the same pixels.
double flatness(const ColourImage& whitened, const GreyImage& ink);

// A coarse picture of the ink in `box` as 64 hexadecimal digits. Pixels seen again, even saved anew
// or scaled, differ in few of the 256 bits; another print of the same stamp differs in many.
std::string fingerprint(const GreyImage& ink, const Box& box);

// The share of equal bits of two fingerprints, 0..1; 0 for anything else.
double alike(std::string_view a, std::string_view b);

}  // namespace dengji
