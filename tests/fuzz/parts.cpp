#include "tests/fuzz/parts.hpp"

#include "tests/parsers/fixtures.hpp"

namespace dengji::fuzz {

std::string zip_of(std::string_view parts, std::string_view body) {
  constexpr std::string_view mark = "==> ";
  if (parts.starts_with("PK")) return std::string(parts);
  std::vector<ZipEntry> entries;
  if (!parts.starts_with(mark)) entries.push_back({std::string(body), ""});
  while (!parts.empty()) {
    const std::size_t end = parts.find('\n');
    const std::string_view line = parts.substr(0, end);
    if (line.starts_with(mark)) {
      entries.push_back({std::string(line.substr(mark.size())), ""});
    } else {
      entries.back().content.append(line).push_back('\n');
    }
    parts.remove_prefix(end == parts.npos ? parts.size() : end + 1);
  }
  return zip_file(entries);
}

}  // namespace dengji::fuzz
