// What the eye saw, in the contract's words.
#pragma once
#include <string>

#include "daemon/form_json.hpp"
#include "ocr/evidence.hpp"

namespace dengji {

Json seal_json(const Seal&);  // shape, text, box, confidence, red

// Of one file: {"pages": [...]}, with "error" where it, or one of its pages, could not be read.
Json see_json(const AttachmentFacts&);

}  // namespace dengji
