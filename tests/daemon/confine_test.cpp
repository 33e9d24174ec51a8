// From inside the lock: a forked child tries what it must not be able to do.
#include "daemon/confine.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <functional>
#include <ostream>
#include <string>
#include <thread>

namespace dengji {
namespace {

constexpr int did_it = 0, was_refused = 1;

const Lock& a_lock() {
  static const Lock lock;
  return lock;
}

// Runs `act` behind the lock; its exit status, or 1000 + the signal that ended it.
int confined(const std::function<int()>& act, Confinement most = {}) {
  const Lock& lock = a_lock();
  const pid_t pid = fork();
  if (pid == 0) {
    int in = open("/dev/null", O_RDONLY), out = open("/dev/null", O_WRONLY);
    lock.turn(in, out, most);
    _exit(act());
  }
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

int refused(bool failed) { return failed && errno != 0 ? was_refused : did_it; }

struct Attempt {
  const char* name;
  int (*act)();
};
void PrintTo(const Attempt& attempt, std::ostream* out) { *out << attempt.name; }

class Confined : public testing::TestWithParam<Attempt> {};

// Either the call fails or the child is gone; it never succeeds.
TEST_P(Confined, CannotDoIt) {
  const int outcome = confined(GetParam().act);
  EXPECT_TRUE(outcome == was_refused || outcome == 1000 + SIGSYS) << outcome;
}

INSTANTIATE_TEST_SUITE_P(
    All, Confined,
    testing::Values(
        Attempt{"open", [] { return refused(open("/etc/passwd", O_RDONLY) < 0); }},
        Attempt{"create", [] { return refused(open("/tmp/x", O_CREAT | O_WRONLY, 0600) < 0); }},
        Attempt{"openat", [] { return refused(openat(3, "x", O_RDONLY) < 0); }},
        Attempt{"unlink", [] { return refused(unlink("/tmp/nothing-of-this-name") < 0); }},
        Attempt{"rename", [] { return refused(rename("/tmp/a", "/tmp/b") < 0); }},
        Attempt{"symlink", [] { return refused(symlink("/etc/passwd", "/tmp/link") < 0); }},
        Attempt{"chmod", [] { return refused(chmod("/tmp", 0777) < 0); }},
        Attempt{"socket", [] { return refused(socket(AF_INET, SOCK_STREAM, 0) < 0); }},
        Attempt{"unix socket", [] { return refused(socket(AF_UNIX, SOCK_STREAM, 0) < 0); }},
        Attempt{"socketpair",
                [] {
                  int ends[2];
                  return refused(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0);
                }},
        Attempt{"exec",
                [] {
                  char* const none[] = {nullptr};
                  return refused(execve("/bin/true", none, none) < 0);
                }},
        Attempt{"fork",
                [] {
                  const pid_t pid = fork();
                  if (pid == 0) _exit(0);
                  return refused(pid < 0);
                }},
        Attempt{"ptrace", [] { return refused(ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) < 0); }},
        Attempt{"kill the parent", [] { return refused(kill(getppid(), 0) < 0); }},
        Attempt{"signal another", [] { return refused(syscall(SYS_tgkill, 1, 1, 0) < 0); }},
        Attempt{"io_uring", [] { return refused(syscall(SYS_io_uring_setup, 1, nullptr) < 0); }},
        Attempt{"bpf", [] { return refused(syscall(SYS_bpf, 0, nullptr, 0) < 0); }},
        Attempt{"mount", [] { return refused(syscall(SYS_mount, "", "/", "", 0, "") < 0); }},
        Attempt{"unshare", [] { return refused(syscall(SYS_unshare, 0x10000000) < 0); }},
        Attempt{"memfd", [] { return refused(memfd_create("x", 0) < 0); }},
        Attempt{"process memory",
                [] {
                  return refused(syscall(SYS_process_vm_readv, 1, nullptr, 0, nullptr, 0, 0) < 0);
                }},
        Attempt{"executable memory",
                [] {
                  return refused(mmap(nullptr, 4096, PROT_READ | PROT_EXEC,
                                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED);
                }},
        Attempt{"raise a limit",
                [] {
                  const rlimit more{1 << 20, 1 << 20};
                  return refused(setrlimit(RLIMIT_NOFILE, &more) < 0);
                }}),
    [](const auto& tested) {
      std::string name = tested.param.name;
      for (char& c : name)
        if (c == ' ') c = '_';
      return name;
    });

TEST(Confine, LeavesTheTwoDescriptorsAndNoOther) {
  const int stray = open("/dev/null", O_RDONLY);
  const pid_t pid = fork();
  if (pid == 0) {
    int in = open("/dev/zero", O_RDONLY), out = open("/dev/null", O_WRONLY);
    a_lock().turn(in, out, {});
    char byte = 1;
    const bool read_in = read(in, &byte, 1) == 1 && byte == 0, wrote_out = write(out, "x", 1) == 1;
    int open_ones = 0;
    for (int fd = 0; fd < 64; ++fd) open_ones += lseek(fd, 0, SEEK_CUR) >= 0 || errno != EBADF;
    _exit(read_in && wrote_out && open_ones == 5 ? 0 : 10 + open_ones);
  }
  int status = 0;
  waitpid(pid, &status, 0);
  close(stray);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST(Confine, LetsItComputeAndEndsItsAbort) {
  EXPECT_EQ(confined([] { return std::string(1 << 20, 'x').back() == 'x' ? 7 : 8; }), 7);
  EXPECT_EQ(confined([]() -> int { std::abort(); }), 1000 + SIGSYS) << "it sends itself a signal";
}

TEST(Confine, LetsItHaveThreads) {
  const auto in_a_thread = [] {
    int found = 0;
    std::thread([&found] { found = 7; }).join();
    return found;
  };
  EXPECT_EQ(confined(in_a_thread), 7);
}

TEST(Confine, LetsItConvertCharsets) {
  const auto convert = [] {
    const iconv_t converter = iconv_open("UTF-8", "UTF-16");
    if (converter == iconv_t(-1)) return 8;
    char utf16[] = "\x0b\x7a";  // U+7A0B, little-endian
    std::string utf8(8, '\0');
    char *in = utf16, *out = utf8.data();
    std::size_t in_left = 2, out_left = utf8.size();
    const bool done = iconv(converter, &in, &in_left, &out, &out_left) == 0;
    iconv_close(converter);
    return done && utf8.starts_with("\xE7\xA8\x8B") ? 7 : 8;
  };
  EXPECT_EQ(confined(convert), 7);
}

TEST(Confine, IsNobodyWhereItWasRoot) {
  const int is_root = 2, is_another = 3;
  const int outcome = confined([] { return getuid() == 0 ? is_root : is_another; });
  EXPECT_EQ(outcome, is_another);
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(Confine, KeepsMemoryAndProcessorTimeWithinBounds) {
  const Confinement little{512, std::chrono::seconds(1)};
  EXPECT_EQ(confined([] { return refused(std::malloc(512U << 20) == nullptr); }, little),
            was_refused)
      << "what it has already counts";
  EXPECT_EQ(confined(
                []() -> int {
                  for (;;) (void)getppid();
                },
                little),
            1000 + SIGKILL);
}
#endif

}  // namespace
}  // namespace dengji
