// How long a certificate holds, read so that no date is told that was read once and by chance: a
// period of whole years that was read surely, else one that two readings alike end with. Borrows
// all that it is made of; one thread.
#pragma once
#include <map>
#include <string>
#include <utility>

#include "ocr/certificate.hpp"
#include "ocr/prepare.hpp"
#include "ocr/recognise.hpp"

namespace dengji {

class PeriodReader {
 public:
  PeriodReader(const Sheet&, Recogniser&, const Budget&);

  // The end of the period of validity in a text of the sheet: YYYY-MM-DD, "long" (长期), "" where
  // there is none or it cannot be read surely. A place is read anew once, however often it is
  // asked.
  std::string valid_until(const PageText&);

 private:
  std::string settled(const ReadPlace&);
  std::string read_again(const ReadPlace&);

  const Sheet& sheet_;
  Recogniser& recogniser_;
  const Budget& budget_;
  std::map<std::pair<int, int>, std::string> again_;  // by the place's upper left corner
};

// Whether what was read first may be told as it is.
bool surely_read(const ReadPlace&);

}  // namespace dengji
