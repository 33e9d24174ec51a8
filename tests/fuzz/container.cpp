#include "parsers/container.hpp"

#include "parsers/limits.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) {
  const Attachment whole = make_attachment("a.zip", std::string(bytes));
  const auto members = unpack({whole});
  const bool mail = whole.type == FileType::message || whole.type == FileType::tnef;
  require(!members.empty() || mail, "only a mail may have nothing attached");
  std::size_t inflated = 0;
  for (const Attachment& member : members) {
    require_attachment(member);
    // Those with a problem are the containers themselves.
    if (!member.problem) inflated += member.bytes.size();
  }
  require(inflated <= limits::container_bytes_out, "a container inflates to a limit");
}
