// Where letters go out: SMTP over libcurl, or a Maildir (the embedded default). Virtual, as it
// meets the world.
#pragma once
#include <memory>
#include <string>

#include "daemon/config.hpp"
#include "store/outbox.hpp"

namespace dengji {

struct Delivery {
  enum class Outcome { sent, later, refused, uncertain } outcome = Outcome::sent;
  std::string detail;  // the server's words, UTF-8, for log and staff
};

class Postman {
 public:
  virtual ~Postman() = default;
  // Sends the letter's bytes as they are, envelope sender <>; never throws for what the server
  // does.
  virtual Delivery deliver(const Letter&) = 0;
  // From any thread, for the end of the process: a delivery under way ends soon as `later` or, if
  // its bytes were all handed over, as `uncertain`.
  virtual void interrupt() noexcept {}
};

// Throws std::invalid_argument for a configuration that cannot be used.
std::unique_ptr<Postman> open_postman(const PostmanConfig&);

}  // namespace dengji
