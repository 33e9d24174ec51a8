// What a seal says: its text, and whether that is the name that is claimed. A name is not
// transcribed and then compared; it is scored against what the recogniser thought likely at each
// step, beside rivals that differ from it by a place or by a distinctive word.
#pragma once
#include <deque>
#include <string>
#include <vector>

#include "ocr/evidence.hpp"
#include "ocr/recognise.hpp"
#include "ocr/seal_find.hpp"
#include "ocr/seal_lines.hpp"

namespace dengji {

// How well one name fits a seal that was laid out, in some ways, for as many characters as it has.
// Logarithms, 0 = perfect.
struct NameFit {
  double mean = -99;           // of the characters' losses
  double worst = -99;          // of the character that fits worst
  double worst_two = -99;      // mean of the two in a row that fit worst
  double rest = -99;           // mean of all but the worst
  std::vector<double> losses;  // by character
};

struct SealReading {
  std::string text;  // as read, or the claimed name where it is confirmed
  SealName name = SealName::unread;
  double score = 0;  // 0..1: chance_of() the claimed name that fits best
  NameFit fit;       // of the claimed name that fits best
};

// One seal, read as often as it is asked; what was recognised of a layout stays with it. The seal,
// the recogniser and the budget outlive it.
class SealReader {
 public:
  SealReader(const FoundSeal&, Recogniser&, const Budget&);

  // `claimed`: the names that the seal may rightly bear. Unread where they are none, or the seal is
  // too small. `places`: names of places, of which another may stand in a rival's name.
  SealReading read(const std::vector<std::string>& claimed, const std::vector<std::string>& places);

 private:
  struct Attempt {
    NameFit fit;
    bool confirmed = false;
  };
  struct Line {
    GreyImage image;
    Recogniser::Reading reading;
  };
  const Recogniser::Reading& reading(const GreyImage&);
  Attempt best_attempt(const std::string& name, const std::vector<std::string>& rivals);
  std::vector<TextLine> free_readings(int height);

  const FoundSeal& seal_;
  Recogniser& recogniser_;
  const Budget& budget_;
  SealLines lines_;
  std::deque<Line> read_;  // they are pointed to
};

// Exposed for tests and measurement.
// What spoils a character differs from layout to layout, while the character is what it is in each:
// its loss is the least of the lines that are the name at all. `lines`: its losses in each.
NameFit fit_of(std::vector<std::vector<double>> lines);
NameFit fit_name(const std::vector<const Lattice*>&, const Codes&, const std::string& name);
// The probability that a name stands there rather than one that differs from it by a word or by a
// character, both as likely beforehand.
double chance_of(const NameFit&);
bool confirms(const NameFit&);
// Seals have no punctuation but round brackets: what is read as other brackets is one, and what is
// read as a point or a stroke is dirt.
std::string as_on_seals(const std::string& text);
// What lines of the same print say together: the commonest number of characters, and of the lines
// that have it, the likeliest character at each place.
std::string voted(const std::vector<TextLine>& lines);
// The names that differ from `name` by one of the places or ordinals (第一, 第二) in it; of the
// same length, so that one layout serves.
std::vector<std::string> rivals_of(const std::string& name, const std::vector<std::string>& places);

}  // namespace dengji
