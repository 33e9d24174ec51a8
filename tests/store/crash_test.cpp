// kill -9 before and after every commit: a restart goes on from there and ends in the same state.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "store/audit.hpp"
#include "store/blobs.hpp"
#include "store/failpoint.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

const std::string raw_mail = "From: li@company.example\r\n\r\nmade up\r\n";

struct Store {
  explicit Store(const std::filesystem::path& state)
      : database(state, Database::Mode::owner), blobs(state / "blobs") {
    blobs.sweep();
    outbox.recover();
  }
  Database database;
  Blobs blobs;
  Register reg{database, test_prefixes};
  Outbox outbox{database};
};

// What a daemon does with one mail, from wherever the last one stopped. Returns how often it
// delivered.
int run(const std::filesystem::path& state) {
  Store store(state);
  Incoming one = mail(1);
  if (!store.reg.has(one.account, one.uidvalidity, one.uid)) {
    one.sha256 = store.blobs.put(raw_mail);
    store.reg.receive(one);
  }
  while (const auto claim = store.reg.claim(noon, 100)) {
    EXPECT_EQ(store.blobs.get(claim->mail.sha256), raw_mail);
    store.reg.settle(settlement(claim->message, {accepted("甲网"), accepted("乙网")}),
                     composing("a@x"));
  }
  int delivered = 0;
  while (const auto reply = store.outbox.next(noon + 100)) {
    EXPECT_EQ(reply->letter.bytes, letter("a@x").bytes);
    ++delivered;
    store.outbox.sent(reply->id, noon + 100);
  }
  return delivered;
}

// Everything but how often it took: attempts, and whether a reply may be a duplicate.
std::string end_state(const std::filesystem::path& state) {
  Store store(state);
  EXPECT_EQ(verify_audit(store.database), std::nullopt);
  std::string all;
  for (const char* sql :
       {"SELECT id, office, account, sha256, state, version, disposition, settled FROM message",
        "SELECT account, uidvalidity, uid, message FROM message_key",
        "SELECT id, message, platform, decision, record, record_version, superseded FROM "
        "submission",
        "SELECT id, number, platform, status, version FROM record",
        "SELECT record, version, submission, status, created FROM record_version",
        "SELECT id, message, kind, version, bytes, message_id, state, finished FROM reply",
        "SELECT id, actor, action, message, detail FROM audit"}) {
    const std::string columns(sql, std::string(sql).find(" FROM"));
    const auto count =
        static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')) + 1;
    for (const auto& row : store.database.query(std::string(sql) + " ORDER BY 1, 2")) {
      for (std::size_t column = 0; column < count; ++column) all += row.text(column) + '|';
      all += '\n';
    }
  }
  return all;
}

// The signal that ended a child which ran with this failpoint, 0 if it came to its end.
int signal_of(const std::filesystem::path& state, const std::string& failpoint_name) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setenv("DENGJI_FAILPOINT", failpoint_name.c_str(), 1);
    run(state);
    ::_exit(0);
  }
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace

class Crash : public testing::TestWithParam<const char*> {};

TEST_P(Crash, ARestartEndsInTheSameState) {
  TemporaryDirectory whole, killed;
  EXPECT_EQ(run(whole.path()), 1);
  EXPECT_EQ(signal_of(killed.path(), GetParam()), SIGKILL);
  const int delivered = run(killed.path());
  EXPECT_EQ(end_state(killed.path()), end_state(whole.path()));
  EXPECT_EQ(delivered, GetParam() == std::string("after-sent-commit") ? 0 : 1);
  EXPECT_EQ(run(killed.path()), 0);  // and once more: nothing is answered again
}

INSTANTIATE_TEST_SUITE_P(EveryCommit, Crash,
                         testing::Values("before-blob-rename", "after-blob-rename",
                                         "before-receive-commit", "after-receive-commit",
                                         "before-claim-commit", "after-claim-commit",
                                         "before-settle-commit", "after-settle-commit",
                                         "before-sending-commit", "after-sending-commit",
                                         "before-sent-commit", "after-sent-commit"),
                         [](const auto& tested) {
                           std::string name = tested.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Failpoint, KillsAtTheHitThatItsNumberNames) {
  const auto hits = [](const char* wanted, int times) {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("DENGJI_FAILPOINT", wanted, 1);
      for (int n = 0; n < times; ++n) failpoint("here");
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  };
  EXPECT_EQ(hits("here", 1), SIGKILL);
  EXPECT_EQ(hits("here:3", 2), 0);
  EXPECT_EQ(hits("here:3", 3), SIGKILL);
  EXPECT_EQ(hits("elsewhere", 5), 0);
  EXPECT_EQ(hits("her", 5), 0);
  EXPECT_EQ(hits("", 5), 0);
}

TEST(RequeueCrash, AKilledRequeueHappenedWhollyOrNotAtAll) {
  for (const bool after : {false, true}) {
    TemporaryDirectory directory;
    run(directory.path());
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("DENGJI_FAILPOINT", after ? "after-requeue-commit" : "before-requeue-commit", 1);
      Database guest(directory.path(), Database::Mode::guest);
      Register(guest, test_prefixes).requeue(1, noon, "wang");
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
    Store store(directory.path());
    EXPECT_EQ(store.reg.ledgers().at(0).pending, after ? 1 : 0);
    EXPECT_EQ(verify_audit(store.database), std::nullopt);
  }
}

}  // namespace dengji
