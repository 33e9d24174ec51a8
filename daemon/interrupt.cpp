#include "daemon/interrupt.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace dengji {

Interrupt::Interrupt() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Interrupt::~Interrupt() { close(descriptor_); }

void Interrupt::raise() noexcept {
  raised_ = true;
  eventfd_write(descriptor_, 1);
}

}  // namespace dengji
