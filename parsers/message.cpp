#include "parsers/message.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "parsers/entity.hpp"
#include "parsers/header.hpp"
#include "parsers/limits.hpp"
#include "parsers/machine.hpp"
#include "parsers/mend.hpp"
#include "parsers/remote.hpp"
#include "parsers/text.hpp"
#include "parsers/uuencode.hpp"

namespace dengji {
namespace {

struct Bodies {
  std::string plain, html;
};

void append_body(std::string& body, const std::string& more) {
  if (!body.empty() && !more.empty() && body.back() != '\n') body += '\n';
  body += more;
}

std::string text_of(const Entity& part) { return to_utf8(part.body, part.type.param("charset")); }

Attachment attachment_of(Entity& part) {
  Attachment attachment = make_attachment(part.name(), std::move(part.body));
  attachment.declared_type = part.type.value;
  attachment.content_id = decode_header(part.field("content-id"));
  std::erase_if(attachment.content_id, [](char c) { return c == '<' || c == '>'; });
  return attachment;
}

Attachment attachment_of(UuFile& file) {
  return make_attachment(decode_header(file.name), std::move(file.bytes));
}

void collect_leaves(Entity& part, std::vector<Attachment>& leaves) {
  for (Entity& child : part.parts) collect_leaves(child, leaves);
  if (part.is_multipart() || part.is_message()) return;
  UuText split;
  if (part.type.value == "text/plain") {
    split = take_uuencoded(std::move(part.body), limits::attachments);
    part.body = std::move(split.text);
  }
  leaves.push_back(attachment_of(part));
  for (UuFile& file : split.files) leaves.push_back(attachment_of(file));
}

// Sorts the parts of one message into its bodies and its attachments, which take the parts' bytes;
// attached messages are opened, their bodies read for links only.
class PartSorter {
 public:
  explicit PartSorter(Message& message) : message_(message) {}

  void sort(Entity& part) { visit(part, 0); }
  Bodies& own() { return own_; }
  const Bodies& forwarded() const { return forwarded_; }

  void finish() {
    for (Attachment& attachment : message_.attachments) {
      attachment.inline_image = is_picture(attachment.type) && !attachment.content_id.empty() &&
                                shown_.contains(attachment.content_id);
    }
  }

 private:
  void visit(Entity& part, int messages) {
    if (part.is_multipart() || part.is_message()) {
      for (Entity& child : part.parts) {
        if (!is_resource_fork(part, child)) visit(child, messages + (part.is_message() ? 1 : 0));
      }
    } else if (is_body(part)) {
      body(part, messages == 0 ? own_ : forwarded_);
    } else if (!is_machinery(part)) {
      attach(part);
    }
  }
  static bool is_body(const Entity& part) {
    const bool text = part.type.value == "text/plain" || part.type.value == "text/html" ||
                      part.type.value == "text" || part.type.value == "text/enriched" ||
                      part.type.value.starts_with("multipart");  // without parts
    return text && part.name().empty() && part.disposition.value != "attachment";
  }
  // What mail programs and servers add; no person attached it.
  static bool is_machinery(const Entity& part) {
    static constexpr std::array<std::string_view, 8> types{"message/delivery-status",
                                                           "message/global-delivery-status",
                                                           "text/rfc822-headers",
                                                           "message/global-headers",
                                                           "message/disposition-notification",
                                                           "application/pkcs7-signature",
                                                           "application/x-pkcs7-signature",
                                                           "application/pgp-signature"};
    return std::find(types.begin(), types.end(), part.type.value) != types.end();
  }
  // RFC 1740: macOS sends a file's icon and such beside the file, under the same name.
  static bool is_resource_fork(const Entity& around, const Entity& part) {
    return around.type.value == "multipart/appledouble" &&
           part.type.value == "application/applefile";
  }
  void body(Entity& part, Bodies& bodies) {
    if (part.type.value == "text/html") {
      const std::string text = text_of(part);
      append_body(bodies.html, text);
      for (std::string& id : shown_content_ids(text)) shown_.insert(std::move(id));
    } else {
      UuText split = take_uuencoded(std::move(part.body), limits::attachments + 1);
      part.body = std::move(split.text);
      append_body(bodies.plain, text_of(part));
      for (UuFile& file : split.files) attach(attachment_of(file));
    }
  }
  void attach(Entity& part) {
    const bool blank = part.body.find_first_not_of(" \t\r\n") == std::string::npos;
    if (!blank || !part.name().empty()) attach(attachment_of(part));
  }
  void attach(Attachment attachment) {
    if (message_.attachments.size() < limits::attachments) {
      message_.attachments.push_back(std::move(attachment));
    } else if (!std::exchange(over_, true)) {
      message_.problems.push_back({Why::over_limit, "over 30 attachments"});
    }
  }

