// Made-up cases for looking at letters before anybody gets them: each kind of etc/letters with as
// much in it as such a letter can hold. Pure.
#pragma once
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/examine.hpp"
#include "store/register.hpp"

namespace dengji {

struct SampleCase {
  Verdict verdict;  // of the configuration's first office that is not the city's
  std::vector<Filed> filed;
};

// `kind`: a key of config.letters.text. A kind without an outcome of its own has one of each.
SampleCase sample_case(const std::string& kind, const Config&);

}  // namespace dengji
