// The child that reads hostile bytes, confined (confine.hpp). A nursery process is forked once,
// while this process still has one thread; it loads the models and forks one child a message, so
// that a child starts in a millisecond, holds no lock and no secret of the daemon, and shares the
// models' pages. The bytes go in as a sealed memfd; the answer comes back over a pipe, capped: who
// asked parses it as hostile.
#pragma once
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "daemon/confine.hpp"
#include "daemon/interrupt.hpp"
#include "parsers/limits.hpp"
#include "parsers/result.hpp"

namespace dengji {

inline constexpr std::size_t answer_bytes = 8 * limits::MiB;

struct ReaderLimits {
  std::chrono::seconds wall{120};  // of one message, enforced from outside
  Confinement child = {};
  std::size_t answer = answer_bytes;  // the most a child may say
};

// Why a child gave no answer: `empty` died, `over_limit` too slow or too large.
// None of these says that the mail is at fault: the caller counts attempts.
class ReaderProcess {
 public:
  // What the child runs: hostile bytes in, text out.
  using Job = std::function<std::string(std::string_view raw)>;
  // Called in the nursery, once: loads what all children share. An exception there surfaces here.
  using Prepare = std::function<Job()>;

  ReaderProcess(const Prepare& prepare, ReaderLimits limits);  // throws std::runtime_error
  ~ReaderProcess();
  ReaderProcess(const ReaderProcess&) = delete;
  ReaderProcess& operator=(const ReaderProcess&) = delete;

  // Thread-safe: as many at once as there are callers. Throws std::system_error when this process
  // can make no child (the nursery died, no descriptors): an error of ours, never of the mail.
  Result<std::string> read(std::string_view raw);
  // From any thread, for the end of the process: children are killed, whatever they read.
  void interrupt() noexcept { interrupt_.raise(); }
  bool interrupted() const noexcept { return interrupt_.raised(); }

 private:
  ReaderLimits limits_;
  Interrupt interrupt_;
  int control_ = -1;   // SOCK_SEQPACKET to the nursery
  int nursery_ = -1;   // its process id
  std::mutex asking_;  // one request at a time on control_
};

}  // namespace dengji
