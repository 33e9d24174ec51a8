#include "parsers/tnef.hpp"

#include "parsers/limits.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) {
  const auto found = read_tnef(bytes);
  if (!found) return require(!found.reason().detail.empty(), "a reason says what it is");
  require(found->size() <= limits::container_members, "at most container_members come out");
  for (const Attachment& attachment : *found) {
    require_attachment(attachment);
    require(attachment.bytes.size() <= bytes.size(), "nothing is made up");
  }
}
