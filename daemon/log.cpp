#include "daemon/log.hpp"

#include <unistd.h>

#include <cstdlib>

#include "parsers/identifier.hpp"
#include "parsers/text.hpp"

namespace dengji {

void log(Log level, const std::string& line) {
  static const bool journal = std::getenv("JOURNAL_STREAM") != nullptr;
  auto text =
      journal ? "<" + std::to_string(static_cast<int>(level)) + ">" : std::string("dengji: ");
  text += mask_numbers(shown(line));
  for (auto& c : text)
    if (c == '\n') c = ' ';
  text += '\n';
  // One write: lines of several threads do not mix. A full or closed stderr must not stop the work.
  [[maybe_unused]] const auto written = write(STDERR_FILENO, text.data(), text.size());
}

}  // namespace dengji
