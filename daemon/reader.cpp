#include "daemon/reader.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace dengji {
namespace {

using Clock = std::chrono::steady_clock;

class Fd {
 public:
  explicit Fd(int fd = -1) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Fd() { close(); }
  void close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
  }
  int get() const { return fd_; }
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

[[noreturn]] void fail(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

// Up to two descriptors ride on a one-byte message.
constexpr std::size_t max_fds = 2;

bool send_fds(int socket, const std::array<int, max_fds>& fds, std::size_t count) {
  char byte = 1;
  iovec data{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * max_fds)> space{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = CMSG_SPACE(sizeof(int) * count);
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int) * count);
  std::memcpy(CMSG_DATA(header), fds.data(), sizeof(int) * count);
  return TEMP_FAILURE_RETRY(sendmsg(socket, &message, MSG_NOSIGNAL)) == 1;
}

// How many descriptors came; -1 at the end of the conversation.
int receive_fds(int socket, std::array<int, max_fds>& fds) {
  char byte = 0;
  iovec data{&byte, 1};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * max_fds)> space{};
  msghdr message{};
  message.msg_iov = &data;
  message.msg_iovlen = 1;
  message.msg_control = space.data();
  message.msg_controllen = space.size();
  if (TEMP_FAILURE_RETRY(recvmsg(socket, &message, MSG_CMSG_CLOEXEC)) != 1) return -1;
  const cmsghdr* header = CMSG_FIRSTHDR(&message);
  if (header == nullptr || header->cmsg_type != SCM_RIGHTS) return 0;
  const auto count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
  std::memcpy(fds.data(), CMSG_DATA(header), std::min(count, max_fds) * sizeof(int));
  return static_cast<int>(std::min(count, max_fds));
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto n = TEMP_FAILURE_RETRY(write(fd, bytes.data(), bytes.size()));
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

[[noreturn]] void child(int mail, int answer, const ReaderProcess::Job& job, const Lock& lock,
                        const ReaderLimits& limits) {
  lock.turn(mail, answer, limits.child);
  const auto size = lseek(mail, 0, SEEK_END);
  const void* bytes =
      size > 0 ? mmap(nullptr, static_cast<std::size_t>(size), PROT_READ, MAP_PRIVATE, mail, 0)
               : "";
  if (size < 0 || bytes == MAP_FAILED) _exit(71);
  std::string text;
  try {
    text = job({static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
  } catch (const std::exception& error) {
    const std::string line = std::string("reader: ") + error.what() + "\n";
    write_all(STDERR_FILENO, line);
    _exit(72);
  }
  // The length goes first, so that the parent can tell a whole answer from a cut one.
  const std::uint64_t length = text.size();
  std::array<char, sizeof length> prefix{};
  std::memcpy(prefix.data(), &length, sizeof length);
  _exit(write_all(answer, {prefix.data(), prefix.size()}) && write_all(answer, text) ? 0 : 73);
}

// All descriptors of the parent are closed but for the standard ones and this, which gets another
// number: the nursery is to hold no file of the register and no other nursery's conversation.
int alone(int control) {
  constexpr int first = STDERR_FILENO + 1;
  if (control != first && dup3(control, first, O_CLOEXEC) != first) _exit(1);
  closefrom(first + 1);
  return first;
}

[[noreturn]] void nursery(int control, const ReaderProcess::Prepare& prepare,
                          const ReaderLimits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  // A terminal's Ctrl-C reaches the whole group; the daemon ends us by closing the socket.
  signal(SIGINT, SIG_IGN);
  signal(SIGTERM, SIG_IGN);
  std::optional<Lock> lock;
  ReaderProcess::Job job;
  std::string trouble;
  try {
    lock.emplace();
    job = prepare();
  } catch (const std::exception& error) {
    trouble = error.what();
  }
  if (!write_all(control, trouble.empty() ? std::string_view("+") : std::string_view(trouble)) ||
      !job) {
    _exit(1);
  }
  std::array<int, max_fds> fds{-1, -1};
  for (int got = 0; (got = receive_fds(control, fds)) >= 0;) {
    if (got != 2) _exit(1);
    const Fd mail(fds[0]), answer(fds[1]);
    // Earlier children are reaped only here: a pidfd can be had of a child that has ended, not of
    // one that is gone.
    while (waitpid(-1, nullptr, WNOHANG) > 0) {
    }
    const pid_t pid = fork();
    if (pid == 0) {
      close(control);
      child(mail.get(), answer.get(), job, *lock, limits);
    }
    const Fd handle(pid > 0 ? static_cast<int>(syscall(SYS_pidfd_open, pid, 0)) : -1);
    const bool told =
        handle.get() >= 0 ? send_fds(control, {handle.get(), -1}, 1) : write_all(control, "!");
    if (!told) _exit(1);
  }
  // Whoever closed the conversation has its answers or killed who was to give them: none runs on,
  // and what each cost is counted with its parents.
  while (waitpid(-1, nullptr, 0) > 0) {
  }
  _exit(0);
}

Fd sealed(std::string_view raw) {
  Fd file(memfd_create("mail", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() < 0 || !write_all(file.get(), raw)) fail("memfd");
  if (fcntl(file.get(), F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0)
    fail("sealing the mail");
  return file;
}

// All bytes until the end or the deadline; the flag says that it ended in time, within the cap and
// uninterrupted.
std::pair<std::string, bool> drain(int fd, Clock::time_point deadline, std::size_t most,
                                   const Interrupt& interrupt) {
  std::string bytes;
  std::array<char, 65536> piece{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0 || interrupt.raised()) return {std::move(bytes), false};
    std::array<pollfd, 2> ready{{{fd, POLLIN, 0}, {interrupt.descriptor(), POLLIN, 0}}};
    const int n = poll(ready.data(), ready.size(), static_cast<int>(left.count()));
    if (n < 0 && errno != EINTR) fail("waiting for the reader");
    if (n <= 0 || ready[0].revents == 0) continue;
    const auto got = TEMP_FAILURE_RETRY(read(fd, piece.data(), piece.size()));
    if (got < 0) fail("listening to the reader");
    if (got == 0) return {std::move(bytes), true};
    if (bytes.size() + static_cast<std::size_t>(got) > most) return {std::move(bytes), false};
    bytes.append(piece.data(), static_cast<std::size_t>(got));
  }
}

}  // namespace

ReaderProcess::ReaderProcess(const Prepare& prepare, ReaderLimits limits) : limits_(limits) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) fail("socketpair");
  Fd ours(ends[0]), theirs(ends[1]);
  const pid_t pid = fork();
  if (pid < 0) fail("fork");
  if (pid == 0) {
    nursery(alone(theirs.release()), prepare, limits_);
  }
  theirs.close();
  std::array<char, 1024> word{};
  const auto n = TEMP_FAILURE_RETRY(recv(ours.get(), word.data(), word.size(), 0));
  if (n <= 0) throw std::runtime_error("the reading process ended before it was ready");
  if (const std::string_view said(word.data(), static_cast<std::size_t>(n)); said != "+") {
    waitpid(pid, nullptr, 0);
    throw std::runtime_error("the reading process could not start: " + std::string(said));
  }
  control_ = ours.release();
  nursery_ = pid;
}

ReaderProcess::~ReaderProcess() {
  ::close(control_);  // the nursery's loop ends
  waitpid(nursery_, nullptr, 0);
}

Result<std::string> ReaderProcess::read(std::string_view raw) {
  const Fd mail = sealed(raw);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
  Fd answer(ends[0]), theirs(ends[1]);
  std::array<int, max_fds> fds{-1, -1};
  {
    const std::lock_guard lock(asking_);
    if (!send_fds(control_, {mail.get(), theirs.get()}, 2)) fail("asking the reading process");
    if (receive_fds(control_, fds) != 1) {
      errno = EAGAIN;
      fail("the reading process could not make a child");
    }
  }
  const Fd handle(fds[0]);
  theirs.close();
  auto [bytes, whole] = drain(answer.get(), Clock::now() + limits_.wall,
                              limits_.answer + sizeof(std::uint64_t), interrupt_);
  if (!whole) {
    syscall(SYS_pidfd_send_signal, handle.get(), SIGKILL, nullptr, 0);
    return Unreadable{Why::over_limit,
                      interrupted() ? "interrupted" : "reading took too long or answered too much"};
  }
  std::uint64_t length = 0;
  if (bytes.size() >= sizeof length) std::memcpy(&length, bytes.data(), sizeof length);
  if (bytes.size() < sizeof length || bytes.size() - sizeof length != length)
    return Unreadable{Why::empty, "the reading child died"};
  bytes.erase(0, sizeof length);
  return std::move(bytes);
}

}  // namespace dengji
