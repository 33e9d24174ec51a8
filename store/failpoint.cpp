#include "store/failpoint.hpp"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string_view>

namespace dengji {

void failpoint(const char* name) {
  static std::atomic<long> passed{0};
  const char* wanted = std::getenv("DENGJI_FAILPOINT");
  if (wanted == nullptr) return;
  const std::string_view text(wanted);
  const auto colon = text.find(':');
  if (text.substr(0, colon) != name) return;
  const long nth = colon == std::string_view::npos ? 1 : std::atol(wanted + colon + 1);
  if (++passed >= nth) std::raise(SIGKILL);
}

}  // namespace dengji
