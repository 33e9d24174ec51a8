// One page looked at: the steps from pixels to PageFacts in their order. Private to the folder;
// evidence.hpp is the door.
#pragma once
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/page.hpp"
#include "ocr/recognise.hpp"

namespace dengji {

PageFacts look_at(const Page&, Recogniser&, const EyeOptions&, const std::vector<Expectation>&);

}  // namespace dengji
