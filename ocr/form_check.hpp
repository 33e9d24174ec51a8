// The sheet of paper against the electronic form: does it show this platform, this registrant,
// these numbers? What was expected is looked for where it should stand; another thing is said to
// stand there only when it was read surely. Nothing is transcribed that is not asked for.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/number_read.hpp"
#include "ocr/page_kind.hpp"
#include "ocr/page_text.hpp"

namespace dengji {

// A number that was read anew, with the place it was read from.
struct ReadNumber {
  NumberPlace place;
  NumberVote vote;
};

// A stamped form. `cells`: of its table, in pixels of the upright sheet as the text is.
Agreement check_form(const PageText&, const std::vector<Box>& cells, const KindReading&,
                     const std::vector<ReadNumber>&, const Expectation&, const FormSpecs&);
// A letter of commitment: it names platform and registrant somewhere in its text.
Agreement check_commitment(const PageText&, const Expectation&);
// A certificate: its holder and its number.
Agreement check_certificate(const std::string& holder, const std::vector<ReadNumber>&,
                            const Expectation&);

// Whether a name stands in a row of a text that was read with errors: a short one whole, of a
// longer one most, and nothing else in its place that was read beyond doubt (see find_alike()).
bool stands_in(const PageText&, const std::string& name);

// The numbers that an expectation names, canonical, without empty ones and repetitions.
std::vector<std::string> expected_numbers(const std::vector<Expectation>&);

}  // namespace dengji