  Message& message_;
  Bodies own_, forwarded_;
  std::set<std::string> shown_;
  bool over_ = false;
};

void read_bodies(PartSorter& sorter, Message& message) {
  Bodies& own = sorter.own();
  const Bodies& forwarded = sorter.forwarded();
  std::set<std::string> told;
  const auto tell = [&](const BodyText& body) {
    for (std::string& name : remote_names(body)) {
      if (told.insert(name).second) message.remote.push_back(std::move(name));
    }
  };
  BodyText html = read_html(own.html);
  tell(html);
  tell(read_plain(own.plain));
  tell(read_html(forwarded.html));
  tell(read_plain(forwarded.plain));
  message.text = trim(own.plain).empty() ? std::move(html.text) : std::move(own.plain);
  message.html = std::move(own.html);
}

// ---- the top header

std::string address_in(const std::string& raw) {
  const auto addresses = read_addresses(raw, 1);
  return addresses.empty() ? "" : addresses[0].address;
}

// "for <somebody@here.example>;" of a Received field.
std::string received_for(const std::string& received) {
  const std::string lower = lower_ascii(received);
  const std::size_t at = lower.find(" for ");
  if (at == std::string::npos) return "";
  return address_in(received.substr(at + 5, received.find(';', at) - at - 5));
}

std::vector<Address> all_addresses(const Entity& root, std::string_view name, Message& message) {
  std::vector<Address> all;
  for (const auto& [each, value] : root.fields) {
    if (each != name) continue;
    std::vector<Address> more = read_addresses(value, limits::addresses + 1);
    std::move(more.begin(), more.end(), std::back_inserter(all));
    if (all.size() <= limits::addresses) continue;
    all.resize(limits::addresses);
    message.problems.push_back({Why::over_limit, "over 100 addresses"});
    break;
  }
  return all;
}

std::optional<Address> one_address(const Entity& root, std::string_view name) {
  std::vector<Address> all = read_addresses(root.field(name), 1);
  if (all.empty()) return std::nullopt;
  return std::move(all[0]);
}

void read_delivery(const Entity& root, Message& message) {
  const auto add = [&message](const std::string& address) {
    auto& all = message.delivered_to;
    const bool known = std::find(all.begin(), all.end(), address) != all.end();
    if (!address.empty() && !known && all.size() < limits::addresses) all.push_back(address);
  };
  for (const auto& [name, value] : root.fields) {
    if (name == "delivered-to" || name == "x-original-to" || name == "x-forwarded-to" ||
        name == "envelope-to") {
      add(address_in(value));
    }
  }
  const std::string received = root.field("received");
  add(received_for(received));
  const std::size_t semicolon = received.rfind(';');
  if (semicolon != std::string::npos) {
    message.received = read_mail_date(std::string_view(received).substr(semicolon + 1));
  }
  const std::string path = root.field("return-path");
  message.return_path = address_in(path);
  message.null_return_path =
      root.has("return-path") && message.return_path.empty() && path.find('<') != std::string::npos;
}

void read_header(const Entity& root, Message& message) {
  message.message_id = trim(to_utf8(root.field("message-id")));
  message.in_reply_to = trim(to_utf8(root.field("in-reply-to")));
  message.references = trim(to_utf8(root.field("references")));
  message.from = one_address(root, "from");
  message.reply_to = one_address(root, "reply-to");
  message.to = all_addresses(root, "to", message);
  message.cc = all_addresses(root, "cc", message);
  message.subject = decode_header(root.field("subject"));
  message.date = read_mail_date(root.field("date"));
  message.authentications = authentications_of(root);
  read_delivery(root, message);
}

}  // namespace

std::string_view header_block(std::string_view raw) {
  for (std::size_t end = raw.find('\n'); end != std::string_view::npos; end = raw.find('\n', end)) {
    ++end;
    for (const std::string_view empty : {"\n", "\r\n"})
      if (raw.substr(end).starts_with(empty)) return raw.substr(0, end + empty.size());
  }
  return raw;
}

Result<Message> parse_message(std::string_view raw) {
  Result<std::string> mended = mend(raw);
  if (!mended) return mended.reason();
  Entity root = read_entity(std::move(*mended));
  Message message;
  read_header(root, message);
  PartSorter sorter(message);
  sorter.sort(root);
  sorter.finish();
  read_bodies(sorter, message);
  message.machine = machine_word(root, message);
  if (message.machine == "bounce") message.bounce_of = bounced_message_id(root);
  return message;
}

Result<std::vector<Attachment>> message_leaves(std::string_view raw) {
  Result<std::string> mended = mend(raw);
  if (!mended) return mended.reason();
  Entity root = read_entity(std::move(*mended));
  std::vector<Attachment> leaves;
  collect_leaves(root, leaves);
  return leaves;
}

}  // namespace dengji
