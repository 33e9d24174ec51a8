// Seals what the register holds anew under the current key (or opens it, where there is none),
// while its daemon works on. What is done already is passed over, so that a run that was cut off is
// simply run again; until one has ended, former keys are needed. Errors: StoreError.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace dengji {

class Blobs;
class Database;

struct Rekeyed {
  std::int64_t rows = 0, blobs = 0;   // changed by this run
  std::vector<std::string> problems;  // what could not be opened; then former keys stay needed
};

// Throws StoreError where the daemon works under another key: it must be restarted first.
Rekeyed rekey(Database&, Blobs&);

// The sealed columns' values that do not open, in words; empty: all do.
std::vector<std::string> unopened(Database&);

}  // namespace dengji
