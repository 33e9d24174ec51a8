// Sends the letters that the outbox owes, each through its office's postman, with back-off and at
// the rate the configuration allows. One thread.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "daemon/config.hpp"
#include "daemon/postman.hpp"
#include "store/outbox.hpp"

namespace dengji {

class Dispatch {
 public:
  using Open = std::function<std::unique_ptr<Postman>(const PostmanConfig&)>;
  Dispatch(const Config&, Outbox&, Open open = open_postman);

  // Sends the next letter that is due, after a wait of at most a minute where its office's rate
  // asks for one; false when none is due.
  bool step(std::int64_t now);
  // From any thread, for the end of the process: a wait ends at once, a delivery under way within
  // seconds, and what was not sent is owed as before.
  void interrupt() noexcept;

 private:
  bool interrupted();
  Postman& postman_of(const OfficeConfig& office);
  bool keep_to_rate(const OfficeConfig&);  // false: interrupted; true: delivering_ is set
  Delivery deliver(const OfficeConfig&, const Letter&);
  void record(const OwedReply&, const Delivery&, std::int64_t now);

  const Config& config_;
  Outbox& outbox_;
  Open open_;
  std::mutex lock_;  // guards postmen_ and the two below
  std::condition_variable wake_;
  bool interrupted_ = false, delivering_ = false;
  std::map<std::string, std::unique_ptr<Postman>> postmen_;
  std::map<std::string, std::chrono::steady_clock::time_point> not_before_;  // by office
};

}  // namespace dengji
