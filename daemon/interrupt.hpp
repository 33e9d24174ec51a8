// Wakes whoever waits on the network, from any thread: the end of the process need not wait for a
// server. Once raised it stays raised.
#pragma once
#include <atomic>

namespace dengji {

class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  void raise() noexcept;
  bool raised() const noexcept { return raised_; }
  int descriptor() const { return descriptor_; }  // readable once raised: for poll(2)

 private:
  std::atomic<bool> raised_ = false;
  int descriptor_;
};

}  // namespace dengji
