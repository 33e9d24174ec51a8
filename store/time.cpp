#include "store/time.hpp"

#include <array>
#include <ctime>

namespace dengji {

std::string rfc3339(std::int64_t seconds) {
  constexpr std::time_t offset = 8 * 3600;
  const std::time_t local = static_cast<std::time_t>(seconds) + offset;
  std::tm parts{};
  if (::gmtime_r(&local, &parts) == nullptr) return "";
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S+08:00", &parts);
  return text.data();
}

}  // namespace dengji
