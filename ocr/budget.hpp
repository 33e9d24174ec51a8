// How long one page may be looked at, in CPU seconds of the calling thread, so that a busy machine
// does not make a readable page unreadable. Shared by reference by everything that works on the
// page.
#pragma once
#include <ctime>

namespace dengji {

class Budget {
 public:
  explicit Budget(double seconds) : end_(now() + seconds) {}
  bool spent() const { return now() >= end_; }
  double left() const { return end_ - now(); }

  static double now() {  // CPU seconds of this thread
    timespec t{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
  }

 private:
  double end_;
};

}  // namespace dengji
