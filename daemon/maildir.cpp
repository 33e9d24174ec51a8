#include "daemon/maildir.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "daemon/calendar.hpp"
#include "parsers/digest.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/file.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view scheme = "maildir:";
constexpr std::size_t listed_at_once =
    10'000;  // new mails in one poll; the rest comes with the next
constexpr std::size_t marked_at_once = 20;

std::string key_of(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.substr(0, name.find(":2,"));
}

struct Found {
  fs::path file;
  struct stat info = {};
};

// Regular files only: a link could point at anything that the daemon may read.
std::vector<Found> files_in(const fs::path& directory) {
  std::vector<Found> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
    Found file{entry.path(), {}};
    if (file.file.filename().string().starts_with('.')) continue;
    if (lstat(file.file.c_str(), &file.info) == 0 && S_ISREG(file.info.st_mode))
      found.push_back(std::move(file));
  }
  return found;
}

// Another program may have set flags meanwhile, which renames the file.
fs::path find_key(const fs::path& maildir, const std::string& key) {
  for (const char* directory : {"new", "cur"}) {
    if (fs::exists(maildir / directory / key)) return maildir / directory / key;
  }
  for (const Found& found : files_in(maildir / "cur"))
    if (key_of(found.file) == key) return found.file;
  return {};
}

void write_durably(const fs::path& path, std::string_view bytes) {
  const FileHandle file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  write_all(file, bytes, path);
  sync(file, path);
}

FileHandle open_mail(const fs::path& path) try {
  return {path, O_RDONLY | O_NOFOLLOW};
} catch (const StoreError& error) {
  throw MailboxError(error.what(), true);
}

std::size_t read_some(const FileHandle& file, const fs::path& path, char* buffer,
                      std::size_t room) {
  ssize_t count = 0;
  do {
    count = read(file.get(), buffer, room);
  } while (count < 0 && errno == EINTR);
  if (count < 0) throw MailboxError(path.string() + ": " + std::strerror(errno), true);
  return static_cast<std::size_t>(count);
}

}  // namespace

bool is_maildir_url(const std::string& url) { return url.starts_with(scheme); }

fs::path maildir_path(const std::string& url) { return url.substr(scheme.size()); }

void make_maildir(const fs::path& path) {
  for (const char* directory : {"tmp", "new", "cur"}) fs::create_directories(path / directory);
}

MaildirMailbox::MaildirMailbox(const MailboxConfig& config)
    : path_(maildir_path(config.url)),
      done_folder_(config.done_folder),
      skip_before_(config.skip_before) {
  if (done_folder_.find('/') != std::string::npos || done_folder_.starts_with('.'))
    throw MailboxError("done_folder of a Maildir is a plain name: " + done_folder_, false);
}

std::vector<MailItem> MaildirMailbox::list(const IsKnown& known) try {
  make_maildir(path_);
  std::vector<MailItem> items;
  for (const char* directory : {"new", "cur"}) {
    for (const Found& found : files_in(path_ / directory)) {
      const MailItem item{"", key_of(found.file), found.info.st_size, found.info.st_mtime};
      const bool backlog = day_of(item.received) < skip_before_;
      if (!known(item.uidvalidity, item.uid))
        items.push_back(item);
      else if (!backlog && !is_too_large(item.size) &&
               (std::string_view(directory) == "new" || !done_folder_.empty()))
        mark(found.file, item.uid);
    }
  }
  std::sort(items.begin(), items.end(), [](const MailItem& a, const MailItem& b) {
    return std::tie(a.received, a.uid) < std::tie(b.received, b.uid);
  });
  if (items.size() > listed_at_once) items.resize(listed_at_once);
  return items;
} catch (const fs::filesystem_error& error) {
  throw MailboxError(error.what(), true);
}

void MaildirMailbox::fetch(const std::vector<MailItem>& items, const Sink& sink) {
  for (std::size_t begin = 0; begin < items.size(); begin += marked_at_once) {
    const std::size_t end = std::min(begin + marked_at_once, items.size());
    std::vector<std::string> done;
    for (std::size_t i = begin; i < end; ++i) {
      const fs::path file = find_key(path_, items[i].uid);
      if (file.empty()) continue;  // removed by somebody since it was listed
      const bool header_only = is_too_large(items[i].size);
      header_only ? give_header(file, items[i], sink) : give_whole(file, items[i], sink);
      if (!header_only) done.push_back(items[i].uid);
    }
    sink.keep();
    for (const std::string& key : done) mark(find_key(path_, key), key);
  }
}

void MaildirMailbox::give_header(const fs::path& path, const MailItem& item, const Sink& sink) {
  std::string begin(limits::header_block_bytes, '\0');
  begin.resize(read_some(open_mail(path), path, begin.data(), begin.size()));
  sink.begin(item);
  sink.piece(header_block(begin));
  sink.done(item);
}

// A file that grows while it is read is no delivered mail.
void MaildirMailbox::give_whole(const fs::path& path, MailItem item, const Sink& sink) {
  const FileHandle file = open_mail(path);
  sink.begin(item);
  std::array<char, 64 * limits::KiB> buffer;
  item.size = 0;
  while (const std::size_t count = read_some(file, path, buffer.data(), buffer.size())) {
    item.size += static_cast<std::int64_t>(count);
    if (is_too_large(item.size))
      throw MailboxError(path.string() + " grows while it is read", true);
    sink.piece({buffer.data(), count});
  }
  sink.done(item);
}

void MaildirMailbox::mark(const fs::path& file, const std::string& key) {
  if (file.empty()) return;
  const fs::path folder = done_folder_.empty() ? path_ : path_ / ("." + done_folder_);
  std::error_code error;
  try {
    make_maildir(folder);
  } catch (const fs::filesystem_error& failure) {
    return complain(failure.what());
  }
  failpoint("before-mark");
  fs::rename(file, folder / "cur" / (key + ":2,S"), error);
  failpoint("after-mark");
  if (error) complain(file.string() + " could not be moved: " + error.message());
}

MaildirPostman::MaildirPostman(const PostmanConfig& config) : path_(maildir_path(config.url)) {}

Delivery MaildirPostman::deliver(const Letter& letter) try {
  make_maildir(path_);
  const std::string name = sha256_hex(letter.message_id).substr(0, 32) + ".dengji";
  // A reader may have moved the first copy to cur/ already: it has arrived.
  const fs::path arrived = find_key(path_, name);
  if (!arrived.empty() && arrived.parent_path().filename() == "cur")
    return {Delivery::Outcome::sent, "was there already"};
  write_durably(path_ / "tmp" / name, letter.bytes);
  fs::rename(path_ / "tmp" / name, path_ / "new" / name);
  sync_directory(path_ / "new");
  return {Delivery::Outcome::sent, (path_ / "new" / name).string()};
} catch (const std::runtime_error& error) {  // of the file system or of store/file
  return {Delivery::Outcome::later, error.what()};
}

}  // namespace dengji
