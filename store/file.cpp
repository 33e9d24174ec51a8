#include "store/file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "store/database.hpp"

namespace dengji {

namespace {

constexpr int lock_tries = 20;
constexpr auto lock_pause = std::chrono::milliseconds(100);

[[noreturn]] void fail(const std::string& doing, const std::filesystem::path& path, int error) {
  const bool passing = error == ENOSPC || error == EDQUOT || error == EROFS || error == EIO ||
                       error == EMFILE || error == ENFILE || error == ENOMEM;
  throw StoreError(doing + " " + path.string() + ": " + std::strerror(error), passing);
}

}  // namespace

FileHandle::FileHandle(const std::filesystem::path& path, int flags, unsigned mode)
    : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
  if (descriptor_ < 0) fail("open", path, errno);
}

FileHandle::~FileHandle() { close(); }

void FileHandle::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

void write_all(const FileHandle& file, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void start_writing(const FileHandle& file) {
  ::sync_file_range(file.get(), 0, 0, SYNC_FILE_RANGE_WRITE);
}

void sync(const FileHandle& file, const std::filesystem::path& path) {
  if (::fsync(file.get()) != 0) fail("fsync", path, errno);
}

void sync_directory(const std::filesystem::path& path) {
  sync(FileHandle(path, O_RDONLY | O_DIRECTORY), path);
}

void make_private_directory(const std::filesystem::path& path) {
  if (std::filesystem::is_directory(path)) return;
  const auto parent = std::filesystem::absolute(path).parent_path();
  std::error_code error;
  std::filesystem::create_directories(parent, error);
  if (error) fail("make", parent, error.value());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("make", path, errno);
  sync_directory(parent);
}

void make_private_file(const std::filesystem::path& path) {
  sync(FileHandle(path, O_CREAT | O_RDWR, 0600), path);
  sync_directory(std::filesystem::absolute(path).parent_path());
}

FileLock::FileLock(const std::filesystem::path& path) : file_(path, O_CREAT | O_RDWR, 0600) {
  for (int attempt = 0; ::flock(file_.get(), LOCK_EX | LOCK_NB) != 0; ++attempt) {
    if (errno != EWOULDBLOCK && errno != EINTR) fail("lock", path, errno);
    if (attempt == lock_tries) {
      throw StoreError(path.string() + " is held: another dengjid owns this register", false);
    }
    std::this_thread::sleep_for(lock_pause);
  }
}

}  // namespace dengji
