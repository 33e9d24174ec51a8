// Files that must survive: descriptors closed by themselves, whole writes, fsync, private modes and
// the lock by which one daemon owns a register. Errors: StoreError with the path and the system's
// words.
#pragma once
#include <filesystem>
#include <string_view>
#include <utility>

namespace dengji {

class FileHandle {
 public:
  FileHandle(const std::filesystem::path&, int flags, unsigned mode = 0);  // open(2), close-on-exec
  ~FileHandle();
  FileHandle(FileHandle&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  FileHandle& operator=(FileHandle&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  int get() const { return descriptor_; }
  void close();

 private:
  int descriptor_;
};

void write_all(const FileHandle&, std::string_view bytes, const std::filesystem::path& for_errors);
// The disk may begin with what is written so far; nothing waits, nothing is promised.
void start_writing(const FileHandle&);
void sync(const FileHandle&, const std::filesystem::path& for_errors);
void sync_directory(const std::filesystem::path&);

void make_private_directory(const std::filesystem::path&);  // 0700, with its parents; kept if there
void make_private_file(const std::filesystem::path&);       // 0600, empty; kept if there

// An exclusive flock(2) on a file, held as long as this lives. Waits some seconds for an owner that
// is just ending (its forked children hold the lock until they are gone), then throws.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path&);

 private:
  FileHandle file_;
};

}  // namespace dengji
