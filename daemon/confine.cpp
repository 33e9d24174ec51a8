#include "daemon/confine.hpp"

#include <fcntl.h>
#include <grp.h>
#include <iconv.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>

namespace dengji {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
constexpr rlim_t sanitizers_slowness = 10;

constexpr int unconfined = 70;

void must(bool done) {
  if (!done) _exit(unconfined);
}

// ---- descriptors and identity

// `in` and `out` get numbers that nothing has: a library that opened a file before the fork, as
// Tesseract its log, goes on to write to that number, and must not write into the answer.
void keep_only(int& in, int& out) {
  const int kept_in = fcntl(in, F_DUPFD, STDERR_FILENO + 1);
  const int kept_out = fcntl(out, F_DUPFD, STDERR_FILENO + 1);
  must(kept_in >= 0 && kept_out >= 0);
  const int last = std::max(kept_in, kept_out);
  for (int fd = STDERR_FILENO + 1; fd < last; ++fd)
    if (fd != kept_in && fd != kept_out) close(fd);
  closefrom(last + 1);  // falls back on /proc where the call is not there, and aborts if that fails
  in = kept_in;
  out = kept_out;
}

// A root who may not (without the capability, or with nobody else in its user namespace) is none.
void become_nobody() {
  constexpr unsigned nobody = 65534;
  if (geteuid() != 0) return;
  const bool became = setgroups(0, nullptr) == 0 && setresgid(nobody, nobody, nobody) == 0 &&
                      setresuid(nobody, nobody, nobody) == 0;
  must(became || errno == EPERM || errno == EINVAL);
}

// ---- Landlock: a ruleset that handles every access and allows none

void forbid_paths() {
  const auto version =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  // Kernels without it, and containers that hide it: the calls are refused below all the same.
  if (version < 1) return;
  landlock_ruleset_attr every{};
  every.handled_access_fs = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // the rights of version 1
  const auto rules =
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &every, sizeof every, 0U));
  must(rules >= 0);
  must(syscall(SYS_landlock_restrict_self, rules, 0U) == 0);
  close(rules);
}

// ---- limits

void limit(__rlimit_resource what, rlim_t most) {
  const rlimit value{most, most};
  must(setrlimit(what, &value) == 0);
}

void limit_resources(const Confinement& most) {
  if (!sanitized) limit(RLIMIT_AS, static_cast<rlim_t>(most.mebibytes) << 20);
  limit(RLIMIT_CPU, static_cast<rlim_t>(most.cpu.count()) * (sanitized ? sanitizers_slowness : 1));
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  signal(SIGXFSZ, SIG_IGN);  // a library's word on a stderr that is a file is lost, not fatal
  // What is open stays; after Landlock, which needs one. UBSan tries addresses on a pipe.
  limit(RLIMIT_NOFILE, sanitized ? 7 : 5);
}

// ---- seccomp

constexpr std::array allowed{SCMP_SYS(read),
                             SCMP_SYS(readv),
                             SCMP_SYS(pread64),
                             SCMP_SYS(write),
                             SCMP_SYS(writev),
                             SCMP_SYS(lseek),
                             SCMP_SYS(close),
                             SCMP_SYS(fstat),
                             SCMP_SYS(munmap),
                             SCMP_SYS(mremap),
                             SCMP_SYS(brk),
                             SCMP_SYS(madvise),
                             SCMP_SYS(futex),
                             SCMP_SYS(rt_sigaction),
                             SCMP_SYS(rt_sigprocmask),
                             SCMP_SYS(rt_sigreturn),
                             SCMP_SYS(sigaltstack),
                             SCMP_SYS(clock_gettime),
                             SCMP_SYS(clock_getres),
                             SCMP_SYS(gettimeofday),
                             SCMP_SYS(time),
                             SCMP_SYS(getrandom),
                             SCMP_SYS(getpid),
                             SCMP_SYS(getppid),
                             SCMP_SYS(gettid),
                             SCMP_SYS(getuid),
                             SCMP_SYS(geteuid),
                             SCMP_SYS(getrusage),
                             SCMP_SYS(sched_yield),
                             SCMP_SYS(sched_getaffinity),
                             SCMP_SYS(restart_syscall),
                             SCMP_SYS(exit),
                             SCMP_SYS(exit_group),
                             SCMP_SYS(clock_nanosleep),
                             SCMP_SYS(nanosleep),
                             SCMP_SYS(sysinfo),
                             SCMP_SYS(uname),
                             SCMP_SYS(set_robust_list),
                             SCMP_SYS(rseq)};

