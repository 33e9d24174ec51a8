#include "parsers/entity.hpp"

#include <mimetic/mimetic.h>

#include <algorithm>

#include "parsers/mend.hpp"
#include "parsers/transfer.hpp"

namespace dengji {
namespace {

Entity convert(mimetic::MimeEntity& source, bool in_digest) {
  Entity entity;
  const std::string sent_type = lower_ascii(sent_type_field);
  for (const mimetic::Field& field : source.header()) {
    std::string name = lower_ascii(field.name());
    if (name == "content-type") continue;
    if (name == sent_type) name = "content-type";
    entity.fields.emplace_back(std::move(name), field.value());
  }
  entity.type = read_parametered(entity.field("content-type"));
  if (entity.type.value.empty()) entity.type.value = in_digest ? "message/rfc822" : "text/plain";
  entity.disposition = read_parametered(entity.field("content-disposition"));
  const auto& structure = source.header().contentType();
  entity.message_ = structure.type() == "message";
  entity.multipart_ = structure.isMultipart();
  if (entity.multipart_ || entity.message_) {
    for (mimetic::MimeEntity* part : source.body().parts()) {
      entity.parts.push_back(convert(*part, entity.type.value == "multipart/digest"));
    }
  } else {
    entity.body = decode_transfer(source.body(), entity.field("content-transfer-encoding"));
    static_cast<std::string&>(source.body()) = {};
  }
  return entity;
}

// Programs write "?" for what a name's charset lacks, where they also give the name elsewhere.
bool is_whole(const std::string& name) {
  return !name.empty() && name.find("\uFFFD") == std::string::npos &&
         name.find('?') == std::string::npos;
}

// Single quotes are no quotes in RFC 2045, but scripts take them for such.
std::string unquoted(std::string name) {
  const bool quoted = name.size() > 2 && name.front() == '\'' && name.back() == '\'';
  return quoted ? name.substr(1, name.size() - 2) : name;
}

}  // namespace

bool Entity::has(std::string_view name) const {
  return std::any_of(fields.begin(), fields.end(),
                     [name](const auto& field) { return field.first == name; });
}

std::string Entity::field(std::string_view name) const {
  for (const auto& [each, value] : fields) {
    if (each == name) return value;
  }
  return "";
}

std::string Entity::name() const {
  const std::string first = disposition.param("filename"), second = type.param("name");
  const bool take_second = first.empty() || (!is_whole(first) && is_whole(second));
  return unquoted(take_second ? second : first);
}

Entity read_entity(std::string mended) {
  mimetic::MimeEntity root(mended.begin(), mended.end());
  mended = {};  // mimetic copied it
  return convert(root, false);
}

}  // namespace dengji
