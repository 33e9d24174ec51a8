#include "parsers/tnef.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// Attributes, [MS-OXTNEF] 2.1.3.2 (without their type in the upper half).
constexpr std::uint32_t att_rend_data = 0x9002, att_title = 0x8010, att_data = 0x800F,
                        att_attachment = 0x9005;
// Properties, [MS-OXPROPS].
constexpr std::uint32_t display_name = 0x3001, data_object = 0x3701, short_name = 0x3704,
                        long_name = 0x3707, content_id = 0x3712;
// Property types, [MS-OXCDATA] 2.11.1.
constexpr std::uint32_t pt_string8 = 0x1E, pt_unicode = 0x1F, pt_binary = 0x102, pt_object = 0x0D,
                        pt_many = 0x1000;

// Reads on; after the end everything is 0 or empty and failed() is true.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  std::string_view take(std::size_t count) {
    if (count > bytes_.size() - at_) {
      failed_ = true;
      at_ = bytes_.size();
      return {};
    }
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  std::uint32_t number(std::size_t bytes) {
    std::uint32_t value = 0;
    std::uint32_t shift = 0;
    for (const char c : take(bytes)) {
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(c)) << shift;
      shift += 8;
    }
    return value;
  }
  std::string_view padded(std::size_t count) {  // to a multiple of 4
    const std::string_view value = take(count);
    take(std::min<std::size_t>((4 - count % 4) % 4, bytes_.size() - at_));
    return value;
  }
  bool at_end() const { return at_ == bytes_.size(); }
  bool failed() const { return failed_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

std::string text_value(std::string_view bytes, bool wide) {
  std::string text = to_utf8(bytes, wide ? "utf-16le" : "");
  return trim(text);
}

struct Found {  // one attachment while it is being read
  std::string title, long_title, id;
  std::string_view data;
  bool any = false;

  std::string name() const { return long_title.empty() ? title : long_title; }
};

std::size_t fixed_bytes(std::uint32_t type) {
  switch (type) {
    case 0x02:
    case 0x03:
    case 0x04:
    case 0x0A:
    case 0x0B:
      return 4;  // short ones are padded
    case 0x05:
    case 0x06:
    case 0x07:
    case 0x14:
    case 0x40:
      return 8;
    case 0x48:
      return 16;
    default:
      return 0;
  }
}

void skip_property_name(Cursor& cursor) {
  constexpr std::size_t guid = 16;
  cursor.take(guid);
  const bool by_number = cursor.number(4) == 0;
  const std::uint32_t value = cursor.number(4);
  if (!by_number) cursor.padded(value);
}

void keep(std::uint32_t id, std::uint32_t type, std::string_view value, Found& found) {
  const bool text = type == pt_string8 || type == pt_unicode;
  constexpr std::size_t interface_id = 16;
  if (id == data_object && type == pt_binary) found.data = value;
  if (id == data_object && type == pt_object && value.size() > interface_id) {
    found.data = value.substr(interface_id);
  }
  if (!text) return;
  const std::string read = text_value(value, type == pt_unicode);
  if (id == long_name) found.long_title = read;
  if (id == content_id) found.id = read;
  if ((id == short_name || id == display_name) && found.title.empty()) found.title = read;
}

// [MS-OXTNEF] 2.1.3.4, the properties of one attachment.
void read_properties(std::string_view bytes, Found& found) {
  Cursor cursor(bytes);
  const std::uint32_t count = cursor.number(4);
  for (std::uint32_t i = 0; i < count && i < limits::tnef_properties && !cursor.failed(); ++i) {
    const std::uint32_t full_type = cursor.number(2), id = cursor.number(2);
    const std::uint32_t type = full_type & ~pt_many;
    if (id >= 0x8000) skip_property_name(cursor);
    const std::size_t fixed = fixed_bytes(type);
    const bool many = fixed == 0 || (full_type & pt_many) != 0;
    const std::uint32_t values = many ? cursor.number(4) : 1;
    for (std::uint32_t value = 0; value < values && !cursor.failed(); ++value) {
      const std::string_view read =
          fixed > 0 ? cursor.take(fixed) : cursor.padded(cursor.number(4));
      keep(id, type, read, found);
    }
  }
}

void add(Found& found, std::vector<Attachment>& out) {
  if (found.any && !(found.data.empty() && found.name().empty())) {
    Attachment attachment = make_attachment(found.name(), std::string(found.data));
    attachment.content_id = found.id;
    out.push_back(std::move(attachment));
  }
  found = {};
}

}  // namespace

Result<std::vector<Attachment>> read_tnef(std::string_view bytes) {
  constexpr std::uint32_t signature = 0x223E9F78;
  Cursor cursor(bytes);
  if (cursor.number(4) != signature) return Unreadable{Why::damaged, "no TNEF signature"};
  cursor.number(2);  // the key
  std::vector<Attachment> out;
  Found found;
  while (!cursor.at_end()) {
    cursor.take(1);  // the level: an attribute's number tells it as well
    const std::uint32_t attribute = cursor.number(4) & 0xFFFF;
    const std::string_view data = cursor.take(cursor.number(4));
    cursor.take(2);  // the checksum
    if (cursor.failed()) return Unreadable{Why::damaged, "TNEF cut short"};
    if (attribute == att_rend_data) {
      add(found, out);
      found.any = true;
    } else if (attribute == att_title) {
      found.title = text_value(data, false);
    } else if (attribute == att_data) {
      found.data = data;
    } else if (attribute == att_attachment) {
      read_properties(data, found);
    }
    if (out.size() > limits::container_members) {
      return Unreadable{Why::over_limit, "over 200 members"};
    }
  }
  add(found, out);
  return out;
}

}  // namespace dengji
