// Takes the mail of IMAP mailboxes in as the daemon does (blobs, register, marks on the server),
// and tells what it took: one JSON object a round on standard output. For fetch.py and
// mailboxes.py.
//
//   fetch_mail STATE CA_FILE PASSWORD_FILE URL THREADS ROUNDS USER...
#include <sys/resource.h>

#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <thread>

#include "daemon/poller.hpp"
#include "store/database.hpp"

namespace dengji {
namespace {

struct Job {
  std::filesystem::path state, ca_file, password_file;
  std::string url;
  int threads = 1, rounds = 1;
  std::vector<std::string> users;
};

Config config_of(const Job& job) {
  Config config;
  config.state = job.state;
  config.min_free_mebibytes = 0;
  OfficeConfig& office = config.offices.emplace_back();
  office.id = "office";
  for (const std::string& user : job.users) {
    MailboxConfig& mailbox = office.mailboxes.emplace_back();
    mailbox.id = user;
    mailbox.url = job.url;
    mailbox.user = user;
    mailbox.password_file = job.password_file;
    mailbox.ca_file = job.ca_file;
  }
  return config;
}

double processor_seconds() {
  rusage use = {};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

// getrusage(2) would tell of the program that started this one, if it was larger.
long peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  return 0;
}

void poll_all(Poller& poller, int threads) {
  std::vector<std::jthread> pool;
  for (int i = 0; i < threads; ++i)
    pool.emplace_back([&poller] {
      while (poller.step(Moment::now())) {
      }
    });
}

nlohmann::json told(Register& records, double seconds, double processor) {
  std::int64_t mails = 0;
  int failed = 0;
  for (const Ledger& ledger : records.ledgers()) {
    mails += ledger.seen;
    failed += ledger.last_error.empty() ? 0 : 1;
  }
  return {{"mails", mails},
          {"failed", failed},
          {"seconds", seconds},
          {"processor", processor},
          {"peak_kib", peak_kib()}};
}

void run(const Job& job) {
  const Config config = config_of(job);
  Database database(config.state, Database::Mode::owner);
  Register records(database, {{"office", "OF"}});
  Blobs blobs(config.state / "blobs");
  Poller poller(config, records, blobs);
  for (int round = 0; round < job.rounds; ++round) {
    poller.poll_all_now();
    const auto start = std::chrono::steady_clock::now();
    const double before = processor_seconds();
    poll_all(poller, job.threads);
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start;
    std::cout << told(records, spent.count(), processor_seconds() - before) << std::endl;
  }
}

}  // namespace
}  // namespace dengji

int main(int count, char** words) {
  if (count < 8) {
    std::cerr << "usage: fetch_mail STATE CA_FILE PASSWORD_FILE URL THREADS ROUNDS USER...\n";
    return 2;
  }
  dengji::run({words[1],
               words[2],
               words[3],
               words[4],
               std::stoi(words[5]),
               std::stoi(words[6]),
               {words + 7, words + count}});
  return 0;
}
