// Now, by two clocks. Dates and what is kept come from the wall clock, which somebody may set; what
// waits (leases, back-off, the next poll) goes by one that only runs on, suspended or not.
#pragma once
#include <cstdint>

namespace dengji {

struct Moment {
  std::int64_t wall = 0;    // seconds since the epoch, UTC
  std::int64_t steady = 0;  // seconds since the machine was started
  static Moment now();
};

}  // namespace dengji
