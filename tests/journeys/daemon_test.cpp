// The whole way, with real servers: mail to the offices' mailboxes in Dovecot, dengjid, letters
// through Postfix into the registrants' mailboxes.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include "tests/support/mail_servers.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;
using test::MailServers;

std::string sample(const std::string& name) {
  return test::read_file(fs::path(SOURCE_DIR) / "etc/samples" / (name + ".eml"));
}

// The shipped configuration with each office's mailbox and postman on these servers.
class Office {
 public:
  explicit Office(const MailServers& servers) : servers_(servers) {
    fs::copy(fs::path(SOURCE_DIR) / "etc", directory_.path() / "etc", fs::copy_options::recursive);
    const fs::path file = directory_.path() / "etc/offices.toml";
    std::istringstream shipped(test::read_file(file));
    std::string served, id, address;
    for (std::string line; std::getline(shipped, line);) {
      if (line == "[[office]]") served += on_servers(id, address);
      if (line.starts_with("id = \"")) id = quoted(line);
      if (line.starts_with("address = \"")) address = quoted(line);
      served += line + "\n";
    }
    test::write_file(file, served + on_servers(id, address));
  }

  struct Outcome {
    int status = 0;
    std::string output;
  };
  Outcome run(const std::string& program, const std::string& arguments,
              const std::string& failpoint = "") const {
    const std::string command = (failpoint.empty() ? "" : "DENGJI_FAILPOINT=" + failpoint + " ") +
                                "DENGJI_STATE=" + (directory_.path() / "state").string() + " " +
                                program + " " + arguments + " --config " +
                                (directory_.path() / "etc/dengji.toml").string() + " 2>" +
                                (directory_.path() / "stderr").string();
    FILE* pipe = popen(("exec env " + command).c_str(), "r");
    Outcome outcome;
    std::array<char, 4096> buffer;
    for (std::size_t count; (count = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
      outcome.output.append(buffer.data(), count);
    outcome.status = pclose(pipe);
    return outcome;
  }
  Outcome once(const std::string& failpoint = "") const {
    return run(DENGJID, "--once", failpoint);
  }
  std::string register_as_json() const { return run(DENGJI, "status --json").output; }
  std::string log() const { return test::read_file(directory_.path() / "stderr"); }

 private:
  static std::string quoted(const std::string& line) {
    const std::size_t begin = line.find('"') + 1;
    return line.substr(begin, line.find('"', begin) - begin);
  }
  std::string on_servers(const std::string& id, const std::string& address) const {
    if (id.empty()) return "";
    const auto server = [this, &address](const std::string& url) {
      return "url = \"" + url + "\"\nuser = \"" + address + "\"\npassword_file = \"" +
             servers_.password_file().string() + "\"\nca_file = \"" + servers_.ca_file().string() +
             "\"\n";
    };
    return "[[office.mailbox]]\nid = \"" + id + "\"\n" + server(servers_.mailbox(address).url) +
           "done_folder = \"已收\"\n[office.postman]\n" + server(servers_.postman(address).url) +
           "per_minute = 6000\n\n";
  }

  const MailServers& servers_;
  test::TempDir directory_;
};

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
  const std::string state = office.register_as_json();
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
