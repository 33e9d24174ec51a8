#include "parsers/rar5.hpp"

#include <cstdint>

namespace dengji {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view signature = "Rar!\x1A\x07\x01\0"sv;
constexpr std::size_t crc_bytes = 4;
constexpr std::uint64_t file_header = 2, service_header = 3, encryption_header = 4;
constexpr std::uint64_t has_extra = 1, has_data = 2;  // flags
constexpr std::uint64_t encryption_record = 1;        // in a file's extra area

// Takes numbers off the front of `bytes`: seven bits a byte, the lowest first, the eighth for more.
std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

// The first `count` bytes, at most all of them, taken off the front.
std::string_view take(std::string_view& bytes, std::uint64_t count) {
  const std::string_view taken = bytes.substr(0, count);
  bytes.remove_prefix(taken.size());
  return taken;
}

bool has_encryption(std::string_view extra) {
  while (!extra.empty()) {
    std::string_view record = take(extra, take_number(extra));
    if (!record.empty() && take_number(record) == encryption_record) return true;
  }
  return false;
}

}  // namespace

bool is_encrypted_rar5(std::string_view bytes) {
  if (!bytes.starts_with(signature)) return false;
  bytes.remove_prefix(signature.size());
  while (bytes.size() > crc_bytes) {
    bytes.remove_prefix(crc_bytes);
    std::string_view header = take(bytes, take_number(bytes));
    const std::uint64_t type = take_number(header), flags = take_number(header);
    if (type == encryption_header) return true;
    const std::uint64_t extra = (flags & has_extra) != 0 ? take_number(header) : 0;
    if ((flags & has_data) != 0) take(bytes, take_number(header));
    const bool file = type == file_header || type == service_header;
    if (!file || extra > header.size()) continue;
    if (has_encryption(header.substr(header.size() - extra))) return true;
  }
  return false;
}

}  // namespace dengji
