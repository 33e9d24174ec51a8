#include "parsers/container.hpp"

#include "parsers/limits.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) {
  const auto members = unpack({make_attachment("a.zip", std::string(bytes))});
  require(!members.empty(), "what cannot be opened stays");
  std::size_t inflated = 0;
  for (const Attachment& member : members) {
    require_attachment(member);
    // Those with a problem are the containers themselves.
    if (!member.problem) inflated += member.bytes.size();
  }
  require(inflated <= limits::container_bytes_out, "a container inflates to a limit");
}
