// What a seal's ink tells besides its words: whether it is ink at all. Any thread.
#pragma once
#include "ocr/image.hpp"

namespace dengji {

// How even the ink of a seal is, 0..1: 1 = one flat colour with no paper showing through, as in a
// drawn picture laid on the page; stamped ink, photographed or scanned, lies below 0.75. 0 also
// where no stroke is wide enough to tell. `whitened`: the seal's surroundings at the sheet's own
// scale; `ink`: the redness of the same pixels.
double flatness(const ColourImage& whitened, const GreyImage& ink);

}  // namespace dengji
