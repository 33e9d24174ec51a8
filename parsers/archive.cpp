#include "parsers/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <array>
#include <cstring>
#include <memory>

#include "parsers/limits.hpp"
#include "parsers/rar5.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// libarchive turns names into the thread's charset and fails on Chinese ones in the C locale. Made
// before main(), since a confined process can no longer load a locale.
class Utf8Locale {
 public:
  Utf8Locale() : locale_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {}
  ~Utf8Locale() {
    if (locale_) freelocale(locale_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;
  locale_t get() const { return locale_; }

 private:
  locale_t locale_;
};
const Utf8Locale utf8_locale;

class UsingLocale {
 public:
  UsingLocale() : before_(utf8_locale.get() ? uselocale(utf8_locale.get()) : locale_t{}) {}
  ~UsingLocale() {
    if (before_) uselocale(before_);
  }
  UsingLocale(const UsingLocale&) = delete;
  UsingLocale& operator=(const UsingLocale&) = delete;

 private:
  locale_t before_;
};

struct FreeArchive {
  void operator()(archive* each) const { archive_read_free(each); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

// Only the formats that the file's own beginning shows: no parser runs on what it need not see.
void support(archive* reader, FileType type) {
  switch (type) {
    case FileType::zip:
      archive_read_support_format_zip(reader);
      break;
    case FileType::rar:
      archive_read_support_format_rar(reader);
      archive_read_support_format_rar5(reader);
      break;
    case FileType::sevenzip:
      archive_read_support_format_7zip(reader);
      break;
    case FileType::gzip:
      archive_read_support_filter_gzip(reader);
      archive_read_support_format_raw(reader);
      archive_read_support_format_tar(reader);
      break;
    default:
      archive_read_support_format_tar(reader);
      break;
  }
}

std::string error_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text ? text : "unreadable archive";
}

// What libarchive says only in words.
Why why(std::string_view error) {
  struct Row {
    std::string_view part;
    Why why;
  };
  constexpr std::array<Row, 4> rows{{{"ncrypt", Why::encrypted},
                                     {"assphrase", Why::encrypted},
                                     {"solid archive", Why::unsupported},
                                     {"ompression method", Why::unsupported}}};
  for (const Row& row : rows) {
    if (error.find(row.part) != std::string_view::npos) return row.why;
  }
  return Why::damaged;
}

Unreadable failure(archive* reader) {
  const std::string text = error_of(reader);
  return {archive_read_has_encrypted_entries(reader) > 0 ? Why::encrypted : why(text), text};
}

std::string path_of(archive_entry* entry) {
  const char* path = archive_entry_pathname(entry);
  return path ? to_utf8(path) : "";
}

// What an operating system leaves in archives by itself.
bool is_litter(const std::string& path) {
  const std::size_t slash = path.find_last_of("/\\");
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return path.find("__MACOSX/") != std::string::npos || name == ".DS_Store" ||
         name == "Thumbs.db" || name == "desktop.ini" || name.starts_with("._");
}

class Reader {
 public:
  Reader(archive* reader, UnpackBudget& budget) : reader_(reader), budget_(budget) {}

  std::optional<Unreadable> read(const std::string& name, std::vector<ArchiveMember>& members) {
    for (;;) {
      archive_entry* entry = nullptr;
      const int status = archive_read_next_header(reader_, &entry);
      if (status == ARCHIVE_EOF) return std::nullopt;
      if (status < ARCHIVE_WARN) return failure(reader_);
      if (!budget_.take_member()) return Unreadable{Why::over_limit, "over 200 members"};
      if (archive_entry_is_encrypted(entry)) return Unreadable{Why::encrypted, "encrypted members"};
      ArchiveMember member{path_of(entry), {}};
      if (archive_format(reader_) == ARCHIVE_FORMAT_RAW) member.path = name;
      // Read even where it is not kept: skipping inflates too, and without a bound.
      if (auto problem = data(member.bytes)) return problem;
      const bool file = archive_entry_filetype(entry) == AE_IFREG;
      if (file && !is_litter(member.path)) members.push_back(std::move(member));
    }
  }

 private:
  std::optional<Unreadable> data(std::string& bytes) {
    std::array<char, 64 * limits::KiB> block{};
    for (;;) {
      const la_ssize_t count = archive_read_data(reader_, block.data(), block.size());
      if (count == 0) return std::nullopt;
      if (count < 0) return failure(reader_);
      if (!budget_.take_bytes(static_cast<std::size_t>(count))) {
        return Unreadable{Why::over_limit, "inflates beyond the limit"};
      }
      bytes.append(block.data(), static_cast<std::size_t>(count));
    }
  }

  archive* reader_;
  UnpackBudget& budget_;
};

}  // namespace

bool UnpackBudget::take_bytes(std::size_t count) {
  bytes_out_ += count;
  if (bytes_out_ > limits::container_bytes_out) return false;
  return bytes_out_ <= limits::container_ratio_from ||
         bytes_out_ / limits::container_ratio <= bytes_in_;
}

bool UnpackBudget::take_member() { return ++members_ <= limits::container_members; }

ArchiveContents read_archive(FileType type, std::string_view bytes, const std::string& name,
                             UnpackBudget& budget) {
  const UsingLocale locale;
  const Archive reader(archive_read_new());
  ArchiveContents contents;
  if (!reader) {
    contents.problem = Unreadable{Why::over_limit, "no memory for an archive"};
    return contents;
  }
  if (is_encrypted_rar5(bytes)) {
    contents.problem = Unreadable{Why::encrypted, "encrypted members"};
    return contents;
  }
  support(reader.get(), type);
  if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) {
    // Not failure(): libarchive 3.6 crashes when asked about encryption before a format is chosen.
    contents.problem = Unreadable{Why::damaged, error_of(reader.get())};
    return contents;
  }
  contents.problem = Reader(reader.get(), budget).read(name, contents.members);
  const bool partly = contents.problem && (contents.problem->why == Why::damaged ||
                                           contents.problem->why == Why::unsupported);
  if (contents.problem && !partly) contents.members.clear();
  return contents;
}

}  // namespace dengji
