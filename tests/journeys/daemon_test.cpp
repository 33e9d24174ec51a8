// The whole way, with real servers: mail to the offices' mailboxes in Dovecot, dengjid, letters
// through Postfix into the registrants' mailboxes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "tests/journeys/office.hpp"

namespace dengji {
namespace {

using Json = nlohmann::json;
namespace fs = std::filesystem;
using test::MailServers;
using test::Office;

std::string sample(const std::string& name) {
  return test::read_file(fs::path(SOURCE_DIR) / "etc/samples" / (name + ".eml"));
}

struct Mail {
  std::string name, from, office;
};

const std::vector<Mail> persons = {
    {"09-question", "hexy@mail.example", "beita@wxb.example"},
    {"06-forum-no-scan", "xuefeng@mail.example", "dongkou@wxb.example"}};
const std::vector<Mail> machines = {{"10-bounce", "", "shuangqing@wxb.example"},
                                    {"11-vacation", "xu@mail.example", "city@wxb.example"}};

void bring(const MailServers& servers, const std::vector<Mail>& mails) {
  for (const Mail& mail : mails) servers.deliver(mail.from, mail.office, sample(mail.name));
}

// Nothing is on its way: a mail sent last has arrived, and Postfix keeps the order of one
// recipient.
void settle_delivery(const MailServers& servers) {
  static int number = 0;
  const std::string probe = "probe" + std::to_string(++number) + "@probe.example";
  servers.send("probe@probe.example", probe, "Subject: probe\r\n\r\n");
  ASSERT_EQ(servers.await_inbox(probe, 1).size(), 1u);
}

// What the operator is told of a register, but for the times.
std::string end_state(const Office& office) {
  Json rows = Json::parse(office.run(DENGJI, "list --json").output);
  Json mailboxes = Json::parse(office.run(DENGJI, "status --json").output);
  for (Json& row : rows) row.erase("received");
  for (Json& mailbox : mailboxes) mailbox.erase("last_poll");
  return rows.dump(1) + "\n" + mailboxes.dump(1);
}

TEST(Daemon, AnswersEachPersonOnceAndNoMachine) {
  const MailServers servers;
  const Office office(servers);
  bring(servers, machines);
  for (const Mail& mail : persons) servers.send(mail.from, mail.office, sample(mail.name));
  for (const Mail& mail : persons) ASSERT_EQ(servers.await_inbox(mail.office, 1).size(), 1u);
  const Office::Outcome first = office.once();
  ASSERT_EQ(first.status, 0) << office.log();
  for (const Mail& mail : persons) {
    const auto letters = servers.await_inbox(mail.from, 1);
    ASSERT_EQ(letters.size(), 1u) << mail.name << office.log();
    EXPECT_NE(letters[0].find("Auto-Submitted: auto-replied"), std::string::npos);
    EXPECT_NE(letters[0].find("In-Reply-To: <sample."), std::string::npos);
    EXPECT_NE(letters[0].find("Return-Path: <>"), std::string::npos);
    EXPECT_TRUE(servers.inbox(mail.office).empty()) << "not moved to the done folder";
    EXPECT_EQ(servers.inbox(mail.office, "&XfJlNg-").size(), 1u);
  }
  const std::string state = end_state(office);
  ASSERT_EQ(office.once().status, 0) << office.log();
  EXPECT_EQ(end_state(office), state);
  settle_delivery(servers);
  for (const Mail& mail : persons) EXPECT_EQ(servers.inbox(mail.from).size(), 1u);
  EXPECT_TRUE(servers.inbox("xu@mail.example").empty());
  EXPECT_TRUE(servers.inbox("MAILER-DAEMON@mail.example").empty());
}

// Killed at a commit point and started again, the daemon ends where it would have ended; only a
// kill between the final dot and the committed "sent" may double a letter (RFC 1047).
class Killed : public testing::TestWithParam<const char*> {
 protected:
  static void SetUpTestSuite() {
    servers_ = std::make_unique<MailServers>();
    const Office office(*servers_);
    bring(*servers_, mails);
    ASSERT_EQ(office.once().status, 0) << office.log();
    undisturbed_ = end_state(office);
    ASSERT_NE(undisturbed_.find("00001"), std::string::npos)
        << "nothing was registered: " << undisturbed_ << office.log();
    for (const Mail& mail : mails) ASSERT_EQ(servers_->await_inbox(mail.from, 1).size(), 1u);
  }
  static void TearDownTestSuite() { servers_.reset(); }

  // One mailbox, so that the numbers come out alike in every run.
  static const std::vector<Mail> mails;
  static std::unique_ptr<MailServers> servers_;
  static std::string undisturbed_;
};

const std::vector<Mail> Killed::mails = {
    {"09-question", "hexy@mail.example", "shuangqing@wxb.example"},
    {"01-website-complete", "bianmin@shiqiao.example", "shuangqing@wxb.example"}};
std::unique_ptr<MailServers> Killed::servers_;
std::string Killed::undisturbed_;

TEST_P(Killed, AndStartedAgainEndsInTheSameState) {
  const std::string failpoint = GetParam();
  std::map<std::string, std::size_t> before;
  for (const Mail& mail : mails) before[mail.from] = servers_->inbox(mail.from).size();
  const Office office(*servers_);
  bring(*servers_, mails);
  const Office::Outcome killed = office.once(failpoint);
  EXPECT_TRUE(WIFSIGNALED(killed.status) && WTERMSIG(killed.status) == SIGKILL)
      << failpoint << " was not passed: " << office.log();
  for (int round = 0; round < 2; ++round) ASSERT_EQ(office.once().status, 0) << office.log();
  EXPECT_EQ(end_state(office), undisturbed_) << office.log();
  settle_delivery(*servers_);
  std::size_t letters = 0;
  for (const Mail& mail : mails) {
    const std::size_t count = servers_->await_inbox(mail.from, before[mail.from] + 1).size();
    EXPECT_GT(count, before[mail.from]) << mail.name << office.log();
    letters += count - before[mail.from];
  }
  EXPECT_LE(letters, mails.size() + (failpoint.starts_with("before-sent-commit") ? 1 : 0));
  EXPECT_TRUE(servers_->inbox("shuangqing@wxb.example").empty());
}

INSTANTIATE_TEST_SUITE_P(AtEachCommit, Killed,
                         testing::Values("before-blob-rename", "after-blob-rename",
                                         "before-receive-commit", "after-receive-commit",
                                         "before-claim-commit", "after-claim-commit",
                                         "before-settle-commit", "after-settle-commit",
                                         "before-settle-commit:2", "after-settle-commit:2",
                                         "before-sending-commit", "after-sending-commit",
                                         "before-sent-commit", "after-sent-commit"));

}  // namespace
}  // namespace dengji
