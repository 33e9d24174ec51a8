// What a round seal says: its text, and whether that is the name that is claimed. A name is not
// transcribed and then compared; it is scored against what the recogniser thought likely at each
// step, beside rivals that differ from it by a place or by a distinctive word.
#pragma once
#include <string>
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"
#include "ocr/seal_strip.hpp"

namespace dengji {

// How well one name fits a seal that was laid out for as many characters as it has. Logarithms, 0 =
// perfect.
struct NameFit {
  double mean = -99;           // of the characters' losses
  double seen = 0;             // share of the characters that the recogniser saw much as expected
  double worst_three = -99;    // mean of the worst run of three characters
  std::vector<double> losses;  // by character
};

struct SealReading {
  std::string text;  // as read, or the claimed name where it is confirmed
  double confidence = 0;
  SealName name = SealName::unread;
  double score = 0;  // 0..1: how sure that the claimed name stands there
};

// `claimed`: the names that the seal may rightly bear. Unread where they are none, or the seal is
// too small. `places`: names of places, of which another may stand in a rival's name.
SealReading read_seal(const FoundSeal&, const std::vector<std::string>& claimed,
                      const std::vector<std::string>& places, Recogniser&, const Budget&);

// Exposed for tests and measurement.
NameFit fit_name(const Lattice&, const Codes&, const std::string& name);
bool confirms(const NameFit&);
// The names that differ from `name` by one of the places in it; of the same length, so that one
// layout serves.
std::vector<std::string> rivals_of(const std::string& name, const std::vector<std::string>& places);

}  // namespace dengji
