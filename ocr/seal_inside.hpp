// What a seal bears besides its name. A line beneath the star is verified rather than read: it is
// one of those that stamp makers offer, or unknown. One thread.
#pragma once
#include "ocr/evidence.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"

namespace dengji {

// Of a round or oval seal; nothing of a square one.
SealInside read_inside(const FoundSeal&, Recogniser&, const Budget&);

}  // namespace dengji
