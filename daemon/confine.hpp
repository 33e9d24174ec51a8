// The lock that a reading child turns behind itself before it sees a hostile byte. Afterwards it
// can compute, read what it was handed, write its answer and its standard error, and end: no path
// of any file system (landlock(7)), no socket, no process, no executable memory, nothing
// else of the kernel (seccomp(2)), and only so much memory and processor time.
#pragma once
#include <chrono>
#include <string>

namespace dengji {

struct Confinement {
  int mebibytes = 1024;          // address space, with what the process has by now
  std::chrono::seconds cpu{30};  // processor time from here on
};

class Lock {
 public:
  // In the process that forks the children, while files can be opened: puts the list of calls
  // together, loads glibc's tables of the charsets that libraries ask for (poppler's strings,
  // libxml2's documents) and sets the time zone to UTC, which needs no file. Throws
  // std::runtime_error.
  Lock();

  // In the child. Keeps the two descriptors (they may get other numbers) and standard error, closes
  // all others. Root becomes nobody where it may. Whatever cannot be locked ends the process with
  // status 70: unconfined, nothing is read. Not under sanitizers: address space, whose terabytes
  // they reserve.
  void turn(int& in, int& out, const Confinement&) const;

 private:
  std::string calls_;  // a program of sock_filter, as seccomp(2) takes it
};

}  // namespace dengji
