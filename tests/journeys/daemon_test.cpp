// The whole way, with real servers: mail to the offices' mailboxes in Dovecot, dengjid, letters
// through Postfix into the registrants' mailboxes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <filesystem>

#include "tests/journeys/office.hpp"

namespace dengji {
namespace {

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

std::size_t letters_to(const MailServers& servers, const std::string& address) {
  return servers.await_inbox(address, 1).size();
}

// Nothing is on its way: a mail sent last has arrived, and Postfix keeps the order of one
// recipient.
void settle_delivery(const MailServers& servers) {
  static int number = 0;
  const std::string probe = "probe" + std::to_string(++number) + "@probe.example";
  servers.send("probe@probe.example", probe, "Subject: probe\r\n\r\n");
  ASSERT_EQ(servers.await_inbox(probe, 1).size(), 1u);
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
  const std::string state = office.run(DENGJI, "status --json").output;
  ASSERT_EQ(office.once().status, 0) << office.log();
  bring(servers, persons);  // the same bytes under new UIDs: known by their digest
  settle_delivery(servers);
  for (const Mail& mail : persons) EXPECT_EQ(letters_to(servers, mail.from), 1u);
  EXPECT_TRUE(servers.inbox("xu@mail.example").empty());
  EXPECT_TRUE(servers.inbox("MAILER-DAEMON@mail.example").empty());
  EXPECT_NE(state, "");
}

// Killed at a commit point and started again, the daemon ends where it would have ended; only a
// kill between the final dot and the committed "sent" may double a letter (RFC 1047).
class Killed : public testing::TestWithParam<const char*> {};

TEST_P(Killed, AndStartedAgainEndsInTheSameState) {
  static const MailServers servers;
  const std::string failpoint = GetParam();
  const std::string person = "hexy@mail.example";
  const Office office(servers);
  const std::size_t before = servers.inbox(person).size();
  servers.deliver(person, "beita@wxb.example", sample("09-question"));
  const Office::Outcome killed = office.once(failpoint);
  EXPECT_TRUE(WIFSIGNALED(killed.status) && WTERMSIG(killed.status) == SIGKILL)
      << failpoint << " was not passed: " << office.log();
  for (int round = 0; round < 2; ++round) ASSERT_EQ(office.once().status, 0) << office.log();
  settle_delivery(servers);
  const std::size_t letters = servers.await_inbox(person, before + 1).size() - before;
  EXPECT_GE(letters, 1u) << office.log();
  EXPECT_LE(letters, failpoint == "before-sent-commit" ? 2u : 1u);
  EXPECT_TRUE(servers.inbox("beita@wxb.example").empty());
}

INSTANTIATE_TEST_SUITE_P(AtEachCommit, Killed,
                         testing::Values("before-blob-rename", "after-blob-rename",
                                         "before-receive-commit", "after-receive-commit",
                                         "before-claim-commit", "after-claim-commit",
                                         "before-settle-commit", "after-settle-commit",
                                         "before-sending-commit", "after-sending-commit",
                                         "before-sent-commit", "after-sent-commit"));

}  // namespace
}  // namespace dengji
