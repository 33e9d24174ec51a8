#include "ocr/seal_print.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

namespace dengji {
namespace {

constexpr int turns = 192, rings = 6;
constexpr double inner = 0.56, outer = 0.92;  // of the radius: where names and numbers stand
constexpr int nearby = 3;                     // turns on either side that a cell is held against
constexpr double least_ink = 0.02;            // of full ink, on the mean over all cells
constexpr double clear = 0.4;                 // of the usual difference: what is less is none
constexpr int most_turned = 2;                // steps by which the same pixels may be turned

using Ring = std::array<double, turns>;

double ink_at(const SealInk& ink, int turn, int ring) {
  constexpr int samples = 4;
  double sum = 0;
  for (int a = 0; a < samples; ++a)
    for (int r = 0; r < samples; ++r) {
      const double angle = 2 * std::numbers::pi * (turn + (a + 0.5) / samples - 0.5) / turns;
      const double share = inner + (outer - inner) * (ring + (r + 0.5) / samples) / rings;
      sum += ink.ink(angle, share);
    }
  return sum / (samples * samples);
}

std::size_t wrapped(int turn) { return static_cast<std::size_t>((turn + turns) % turns); }

Ring against_nearby(const Ring& ring) {
  Ring out{};
  for (int turn = 0; turn < turns; ++turn) {
    double sum = 0;
    for (int d = -nearby; d <= nearby; ++d) sum += ring[wrapped(turn + d)];
    out[wrapped(turn)] = ring[wrapped(turn)] - sum / (2 * nearby + 1);
  }
  return out;
}

using Signs = std::array<signed char, turns * rings>;

bool decode(std::string_view print, Signs& signs) {
  if (print.size() * 2 != signs.size()) return false;
  for (std::size_t i = 0; i < print.size(); ++i) {
    const int pair = print[i] - '0';
    if (pair < 0 || pair > 8) return false;
    signs[2 * i] = static_cast<signed char>(pair / 3 - 1);
    signs[2 * i + 1] = static_cast<signed char>(pair % 3 - 1);
  }
  return true;
}

int product(const Signs& a, const Signs& b, std::size_t from) {
  int sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto j = i + from < b.size() ? i + from : i + from - b.size();
    sum += a[i] * b[j];
  }
  return sum;
}

}  // namespace

std::string fingerprint(const SealInk& ink) {
  std::array<Ring, rings> all{};
  double sum = 0, squares = 0;
  for (int r = 0; r < rings; ++r) {
    auto& ring = all[static_cast<std::size_t>(r)];
    for (int turn = 0; turn < turns; ++turn) ring[wrapped(turn)] = ink_at(ink, turn, r);
    sum = std::accumulate(ring.begin(), ring.end(), sum);
    ring = against_nearby(ring);
    squares = std::inner_product(ring.begin(), ring.end(), ring.begin(), squares);
  }
  if (sum < least_ink * turns * rings) return "";
  const double least = clear * std::sqrt(squares / (turns * rings));
  const auto sign = [&](std::size_t ring, std::size_t turn) {
    const double value = all[ring][turn];
    return value > least ? 2 : value < -least ? 0 : 1;
  };
  std::string print;
  for (std::size_t turn = 0; turn < turns; ++turn)
    for (std::size_t r = 0; r < rings; r += 2)
      print += static_cast<char>('0' + 3 * sign(r, turn) + sign(r + 1, turn));
  return print;
}

double alike(std::string_view a, std::string_view b) {
  Signs p, q;
  if (!decode(a, p) || !decode(b, q)) return 0;
  const double inked = std::sqrt(double(product(p, p, 0)) * product(q, q, 0));
  if (inked == 0) return 0;
  int best = 0;
  for (int d = -most_turned; d <= most_turned; ++d)
    best = std::max(best, product(p, q, wrapped(d) * rings));
  return best / inked;
}

}  // namespace dengji
