// For LD_PRELOAD: makes the kill at a failpoint a power cut. kill -9 leaves the system's cache, so
// it cannot show a missing fsync; here each file that the process opened for writing loses, just
// before the kill, what was appended since its last fsync, as after a crash of the machine. With
// POWER_CUT=lie, fsync does nothing: a program that forgets it. Names (renames) and bytes written
// over older ones are taken to survive.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdlib>
#include <map>
#include <mutex>
#include <utility>

namespace {

struct Written {
  int descriptor = -1;  // a duplicate: closing one of SQLite's own would drop its locks
  off_t durable = 0;    // bytes
};
using Inode = std::pair<dev_t, ino_t>;

std::mutex& lock() {
  static std::mutex mutex;
  return mutex;
}
std::map<Inode, Written>& files() {
  static auto* all = new std::map<Inode, Written>;  // outlives other libraries' ends
  return *all;
}

struct stat status_of(int descriptor) {
  struct stat status = {};
  ::fstat(descriptor, &status);
  return status;
}

int noted(int descriptor, int flags) {
  if (descriptor < 0 || (flags & O_ACCMODE) == O_RDONLY) return descriptor;
  const auto status = status_of(descriptor);
  if (!S_ISREG(status.st_mode)) return descriptor;
  const std::lock_guard guard(lock());
  auto& file = files()[{status.st_dev, status.st_ino}];
  if (file.descriptor < 0) file = {::fcntl(descriptor, F_DUPFD_CLOEXEC, 100), status.st_size};
  return descriptor;
}

int durable(int descriptor) {
  static const bool lie = std::getenv("POWER_CUT") != nullptr;
  if (lie) return 0;
  const auto status = status_of(descriptor);
  const std::lock_guard guard(lock());
  const auto file = files().find({status.st_dev, status.st_ino});
  if (file != files().end()) file->second.durable = status.st_size;
  return 0;
}

template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return noted(next<int(const char*, int, ...)>("open")(path, flags, mode), flags);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return noted(next<int(const char*, int, ...)>("open64")(path, flags, mode), flags);
}

int fsync(int descriptor) { return durable(descriptor); }
int fdatasync(int descriptor) { return durable(descriptor); }

int raise(int signal) {
  if (signal == SIGKILL)
    for (const auto& [inode, file] : files())
      if (status_of(file.descriptor).st_size > file.durable)
        (void)!::ftruncate(file.descriptor, file.durable);
  return next<int(int)>("raise")(signal);
}

}  // extern "C"
