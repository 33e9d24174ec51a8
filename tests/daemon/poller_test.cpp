// Polling against a mailbox in memory that fails when told to: what is committed, marked, and left
// for later.
#include "daemon/poller.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;

struct FakeServer {
  struct Mail {
    std::string uid, bytes;
    std::int64_t received = test::received;
    bool marked = false;
  };
  std::vector<Mail> mails;
  std::string uidvalidity = "7";
  std::string refuse_login;      // an error's text: every connection ends with it
  std::size_t cut_after = 1000;  // pieces of mail delivered before the connection drops
  std::string complaint;         // what every fetch complains of
  int opened = 0;
  bool tells = false;   // as a server with IDLE
  int telling[2] = {};  // a pipe; what it says
  FakeServer() { EXPECT_EQ(pipe2(telling, O_NONBLOCK | O_CLOEXEC), 0); }
  ~FakeServer() {
    for (const int end : telling) close(end);
  }
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;
  void tell(const std::string& what = "EXISTS") const {
    EXPECT_EQ(write(telling[1], what.data(), what.size()), static_cast<ssize_t>(what.size()));
  }
};

class FakeMailbox : public Mailbox {
 public:
  explicit FakeMailbox(FakeServer& server) : server_(server) {
    ++server.opened;
    if (!server.refuse_login.empty()) throw MailboxError(server.refuse_login, false);
  }
  std::vector<MailItem> list(const IsKnown& known) override {
    std::vector<MailItem> items;
    for (const auto& mail : server_.mails)
      if (!known(server_.uidvalidity, mail.uid))
        items.push_back({server_.uidvalidity, mail.uid,
                         static_cast<std::int64_t>(mail.bytes.size()), mail.received});
    return items;
  }
  void fetch(const std::vector<MailItem>& items, const Sink& sink) override {
    for (const auto& item : items)
      for (auto& mail : server_.mails)
        if (mail.uid == item.uid) deliver(item, mail, sink);
    if (!server_.complaint.empty()) complain(server_.complaint);
  }
  std::optional<int> start_waiting() override {
    if (server_.tells) return server_.telling[0];
    return {};
  }
  bool has_news() override {
    char said[64];
    return read(server_.telling[0], said, sizeof said) > 1;
  }

 private:
  void deliver(const MailItem& item, FakeServer::Mail& mail, const Sink& sink) {
    if (mail.bytes == "gone") return sink.not_given(item);
    sink.begin(item);
    for (const char c : mail.bytes) {
      if (server_.cut_after-- == 0) throw MailboxError("the connection dropped", true);
      sink.piece({&c, 1});
    }
    sink.done(item);
    sink.keep();
    mail.marked = true;
  }
  FakeServer& server_;
};

