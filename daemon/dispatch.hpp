// Sends the letters that the outbox owes, each through its office's postman, with back-off and at
// the rate the configuration allows. Offices that send by the same server and user share a line:
// one letter at a time, one rate, and a pause when the server says "later". Thread-safe.
#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/moment.hpp"
#include "daemon/postman.hpp"
#include "store/outbox.hpp"

namespace dengji {

class Dispatch {
 public:
  using Open = std::function<std::unique_ptr<Postman>(const PostmanConfig&)>;
  Dispatch(const Config&, Outbox&, Open open = open_postman);

  // Sends the next letter that is due, after a wait of at most a minute where its line's rate asks
  // for one; false when none is due, or none whose line is free.
  bool step(Moment now);
  std::size_t lines() const { return lines_.size(); }
  // From any thread, for the end of the process: a wait ends at once, a delivery under way within
  // seconds, and what was not sent is owed as before.
  void interrupt() noexcept;

 private:
  struct Line {
    std::unique_ptr<Postman> postman;
    int per_minute = 1;
    std::chrono::steady_clock::time_point not_before;  // by the rate
    std::int64_t paused_until = 0;                     // by the steady clock
    int laters = 0;                                    // in a row
    bool busy = false;
  };
  struct Job {
    OwedReply reply;
    Line* line;  // busy for it; null: the office is no longer in the configuration
  };
  bool interrupted();
  std::optional<Job> take(Moment now);
  Line* line_of(const std::string& office);
  struct PassedOver {
    std::vector<std::string> unavailable, by_rate;  // offices
  };
  PassedOver passed_over(std::int64_t steady) const;
  bool keep_to_rate(Line&);  // false: interrupted
  void send(const OwedReply&, Line&, std::int64_t now);
  void free(Line&, const Delivery*, std::int64_t steady);
  void record(const OwedReply&, const Delivery&, std::int64_t now);

  const Config& config_;
  Outbox& outbox_;
  Open open_;
  std::mutex lock_;  // guards lines_ and the two below; what is within a busy line is its thread's
  std::condition_variable wake_;
  bool interrupted_ = false;
  int delivering_ = 0;
  std::map<std::string, Line> lines_;  // by server and user
};

}  // namespace dengji
