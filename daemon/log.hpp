// One line a fact on standard error, for the journal: sd-daemon's "<6>" prefix gives the priority.
// Identity numbers never belong in a line; log() masks what looks like one. Thread-safe.
#pragma once
#include <string>

namespace dengji {

enum class Log { error = 3, warning = 4, info = 6 };

void log(Log level, const std::string& line);

}  // namespace dengji
