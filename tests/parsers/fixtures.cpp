#include "tests/parsers/fixtures.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace dengji {
namespace {

std::string le(std::uint32_t value, int bytes) {
  std::string out;
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

std::uint32_t crc32(const std::string& bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
  }
  return ~crc;
}

std::string directory_entry(const std::string& name, char type, std::uint32_t right,
                            std::uint32_t child) {
  std::string entry;
  for (const char c : name) entry.append({c, '\0'});
  entry.resize(64);
  entry += le(static_cast<std::uint32_t>(2 * name.size() + 2), 2);
  entry.append({type, '\1'});
  entry += le(0xFFFFFFFF, 4) + le(right, 4) + le(child, 4);
  entry.resize(128);
  return entry;
}

std::string zip_common(const ZipEntry& entry) {
  const auto size = static_cast<std::uint32_t>(entry.content.size());
  const std::uint32_t flags = (entry.utf8 ? 0x800u : 0u) | (entry.encrypted ? 1u : 0u);
  return le(20, 2) + le(flags, 2) + le(0, 2) + le(0, 4) + le(crc32(entry.content), 4) +
         le(size, 4) + le(size, 4) + le(static_cast<std::uint32_t>(entry.name.size()), 2) +
         le(0, 2);
}

}  // namespace

std::string ole_file(const std::vector<std::string>& streams) {
  std::string header = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0');
  header += le(0x3E, 2) + le(3, 2) + le(0xFFFE, 2) + le(9, 2) + le(6, 2);
  header.resize(0x2C);
  header += le(1, 4) + le(1, 4);  // one FAT sector; the directory starts in sector 1
  header.resize(0x4C);
  header += le(0, 4);
  header.resize(512, '\xFF');
  std::string fat = le(0xFFFFFFFD, 4) + le(0xFFFFFFFE, 4);
  fat.resize(512, '\xFF');
  std::string directory = directory_entry("Root Entry", 5, 0xFFFFFFFF, 1);
  for (std::uint32_t i = 0; i < streams.size(); ++i) {
    const std::uint32_t right = i + 1 < streams.size() ? i + 2 : 0xFFFFFFFF;
    directory += directory_entry(streams[i], 2, right, 0xFFFFFFFF);
  }
  directory.resize(512);
  return header + fat + directory;
}

std::string zip_file(const std::vector<ZipEntry>& entries) {
  std::string out, central;
  for (const ZipEntry& entry : entries) {
    central += "PK\1\2" + le(20, 2) + zip_common(entry) + std::string(10, '\0');
    central += le(static_cast<std::uint32_t>(out.size()), 4) + entry.name;
    out += "PK\3\4" + zip_common(entry) + entry.name + entry.content;
  }
  const auto count = static_cast<std::uint32_t>(entries.size());
  const auto start = static_cast<std::uint32_t>(out.size());
  return out + central + "PK\5\6" + le(0, 4) + le(count, 2) + le(count, 2) +
         le(static_cast<std::uint32_t>(central.size()), 4) + le(start, 4) + le(0, 2);
}

std::string test_data(const std::string& name) {
  std::ifstream file(std::string(TEST_DATA "/parsers/") + name, std::ios::binary);
  if (!file) throw std::runtime_error("no test data " + name);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace dengji