class PollerTest : public ::testing::Test {
 protected:
  PollerTest() {
    config_.state = dir_.path();
    config_.min_free_mebibytes = 0;
    config_.offices.resize(1);
    for (auto& office : config_.offices) {
      office.id = "shuangqing";
      office.mailboxes.resize(1);
      office.mailboxes[0].id = "shuangqing";
      office.mailboxes[0].poll_seconds = 60;
    }
  }
  // One poll, as a daemon just started would make it.
  void poll() {
    Poller poller(config_, records_, blobs_,
                  [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
    EXPECT_TRUE(poller.step(at(now_)));
    EXPECT_FALSE(poller.step(at(now_))) << "due again at once";
  }
  Ledger ledger() { return records_.ledgers().at(0); }

  TempDir dir_;
  Config config_ = shipped_config();
  Database database_{dir_.path() / "state", Database::Mode::owner};
  Register records_{database_, {{"shuangqing", "SQ"}}};
  Blobs blobs_{dir_.path() / "blobs"};
  FakeServer server_;
  std::int64_t now_ = received + 60;
};

TEST_F(PollerTest, TakesInWhatIsNewOnce) {
  server_.mails = {{"1", "one"}, {"2", "two"}};
  poll();
  poll();
  EXPECT_EQ(ledger().seen, 2);
  EXPECT_EQ(ledger().last_poll, now_);
  EXPECT_TRUE(server_.mails[0].marked && server_.mails[1].marked);
  EXPECT_EQ(blobs_.get(records_.claim(now_, 60)->mail.sha256), "one");
}

TEST_F(PollerTest, KnowsTheSameMailUnderANewUidvalidity) {
  server_.mails = {{"1", "one"}};
  poll();
  server_.uidvalidity = "8";
  poll();
  EXPECT_EQ(ledger().seen, 1);
}

TEST_F(PollerTest, LosesAndHalvesNothingWhenTheConnectionDrops) {
  server_.mails = {{"1", "one"}, {"2", "two"}};
  server_.cut_after = 4;
  poll();
  EXPECT_EQ(ledger().seen, 1);
  EXPECT_EQ(ledger().last_error, "the connection dropped");
  EXPECT_EQ(ledger().waiting, 1) << "on the server still";
  EXPECT_FALSE(server_.mails[1].marked);
  server_.cut_after = 1000;
  now_ += 3600;
  poll();
  EXPECT_EQ(ledger().seen, 2);
  EXPECT_EQ(ledger().last_error, "");
}

TEST_F(PollerTest, BacksOffFromAMailboxThatFails) {
  server_.refuse_login = "wrong password";
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  EXPECT_TRUE(poller.step(at(now_)));
  EXPECT_FALSE(poller.step(at(now_ + 60)));
  EXPECT_TRUE(poller.step(at(now_ + 120)));
  EXPECT_FALSE(poller.step(at(now_ + 120 + 120)));
  EXPECT_TRUE(poller.step(at(now_ + 120 + 240)));
  EXPECT_EQ(ledger().last_error, "wrong password");
}

TEST_F(PollerTest, PollsAtItsPaceWhenTheClockIsSetBack) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  EXPECT_TRUE(poller.step({now_, 1000}));
  EXPECT_FALSE(poller.step({now_ - 86'400, 1059}));
  EXPECT_TRUE(poller.step({now_ - 86'400, 1060}));
  EXPECT_EQ(ledger().last_poll, now_ - 86'400);
}

TEST_F(PollerTest, KeepsTheMailboxOpenAndPassesItsComplaintsOn) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  server_.complaint = "mail 1 could not be moved";
  EXPECT_TRUE(poller.step(at(now_)));
  EXPECT_EQ(ledger().last_error, "mail 1 could not be moved");
  server_.complaint.clear();
  EXPECT_TRUE(poller.step(at(now_ + 60))) << "no reason to back off";
  EXPECT_EQ(ledger().last_error, "");
  EXPECT_EQ(server_.opened, 1);
}

TEST_F(PollerTest, LeavesAMailThatIsNotGivenAndGoesOn) {
  server_.mails = {{"1", "gone"}, {"2", "two"}};
  poll();
  poll();
  EXPECT_EQ(ledger().seen, 2);
  EXPECT_EQ(ledger().ignored, 1);
  EXPECT_FALSE(server_.mails[0].marked);
  EXPECT_NE(records_.show("M1")->find("not-given"), std::string::npos) << *records_.show("M1");
}

TEST_F(PollerTest, PollsWhenTheServerTellsAndAfterTenMinutesAllTheSame) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  server_.tells = true;
  EXPECT_TRUE(poller.step(at(now_)));
  EXPECT_FALSE(poller.step(at(now_ + 599))) << "nothing was told";
  server_.mails = {{"1", "one"}};
  server_.tell();
  EXPECT_TRUE(poller.step(at(now_ + 1)));
  EXPECT_EQ(ledger().seen, 1);
  EXPECT_FALSE(poller.step(at(now_ + 600))) << "it waits anew";
  EXPECT_TRUE(poller.step(at(now_ + 601)));
}

TEST_F(PollerTest, DoesNotPollForASignOfLife) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  server_.tells = true;
  EXPECT_TRUE(poller.step(at(now_)));
  server_.mails = {{"1", "one"}};
  server_.tell(".");
  EXPECT_TRUE(poller.step(at(now_ + 1)));
  EXPECT_EQ(ledger().seen, 0);
  EXPECT_FALSE(poller.step(at(now_ + 2)));
  EXPECT_TRUE(poller.step(at(now_ + 600))) << "as if nothing had been said";
}

TEST_F(PollerTest, PollsAsConfiguredWhereTheServerBreaksItsPromiseToTell) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  server_.tells = true;
  EXPECT_TRUE(poller.step(at(now_)));
  for (int i = 1; i <= 3; ++i) {
    server_.mails.push_back({std::to_string(i), "mail"});
    EXPECT_TRUE(poller.step(at(now_ += 600)));
  }
  EXPECT_FALSE(poller.step(at(now_ + 59)));
  EXPECT_TRUE(poller.step(at(now_ + 60)));
}

TEST_F(PollerTest, SetsABacklogAside) {
  config_.offices[0].mailboxes[0].skip_before = "2018-08-13";
  server_.mails = {{"1", "old", received - 30 * 86400}, {"2", "new"}};
  poll();
  EXPECT_EQ(ledger().seen, 2);
  EXPECT_EQ(ledger().ignored, 1);
  EXPECT_EQ(ledger().pending, 1);
  EXPECT_EQ(ledger().waiting, 0);
}

TEST_F(PollerTest, GoesOnOnceTheDiskTakesSomethingAgain) {
  server_.mails = {{"1", "one"}};
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  database_.execute("PRAGMA query_only = ON");
  EXPECT_TRUE(poller.step(at(now_)));
  EXPECT_FALSE(server_.mails[0].marked) << "marked before it was in the register";
  EXPECT_TRUE(records_.ledgers().empty()) << "reads work";
  database_.execute("PRAGMA query_only = OFF");
  EXPECT_TRUE(poller.step(at(now_ + 2 * 60)));
  EXPECT_TRUE(server_.mails[0].marked);
  EXPECT_EQ(ledger().seen, 1);
}

TEST_F(PollerTest, TakesNothingInWhenTheDiskIsNearlyFull) {
  config_.min_free_mebibytes = std::int64_t{1} << 40;
  server_.mails = {{"1", "one"}};
  poll();
  EXPECT_EQ(ledger().seen, 0);
  EXPECT_NE(ledger().last_error.find("disk"), std::string::npos);
}

}  // namespace
}  // namespace dengji
