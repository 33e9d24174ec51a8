// What a seal bears besides its name, read so that nothing is told that was not read surely: two
// sizes agree, and of lines only those are known that stamp makers offer. One thread.
#pragma once
#include "ocr/evidence.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"

namespace dengji {

// Of a round or oval seal; nothing of a square one.
SealInside read_inside(const FoundSeal&, Recogniser&, const Budget&);

}  // namespace dengji
