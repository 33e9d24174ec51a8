// RFC 5322's date-time as the office reckons it, UTC+8; with store/time.hpp all that is known of
// days. Pure.
#pragma once
#include <cstdint>
#include <string>

#include "store/time.hpp"

namespace dengji {

std::string rfc5322_date(std::int64_t seconds);

}  // namespace dengji
