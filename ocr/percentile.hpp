// The value below which a share of some values lies. Pure.
#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

namespace dengji {

// `share`: 0..1; 0 of no values.
template <class T>
T percentile(std::vector<T> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace dengji
