// Polling against a mailbox in memory that fails when told to: what is committed, marked, and left
// for later.
#include "daemon/poller.hpp"

#include <gtest/gtest.h>

#include "parsers/limits.hpp"
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

 private:
  void deliver(const MailItem& item, FakeServer::Mail& mail, const Sink& sink) {
    if (mail.bytes == "too large") return sink.refused(item, Refusal::too_large);
    if (mail.bytes == "gone") return sink.refused(item, Refusal::not_given);
    sink.begin(item);
    for (const char c : mail.bytes) {
      if (server_.cut_after-- == 0) throw MailboxError("the connection dropped", true);
      sink.piece({&c, 1});
    }
    sink.done(item);
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
    EXPECT_TRUE(poller.step(now_));
    EXPECT_FALSE(poller.step(now_)) << "due again at once";
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
  EXPECT_TRUE(poller.step(now_));
  EXPECT_FALSE(poller.step(now_ + 60));
  EXPECT_TRUE(poller.step(now_ + 120));
  EXPECT_FALSE(poller.step(now_ + 120 + 120));
  EXPECT_TRUE(poller.step(now_ + 120 + 240));
  EXPECT_EQ(ledger().last_error, "wrong password");
}

TEST_F(PollerTest, KeepsTheMailboxOpenAndPassesItsComplaintsOn) {
  Poller poller(config_, records_, blobs_,
                [this](const MailboxConfig&) { return std::make_unique<FakeMailbox>(server_); });
  server_.complaint = "mail 1 could not be moved";
  EXPECT_TRUE(poller.step(now_));
  EXPECT_EQ(ledger().last_error, "mail 1 could not be moved");
  server_.complaint.clear();
  EXPECT_TRUE(poller.step(now_ + 60)) << "no reason to back off";
  EXPECT_EQ(ledger().last_error, "");
  EXPECT_EQ(server_.opened, 1);
}

TEST_F(PollerTest, LeavesAMailThatIsTooLargeOrNotGivenAndGoesOn) {
  server_.mails = {{"1", "too large"}, {"2", "two"}, {"3", "gone"}};
  poll();
  poll();
  EXPECT_EQ(ledger().seen, 3);
  EXPECT_EQ(ledger().ignored, 2);
  EXPECT_FALSE(server_.mails[0].marked);
  EXPECT_NE(records_.show("M1")->find("too-large"), std::string::npos) << *records_.show("M1");
  EXPECT_NE(records_.show("M3")->find("not-given"), std::string::npos) << *records_.show("M3");
}

TEST_F(PollerTest, SetsABacklogAside) {
  config_.offices[0].mailboxes[0].skip_before = "2018-08-13";
  server_.mails = {{"1", "old", received - 30 * 86400}, {"2", "new"}};
  poll();
  EXPECT_EQ(ledger().seen, 2);
  EXPECT_EQ(ledger().ignored, 1);
  EXPECT_EQ(ledger().pending, 1);
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
