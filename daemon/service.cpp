#include "daemon/service.hpp"

#include <algorithm>
#include <chrono>
#include <future>

#include "daemon/keys.hpp"
#include "daemon/log.hpp"
#include "daemon/page_render.hpp"
#include "daemon/registering.hpp"
#include "store/database.hpp"
#include "store/search.hpp"

namespace dengji {
namespace {

constexpr auto between_looks = std::chrono::seconds(1);
constexpr std::int64_t silent_for =
    900;  // a thread that does not come round for so long is stuck: a letter may take 600 s
constexpr std::size_t most_pollers =
    8;  // at once; they wait on servers rather than on the processor
constexpr std::size_t most_postmen = 4;  // so that one stalled server holds up its own letters only

std::size_t workers_of(const Config& config) {
  return config.workers > 0 ? static_cast<std::size_t>(config.workers)
                            : std::max(1U, std::thread::hardware_concurrency());
}

// Calls step until it has nothing to do, from `threads` threads at once. What it throws ends its
// thread and is thrown here once all have ended.
template <class Step>
void exhaust(std::size_t threads, const Step& step) {
  std::vector<std::future<void>> pool;
  for (std::size_t i = 0; i < threads; ++i)
    pool.push_back(std::async(std::launch::async, [&step] {
      while (step()) {
      }
    }));
  for (auto& thread : pool) thread.wait();
  for (auto& thread : pool) thread.get();
}

}  // namespace

// Repeats a step while it has work, and looks again after a second when it has none. A step that
// throws (disk, database) is told and tried again later: what it was about stays as the last commit
// left it.
class Service::Loop {
 public:
  Loop(std::string name, std::function<bool(Moment)> step)
      : name_(std::move(name)),
        step_(std::move(step)),
        thread_([this](const std::stop_token& stop) { run(stop); }) {}

  bool healthy() const { return Moment::now().steady - round_.load() < silent_for; }
  void request_stop() { thread_.request_stop(); }

 private:
  void run(const std::stop_token& stop) {
    std::mutex waiting;
    while (!stop.stop_requested()) {
      round_ = Moment::now().steady;
      if (once()) continue;
      std::unique_lock guard(waiting);
      std::condition_variable_any().wait_for(guard, stop, between_looks, [] { return false; });
    }
  }
  bool once() {
    try {
      return step_(Moment::now());
    } catch (const std::exception& error) {
      log(Log::error, name_ + ": " + error.what());
      return false;
    }
  }

  std::string name_;
  std::function<bool(Moment)> step_;
  std::atomic<std::int64_t> round_{Moment::now().steady};
  std::jthread thread_;  // last: it uses all of the above
};

Service::Service(Config config)
    : config_(std::move(config)),
      reader_(std::make_unique<ReaderProcess>(mail_reader(config_), reader_limits(config_))),
      pages_(std::make_unique<ReaderProcess>(page_renderer(), reader_limits(config_))),
      database_(
          std::make_unique<Database>(config_.state, Database::Mode::owner, keyring_of(config_))),
      records_(*database_, prefixes_of(config_)),
      outbox_(*database_),
      blobs_(config_.state / "blobs", database_->keys()),
      intake_({config_, records_, outbox_, blobs_, *reader_, database_->secret("message-id")}),
      poller_(config_, records_, blobs_),
      casework_(config_, *database_, records_, database_->secret("message-id")),
      dispatch_(config_, outbox_) {
  blobs_.sweep();
  index_missing(*database_);
  if (const int again = outbox_.recover(); again > 0)
    log(Log::warning,
        std::to_string(again) + " letters were being sent when the process ended and go out again");
}

Service::~Service() { stop(); }

void Service::start() {
  const auto pollers = std::min(most_pollers, std::max<std::size_t>(1, poller_.mailboxes()));
  for (std::size_t i = 0; i < pollers; ++i)
    loops_.push_back(
        std::make_unique<Loop>("poll", [this](Moment now) { return poller_.step(now); }));
  for (std::size_t i = 0; i < workers_of(config_); ++i)
    loops_.push_back(
        std::make_unique<Loop>("intake", [this](Moment now) { return intake_.step(now); }));
  start_desk();
  loops_.push_back(std::make_unique<Loop>("casework", [this](Moment now) {
    casework_.remind(now);
    return casework_.step(now.wall);
  }));
  for (std::size_t i = 0; i < std::min(most_postmen, dispatch_.lines()); ++i)
    loops_.push_back(
        std::make_unique<Loop>("post", [this](Moment now) { return dispatch_.step(now); }));
}

void Service::start_desk() {
  if (config_.desk.host.empty()) return;
  desk_ = std::make_unique<Desk>(config_, blobs_, *pages_);
  desk_server_ = std::make_unique<DeskServer>(config_.desk, *desk_);
  log(Log::info, std::string("desk: ") +
                     (config_.desk.certificate.empty() ? "http://" : "https://") +
                     config_.desk.host + ":" + std::to_string(desk_server_->port()) + "/");
}

void Service::stop() {
  for (auto& loop : loops_) loop->request_stop();
  poller_.interrupt();
  reader_->interrupt();
  pages_->interrupt();
  desk_server_.reset();
  dispatch_.interrupt();  // last: it waits for a letter
  loops_.clear();
}

void Service::run_once() {
  poller_.poll_all_now();
  exhaust(std::min(most_pollers, poller_.mailboxes()),
          [this] { return poller_.step(Moment::now()); });
  exhaust(workers_of(config_), [this] { return intake_.step(Moment::now()); });
  while (casework_.step(Moment::now().wall)) {
  }
  casework_.remind(Moment::now());
  while (dispatch_.step(Moment::now())) {
  }
}

bool Service::healthy() const {
  return std::all_of(loops_.begin(), loops_.end(),
                     [](const auto& loop) { return loop->healthy(); });
}

}  // namespace dengji
