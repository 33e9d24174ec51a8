// Where on the ring of a seal the characters of its name stand: an arc cut into even cells, ink in
// each, little between them and none at its ends. Pure.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

namespace dengji {

// Angles clockwise from the top, in radians; 0 <= begin < 2 pi, end within a turn of it.
struct SealArc {
  double begin = 0, end = 0;  // the outer edges of the first and the last character
  std::size_t count = 0;      // characters
  double width = 0;           // of a character's ink
  double score = 0;           // 1 = full cells between empty cuts

  double pitch() const;  // from one character's middle to the next one's
  double middle(std::size_t character) const;
};

// The likeliest arc, none where there is no ink. `profiles`: mean ink 0..1 at even steps round the
// seal from the top, of some parts of its band; `square`: the angle that a character as wide as it
// is high takes; `count` characters, 0 = however many there seem to be.
std::optional<SealArc> seal_arc(const std::vector<std::vector<double>>& profiles, double square,
                                std::size_t count);

}  // namespace dengji
