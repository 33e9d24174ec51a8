// Little-endian numbers and slices out of foreign bytes. Total: what lies beyond the end reads as
// zero or as a shorter slice, so that a reader of a binary format needs no bounds checks of its
// own.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dengji {

inline std::string_view slice(std::string_view bytes, std::size_t at, std::size_t size) {
  return at >= bytes.size() ? std::string_view{} : bytes.substr(at, size);
}

inline std::uint8_t le8(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

inline std::uint16_t le16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(le8(bytes, at) | le8(bytes, at + 1) << 8);
}

inline std::uint32_t le32(std::string_view bytes, std::size_t at) {
  return le16(bytes, at) | static_cast<std::uint32_t>(le16(bytes, at + 2)) << 16;
}

inline std::int16_t le16s(std::string_view bytes, std::size_t at) {
  return static_cast<std::int16_t>(le16(bytes, at));
}

}  // namespace dengji
