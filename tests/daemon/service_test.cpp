// The end of the process while servers say nothing more: it takes seconds, and nothing is lost.
#include "daemon/service.hpp"

#include <gtest/gtest.h>

#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;
using Clock = std::chrono::steady_clock;

bool within(std::chrono::seconds most, const std::function<bool()>& condition) {
  const auto end = Clock::now() + most;
  while (!condition() && Clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return condition();
}

// An office whose two servers go silent in the middle of a mail.
class Stalled : public ::testing::Test {
 protected:
  Stalled()
      : imap_(stalled_imap()),
        smtp_([this](Peer& peer) { stalled_smtp()(peer); }),
        config_(shipped_config()) {
    write_file(dir_.path() / "password", "s3cret\n");
    std::filesystem::permissions(dir_.path() / "password", std::filesystem::perms::owner_read);
    config_.state = dir_.path() / "state";
    config_.min_free_mebibytes = 0;
    config_.desk.host.clear();
    OfficeConfig office = *config_.office("shuangqing");
    MailboxConfig mailbox;
    mailbox.id = office.id;
    mailbox.url = "imap://127.0.0.1:" + std::to_string(imap_.port()) + "/INBOX";
    mailbox.user = office.address;
    mailbox.password_file = dir_.path() / "password";
    mailbox.allow_plaintext = true;
    office.mailboxes = {mailbox};
    office.postman = {};
    office.postman.url = "smtp://127.0.0.1:" + std::to_string(smtp_.port());
    office.postman.allow_plaintext = true;
    config_.offices = {office};
  }

  static ImapScript stalled_imap() {
    ImapScript script;
    script.on("UID FETCH 1:*",
              "* 1 FETCH (UID 1 RFC822.SIZE 100 FLAGS () INTERNALDATE"
              " \"20-Aug-2018 09:30:00 +0800\")\r\n$ OK done\r\n");
    script.on("UID FETCH 1 ", [](Peer& peer, const std::string&, const std::string&) {
      peer.say("* 1 FETCH (UID 1 BODY[] {100}\r\nSubject: h");
      peer.wait_until_gone();
    });
    return script;
  }
  SmtpScript stalled_smtp() const {
    SmtpScript script;
    script.on("RCPT", [this](Peer& peer) {
      if (stall_ == std::chrono::seconds::max()) peer.wait_until_gone();
      std::this_thread::sleep_for(stall_);
      peer.say("250 ok\r\n");
    });
    return script;
  }
  // A letter that waits since before the start.
  void owe_a_letter() {
    Database database(config_.state, Database::Mode::owner);
    Register records(database, {{"shuangqing", "SQ"}});
    records.receive(
        {"shuangqing", "shuangqing", "1", "1", std::string(64, 'a'), 1, received, received});
    Settlement settlement;
    settlement.message = records.claim(received, 60)->message;
    settlement.disposition = Disposition::no_submission;
    settlement.now = received;
    settlement.year = "2018";
    records.settle(settlement, [](const std::vector<Filed>&) {
      return Letter{"no-submission", "chen@mail.example", "回复", "exact bytes", "<1@wxb.example>"};
    });
  }

  TempDir dir_;
  std::chrono::seconds stall_ = std::chrono::seconds::max();  // before every answer to RCPT
  ScriptedServer imap_, smtp_;
  Config config_;
};

TEST_F(Stalled, ServersDoNotHoldUpTheEnd) {
  owe_a_letter();
  {
    Service service(config_);
    service.start();
    EXPECT_TRUE(within(std::chrono::seconds(20), [this] {
      return imap_.count("UID FETCH 1 ") > 0 && smtp_.count("RCPT") > 0;
    }));
    const auto begin = Clock::now();
    service.stop();
    EXPECT_LT(Clock::now() - begin, std::chrono::seconds(5));
  }
  Database database(config_.state, Database::Mode::owner);
  Register records(database, {{"shuangqing", "SQ"}});
  EXPECT_FALSE(records.has("shuangqing", "7", "1")) << "half a mail was taken in";
  EXPECT_EQ(Outbox(database).counts().at(0).owed, 1) << "the letter is not owed any more";
  EXPECT_TRUE(Outbox(database).next(std::time(nullptr))) << "the letter waits for no reason";
}

TEST_F(Stalled, ButAServerThatIsOnlySlowMayTakeTheLetter) {
  stall_ = std::chrono::seconds(1);
  owe_a_letter();
  {
    Service service(config_);
    service.start();
    EXPECT_TRUE(within(std::chrono::seconds(20), [this] { return smtp_.count("RCPT") > 0; }));
  }
  Database database(config_.state, Database::Mode::owner);
  EXPECT_EQ(Outbox(database).counts().at(0).sent, 1);
}

TEST_F(Stalled, ARunOnceTellsWhatFailed) {
  {
    Database database(config_.state, Database::Mode::owner);
    Register(database, {{"shuangqing", "SQ"}})
        .receive(
            {"shuangqing", "shuangqing", "1", "1", std::string(64, 'a'), 1, received, received});
  }
  config_.offices[0].mailboxes.clear();
  Service service(config_);
  try {
    service.run_once();
    FAIL() << "a mail was read that is not there";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("blobs: no "), std::string::npos) << error.what();
  }
}

TEST_F(Stalled, HalfWrittenFilesAreSweptAtTheStart) {
  const auto half = config_.state / "blobs/tmp/half";
  std::filesystem::create_directories(half.parent_path());
  write_file(half, "half a mail");
  const Service service(config_);
  EXPECT_FALSE(std::filesystem::exists(half));
}

}  // namespace
}  // namespace dengji