// What libraries try by themselves (a font, a table of a charset, a thread, whether standard error
// is a terminal) and live without: told no. Everything else ends the process.
constexpr std::array refused{SCMP_SYS(open),       SCMP_SYS(openat),     SCMP_SYS(access),
                             SCMP_SYS(faccessat),  SCMP_SYS(faccessat2), SCMP_SYS(stat),
                             SCMP_SYS(lstat),      SCMP_SYS(statx),      SCMP_SYS(readlink),
                             SCMP_SYS(readlinkat), SCMP_SYS(getcwd),     SCMP_SYS(ioctl),
                             SCMP_SYS(fcntl),      SCMP_SYS(prlimit64),  SCMP_SYS(socket),
                             SCMP_SYS(connect),    SCMP_SYS(mkdir),      SCMP_SYS(unlink)};

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS)) {
    if (context_ == nullptr) throw std::runtime_error("libseccomp has no filter to start from");
  }
  ~Filter() { seccomp_release(context_); }
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;

  template <class... Conditions>
  void rule(std::uint32_t action, int call, Conditions... conditions) {
    if (seccomp_rule_add(context_, action, call, sizeof...(conditions), conditions...) != 0)
      throw std::runtime_error("libseccomp refuses the rule for call " + std::to_string(call));
  }

  // The program that the kernel runs before each call.
  std::string program() const {
    const int file = memfd_create("calls", MFD_CLOEXEC);
    std::string bytes;
    if (file >= 0 && seccomp_export_bpf(context_, file) == 0) {
      bytes.resize(static_cast<std::size_t>(lseek(file, 0, SEEK_END)));
      if (pread(file, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        bytes.clear();
    }
    close(file);
    if (bytes.empty()) throw std::runtime_error("libseccomp gives no program");
    return bytes;
  }

 private:
  scmp_filter_ctx context_;
};

void add_memory(Filter& filter) {
  const auto without_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  const auto with_exec = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC);
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    filter.rule(SCMP_ACT_ALLOW, call, without_exec);
    filter.rule(SCMP_ACT_ERRNO(EPERM), call, with_exec);
  }
}

// fstat(3) is newfstatat with an empty path; with any other it would look a file up.
void add_fstat(Filter& filter) {
  const auto by_descriptor = SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH);
  const auto by_path = SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0);
  filter.rule(SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), by_descriptor);
  filter.rule(SCMP_ACT_ERRNO(EPERM), SCMP_SYS(newfstatat), by_path);
}

// Threads, since libde265 decodes in one; a process is none. The flags of clone3 cannot be seen by
// a filter: glibc takes clone where the other is not there.
void add_threads(Filter& filter) {
  const auto thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
  filter.rule(SCMP_ACT_ALLOW, SCMP_SYS(clone), thread);
  filter.rule(SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3));
}

std::string list_of_calls() {
  Filter filter;
  for (const int call : allowed) filter.rule(SCMP_ACT_ALLOW, call);
  for (const int call : refused) filter.rule(SCMP_ACT_ERRNO(EPERM), call);
  if (sanitized) filter.rule(SCMP_ACT_ALLOW, SCMP_SYS(pipe2));
  add_memory(filter);
  add_fstat(filter);
  add_threads(filter);
  return filter.program();
}

void forbid_calls(std::string program) {
  const sock_fprog bpf{static_cast<unsigned short>(program.size() / sizeof(sock_filter)),
                       reinterpret_cast<sock_filter*>(program.data())};
  must(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &bpf) == 0);
}

void load_locale_data() {
  setenv("TZ", "UTC0", 1);
  constexpr std::array charsets{"UTF-16", "UTF-16LE",     "GB18030", "GBK",  "GB2312",
                                "BIG5",   "WINDOWS-1252", "UTF-32",  "UCS-2"};
  for (const auto* charset : charsets) {
    // Never closed: glibc drops the table of a charset that nobody uses.
    (void)iconv_open("UTF-8", charset);
    (void)iconv_open(charset, "UTF-8");
  }
}

}  // namespace

Lock::Lock() : calls_(list_of_calls()) { load_locale_data(); }

void Lock::turn(int& in, int& out, const Confinement& most) const {
  keep_only(in, out);
  become_nobody();
  must(prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
       prctl(PR_SET_DUMPABLE, 0) == 0);
  forbid_paths();
  limit_resources(most);
  forbid_calls(calls_);
}

}  // namespace dengji
