#include "parsers/message.hpp"

#include "parsers/header.hpp"
#include "parsers/limits.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

namespace dengji::fuzz {
namespace {

void require_addresses(const std::vector<Address>& all) {
  require(all.size() <= limits::addresses, "addresses keep to their limit");
  for (const Address& each : all) {
    require_text(each.name);
    require_text(each.address);
  }
}

void require_bodies(const Message& message) {
  require_text(message.subject);
  require_text(message.text);
  require_text(message.html);
  for (const std::string& name : message.remote) require_text(name);
}

void require_ids(const Message& message) {
  for (const std::string* id :
       {&message.message_id, &message.in_reply_to, &message.references, &message.return_path,
        &message.machine, &message.bounce_of, &message.date, &message.received}) {
    require_text(*id);
    require(id->find_first_of("\r\n") == id->npos, "what goes into headers is one line");
  }
}

}  // namespace

void read(std::string_view bytes) {
  const auto message = parse_message(bytes);
  if (!message) return require(!message.reason().detail.empty(), "a reason says what it is");
  require_ids(*message);
  require_bodies(*message);
  require_addresses(message->to);
  require_addresses(message->cc);
  if (message->from) require_addresses({*message->from});
  if (message->reply_to) require_addresses({*message->reply_to});
  for (const std::string& address : message->delivered_to) require_text(address);
  require(message->attachments.size() <= limits::attachments, "attachments keep to their limit");
  for (const Attachment& attachment : message->attachments) require_attachment(attachment);
}

}  // namespace dengji::fuzz
