// Identity numbers on a page: where they stand (by their labels, or by their shape) and what they
// say, read anew from the full picture. A check digit never mends a reading; it only says which
// readings to believe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "ocr/page_text.hpp"
#include "ocr/recognise.hpp"
#include "parsers/identifier.hpp"

namespace dengji {

struct NumberPlace {
  IdType type = IdType::uscc;
  Box box;           // of the number alone, in pixels of the upright page
  std::string seen;  // what the reading of the whole page had there, canonical; may be "" or wrong
  bool labelled = false;
};

// At most limits::numbers_on_page places, from top to bottom.
std::vector<NumberPlace> find_numbers(const PageText&, int page_width);

// What several readings of one place came to.
struct NumberVote {
  std::string text;       // canonical; that of the most readings
  double confidence = 0;  // 0..1, share of the readings that gave it
  bool agreed = false;    // at least two alike, none as good against it, and of the right structure
  std::vector<std::string> readings;
};

// `expected`: canonical numbers that may stand there. Reading ends as soon as one of them was read,
// since it is as good as impossible that errors spell it.
NumberVote read_number(Recogniser&, const Crop&, const NumberPlace&,
                       const std::vector<std::string>& expected, const Budget&);

// Exposed for tests: the vote over readings that were already made.
NumberVote vote(IdType, std::vector<std::string> readings,
                const std::vector<std::string>& expected);

}  // namespace dengji
