// A file that somebody names on the command line, whole.
#pragma once
#include <optional>
#include <string>

namespace dengji {

// "-" is standard input. At most one byte more than a message may have (limits::message_bytes), so
// that who parses it sees that it is over the limit. None where it cannot be read.
std::optional<std::string> slurp(const std::string& file);

}  // namespace dengji
