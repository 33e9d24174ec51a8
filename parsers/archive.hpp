// The members of an archive in memory, through libarchive: zip, rar 4 and 5, 7z, tar, gzip. Nothing
// is written to disk, no member's path is ever used as one. Names are UTF-8, whatever the locale:
// those that an archive marks as Unicode, else UTF-8 or GB18030 by their bytes.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/result.hpp"

namespace dengji {

// What may still come out of one outermost container (limits::container_*).
class UnpackBudget {
 public:
  explicit UnpackBudget(std::size_t bytes_in) : bytes_in_(bytes_in) {}
  bool take_bytes(std::size_t count);  // false when it would be over a limit
  bool take_member();

 private:
  std::size_t bytes_in_, bytes_out_ = 0, members_ = 0;
};

struct ArchiveMember {
  std::string path;  // UTF-8, as the archive says
  std::string bytes;
};

struct ArchiveContents {
  std::vector<ArchiveMember> members;  // files only; without what macOS and Windows add themselves
  std::optional<Unreadable> problem;   // damaged, unsupported: the members before it are there
};

// `name` serves where the archive keeps none (gzip).
ArchiveContents read_archive(FileType type, std::string_view bytes, const std::string& name,
                             UnpackBudget& budget);

}  // namespace dengji
