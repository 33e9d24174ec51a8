// dengjid: the daemon. Its main thread only waits for signals and feeds the watchdog.
#include <signal.h>
#include <systemd/sd-daemon.h>

#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>

#include "daemon/arguments.hpp"
#include "daemon/log.hpp"
#include "daemon/service.hpp"

namespace dengji {
namespace {

constexpr const char* usage =
    "Usage: dengjid [--config FILE] [--check-config | --once]\n"
    "Polls the offices' mailboxes, registers what is right, answers every mail.\n"
    "\n"
    "  --config FILE    dengji.toml to use (default: $DENGJI_CONFIG, then "
    "/etc/dengji/dengji.toml)\n"
    "  --check-config   read the configuration, name every mistake with file and line, end\n"
    "  --once           poll every mailbox once, work and answer until nothing waits, end\n"
    "  --help           this text\n"
    "\n"
    "Signals: SIGTERM and SIGINT end it cleanly, SIGHUP reads the configuration anew.\n";

sigset_t handled_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
  return set;
}

// How often the watchdog wants to hear of us, halved; a quiet ten seconds where there is none.
timespec watchdog_period() {
  std::uint64_t micros = 0;
  if (sd_watchdog_enabled(0, &micros) <= 0) return {10, 0};
  micros /= 2;
  return {static_cast<time_t>(micros / 1'000'000), static_cast<long>(micros % 1'000'000) * 1000};
}

// The next of the handled signals; the watchdog is fed meanwhile as long as the service is healthy.
int wait_for_signal(const sigset_t& signals, const Service& service) {
  const auto period = watchdog_period();
  for (;;) {
    const int signal = sigtimedwait(&signals, nullptr, &period);
    if (signal > 0) return signal;
    if (service.healthy()) sd_notify(0, "WATCHDOG=1");
  }
}

// The configuration as it is now, or the one in use where the new one has mistakes.
Config reloaded(const std::filesystem::path& file, const Config& in_use) {
  try {
    return load_config(file);
  } catch (const ConfigError& error) {
    log(Log::error, std::string("the new configuration is not used: ") + error.what());
    return in_use;
  }
}

void serve(Config config) {
  const auto signals = handled_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);  // before the threads, which inherit it
  for (;;) {
    auto service = std::make_unique<Service>(config);
    service->start();
    sd_notify(0, "READY=1");
    log(Log::info, "ready: " + std::to_string(config.offices.size()) + " offices, register in " +
                       config.state.string());
    const int signal = wait_for_signal(signals, *service);
    sd_notify(0, signal == SIGHUP ? "RELOADING=1" : "STOPPING=1");
    service.reset();
    if (signal != SIGHUP) return;
    config = reloaded(config.file, config);
  }
}

int run(const Arguments& arguments) {
  const auto config = load_config(find_config(arguments.value("config")));
  if (arguments.has("check-config")) {
    std::cout << config.file.string() << ": " << config.offices.size() << " offices, no mistakes\n";
  } else if (arguments.has("once")) {
    Service(config).run_once();
  } else {
    serve(config);
  }
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace dengji

int main(int argc, char** argv) {
  using namespace dengji;
  setenv("OMP_THREAD_LIMIT", "1", 1);  // Tesseract's threads cost more than they give
  try {
    const Arguments arguments(argc, argv, {"config"}, {"check-config", "once", "help"});
    if (arguments.has("help")) {
      std::cout << usage;
      return EXIT_SUCCESS;
    }
    return run(arguments);
  } catch (const UsageError& error) {
    std::cerr << "dengjid: " << error.what() << "\n" << usage;
    return 2;
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return EXIT_FAILURE;
  }
}
