// The lines of print that a seal of any shape may be laid out as, upright and in reading order: the
// ring of a round or oval one, the columns or rows of a square one. Pure pixels, one thread.
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ocr/seal_find.hpp"

namespace dengji {

// Of one seal, which outlives it. What was laid out once stays.
class SealLines {
 public:
  explicit SealLines(const FoundSeal&);

  // For a text of `count` characters, `height` pixels high, the likeliest first. count 0: as many
  // as the ink looks like.
  const std::vector<GreyImage>& of(std::size_t count, int height);

 private:
  std::vector<GreyImage> ring(std::size_t count, int height);

  const FoundSeal& seal_;
  std::vector<SealInk> inks_;  // the ways to unroll it, none of a square one
  std::map<std::size_t, std::vector<std::optional<SealBand>>> bands_;  // of each way, by `count`
  std::map<std::pair<std::size_t, int>, std::vector<GreyImage>> laid_out_;
};

}  // namespace dengji
