// Times as people of the register's place read them: UTC+8, without daylight saving.
#pragma once
#include <cstdint>
#include <string>

namespace dengji {

std::string rfc3339(
    std::int64_t seconds);  // "2018-08-20T09:30:00+08:00"; seconds since the epoch, UTC

}  // namespace dengji
