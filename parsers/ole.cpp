#include "parsers/ole.hpp"

#include <algorithm>

#include "parsers/little_endian.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

constexpr std::string_view signature = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
constexpr std::size_t header_size = 512, entry_size = 128, small_sector_size = 64;
constexpr std::size_t difat_in_header = 109;
constexpr std::uint32_t chain_end = 0xFFFFFFFE;
constexpr std::uint32_t no_entry = 0xFFFFFFFF;
constexpr std::uint8_t kind_stream = 2;

std::string lower(std::string_view name) {
  std::string out(name);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

std::string entry_name(std::string_view entry) {
  std::string name;
  const std::size_t units = std::min<std::size_t>(le16(entry, 64) / 2, 32);
  for (std::size_t i = 0; i + 1 < units; ++i) append_utf8(name, le16(entry, 2 * i));
  return lower(name);
}

}  // namespace

bool Ole::is_ole(std::string_view bytes) { return bytes.starts_with(signature); }

Result<Ole> Ole::open(std::string_view bytes) {
  if (!is_ole(bytes)) return Unreadable{Why::damaged, "no compound file signature"};
  if (bytes.size() < header_size)
    return Unreadable{Why::damaged, "compound file cut in its header"};
  const std::uint16_t shift = le16(bytes, 30);
  if (shift != 9 && shift != 12) return Unreadable{Why::damaged, "compound file sector size"};
  Ole ole;
  ole.bytes_ = bytes;
  ole.sector_size_ = std::size_t{1} << shift;
  // The header fills the first sector; the last one may be short.
  ole.sectors_ = (bytes.size() + ole.sector_size_ - 1) / ole.sector_size_ - 1;
  ole.small_limit_ = std::min<std::uint32_t>(le32(bytes, 56), 4096);
  ole.read_table();
  ole.read_directory(le32(bytes, 48));
  if (ole.entries_.empty()) return Unreadable{Why::damaged, "compound file without streams"};
  return ole;
}

std::string_view Ole::sector(std::uint32_t number) const {
  return slice(bytes_, (std::size_t{number} + 1) * sector_size_, sector_size_);
}

// The sector table's own sectors: 109 are named in the header, more in a chain of DIFAT sectors.
void Ole::read_table() {
  std::vector<std::uint32_t> parts;
  for (std::size_t i = 0; i < difat_in_header; ++i) parts.push_back(le32(bytes_, 76 + 4 * i));
  std::uint32_t difat = le32(bytes_, 68);
  for (std::size_t steps = 0; difat < sectors_ && steps < sectors_; ++steps) {
    const std::string_view names = sector(difat);
    for (std::size_t i = 0; i + 4 < sector_size_; i += 4) parts.push_back(le32(names, i));
    difat = le32(names, sector_size_ - 4);
  }
  for (const std::uint32_t part : parts) {
    if (next_.size() >= sectors_) return;
    if (part >= sectors_) continue;
    const std::string_view table = sector(part);
    for (std::size_t i = 0; i + 4 <= table.size(); i += 4) next_.push_back(le32(table, i));
  }
}

std::string Ole::chain(std::uint32_t start, std::size_t size) const {
  std::string out;
  std::size_t steps = 0;
  for (std::uint32_t at = start; at < sectors_ && out.size() < size && steps < sectors_; ++steps) {
    out += sector(at).substr(0, size - out.size());
    at = at < next_.size() ? next_[at] : chain_end;
  }
  return out;
}

std::string Ole::small_chain(std::uint32_t start, std::size_t size) const {
  std::string out;
  std::size_t steps = 0;
  for (std::uint32_t at = start;
       at < small_next_.size() && out.size() < size && steps < small_next_.size(); ++steps) {
    out += slice(small_sectors_, std::size_t{at} * small_sector_size,
                 std::min(small_sector_size, size - out.size()));
    at = small_next_[at];
  }
  return out;
}

void Ole::read_directory(std::uint32_t start) {
  const std::string directory = chain(start, bytes_.size());
  const std::string_view root = slice(directory, 0, entry_size);
  small_sectors_ = chain(le32(root, 116), std::min<std::size_t>(le32(root, 120), bytes_.size()));
  const std::string table = chain(le32(bytes_, 60), bytes_.size());
  for (std::size_t i = 0; i + 4 <= table.size(); i += 4) small_next_.push_back(le32(table, i));
  add_children(directory, le32(root, 76));
}

// The children of a storage are a binary tree of entries.
void Ole::add_children(std::string_view directory, std::uint32_t first) {
  const std::size_t count = directory.size() / entry_size;
  std::vector<bool> seen(count);
  std::vector<std::uint32_t> open{first};
  while (!open.empty()) {
    const std::uint32_t number = open.back();
    open.pop_back();
    if (number >= count || seen[number]) continue;
    seen[number] = true;
    const std::string_view entry = slice(directory, number * entry_size, entry_size);
    open.push_back(le32(entry, 68));
    open.push_back(le32(entry, 72));
    const bool stream = le8(entry, 66) == kind_stream;
    entries_[entry_name(entry)] = {stream ? le32(entry, 116) : no_entry,
                                   stream ? le32(entry, 120) : 0};
  }
}

bool Ole::has(std::string_view name) const { return entries_.contains(lower(name)); }

std::optional<std::string> Ole::stream(std::string_view name) const {
  const auto found = entries_.find(lower(name));
  if (found == entries_.end() || found->second.start == no_entry) return std::nullopt;
  const std::size_t size = std::min<std::size_t>(found->second.size, bytes_.size());
  return size < small_limit_ ? small_chain(found->second.start, size)
                             : chain(found->second.start, size);
}

}  // namespace dengji
