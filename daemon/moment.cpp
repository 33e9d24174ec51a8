#include "daemon/moment.hpp"

#include <ctime>

namespace dengji {

Moment Moment::now() {
  timespec running{};
  clock_gettime(CLOCK_BOOTTIME, &running);
  return {std::time(nullptr), running.tv_sec};
}

}  // namespace dengji
