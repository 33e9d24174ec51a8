// Systems of linear equations. Pure.
#pragma once
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace dengji {

// N equations, the right side last in each; Gauss elimination with partial pivoting. The answers,
// or false where there is not just one.
template <std::size_t N>
bool solve(std::array<std::array<double, N + 1>, N> a, std::array<double, N>& answers) {
  for (std::size_t c = 0; c < N; ++c) {
    std::size_t best = c;
    for (std::size_t r = c + 1; r < N; ++r)
      if (std::abs(a[r][c]) > std::abs(a[best][c])) best = r;
    if (!(std::abs(a[best][c]) >= 1e-9)) return false;
    std::swap(a[c], a[best]);
    for (std::size_t r = 0; r < N; ++r) {
      if (r == c) continue;
      const double f = a[r][c] / a[c][c];
      for (std::size_t k = c; k < N + 1; ++k) a[r][k] -= f * a[c][k];
    }
  }
  for (std::size_t r = 0; r < N; ++r) answers[r] = a[r][N] / a[r][r];
  return true;
}

}  // namespace dengji
