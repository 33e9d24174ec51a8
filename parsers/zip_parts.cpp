#include "parsers/zip_parts.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include "parsers/limits.hpp"

namespace dengji {
namespace {

struct FreeArchive {
  void operator()(archive* handle) const { archive_read_free(handle); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

std::string part_name(archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  std::string name = raw == nullptr ? "" : raw;
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    if (c == '\\') return '/';
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return name;
}

std::optional<Unreadable> append_member(archive* from, std::string& to, std::size_t room) {
  std::array<char, 64 * limits::KiB> buffer;
  for (;;) {
    const la_ssize_t got = archive_read_data(from, buffer.data(), buffer.size());
    if (got < 0) return Unreadable{Why::damaged, "zip member cannot be inflated"};
    if (got == 0) return std::nullopt;
    if (to.size() + static_cast<std::size_t>(got) > room) {
      return Unreadable{Why::over_limit, "zip members too large"};
    }
    to.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// What all wanted members together may hold: a bomb inflates to far more than it is.
std::size_t room_for(std::size_t packed) {
  const std::size_t by_ratio =
      std::max(packed * limits::container_ratio, limits::container_ratio_from);
  return std::min(by_ratio, limits::document_part_bytes);
}

}  // namespace

Result<ZipParts> read_zip_parts(std::string_view bytes,
                                const std::function<bool(std::string_view)>& wanted) {
  const Archive handle(archive_read_new());
  archive_read_support_format_zip(handle.get());
  if (archive_read_open_memory(handle.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    return Unreadable{Why::damaged, "not a zip"};
  }
  ZipParts parts;
  std::size_t room = room_for(bytes.size());
  archive_entry* entry = nullptr;
  for (std::size_t count = 0;; ++count) {
    const int status = archive_read_next_header(handle.get(), &entry);
    if (status == ARCHIVE_EOF) return parts;
    if (status < ARCHIVE_WARN) return Unreadable{Why::damaged, "zip directory is broken"};
    if (count >= limits::document_parts) return Unreadable{Why::over_limit, "too many zip members"};
    const std::string name = part_name(entry);
    if (!wanted(name)) continue;
    if (archive_entry_is_encrypted(entry)) return Unreadable{Why::encrypted, "zip member"};
    std::string part;
    if (auto problem = append_member(handle.get(), part, room)) return *problem;
    room -= part.size();
    parts.insert_or_assign(name, std::move(part));
  }
}

}  // namespace dengji
