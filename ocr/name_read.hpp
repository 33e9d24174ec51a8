// A name on a certificate, for whom nothing is known to compare it with: told where it was read
// surely, else where several readings agree. Costs up to four lines of Han.
#pragma once
#include <string>
#include <vector>

#include "ocr/certificate.hpp"
#include "ocr/prepare.hpp"
#include "ocr/recognise.hpp"

namespace dengji {

// Every character was read so surely that no other reading is asked.
bool is_sure_name(const ReadPlace&);

// "" where no reading is like another one more often than others are.
std::string sure_name(const ReadPlace&, const Sheet&, Recogniser&, const Budget&);

// Exposed for tests: the choice among readings that were already made.
std::string commonest_name(const std::vector<ReadPlace>& readings);

}  // namespace dengji
