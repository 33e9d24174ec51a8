// Mail that must never be answered, and never too often: machines by the thousand, two registers
// that write to each other, and one address forged a thousand times.
#include <gtest/gtest.h>

#include "daemon/reply.hpp"
#include "daemon/service.hpp"
#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/machine_mails.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;
using namespace test;

std::size_t files_in(const fs::path& folder) {
  return fs::exists(folder)
             ? static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}))
             : 0;
}

TEST(Loops, TenThousandMachineMailsGetNoReply) {
  const Config& config = shipped_config();
  const auto eye = make_eye(config);
  const OfficeConfig& office = *config.office("shuangqing");
  const auto nobody = [](const Submission&) { return std::vector<Known>(); };
  const auto reply = [&](const std::string& mail) {
    const Reading reading = read_mail(mail, config.forms, *eye);
    return write_reply(examine(reading, office, config, received, nobody), {}, config);
  };
  std::mt19937 random(2018);
  for (int i = 0; i < 10'000; ++i) {
    const std::string mail = machine_mail(static_cast<std::size_t>(i) % machine_kinds(), random);
    ASSERT_FALSE(reply(mail)) << mail;
  }
  for (int i = 0; i < 200; ++i) {
    const std::string mail = person_mail(random);
    ASSERT_TRUE(reply(mail)) << mail;
  }
}

// An office with a Maildir as its mailbox, and another one as its way out.
Config office_between(const fs::path& state, const fs::path& in, const fs::path& out,
                      const std::string& address) {
  Config config = shipped_config();
  config.state = state;
  config.min_free_mebibytes = 0;
  OfficeConfig office = *config.office("shuangqing");
  office.address = address;
  office.mailboxes.resize(1);
  office.mailboxes[0].url = "maildir:" + in.string();
  office.mailboxes[0].done_folder = "done";
  office.postman.url = "maildir:" + out.string();
  office.postman.per_minute = 100'000;
  config.offices = {office};
  return config;
}

void run_once(const Config& config) { Service(config).run_once(); }

TEST(Loops, TwoRegistersFacingEachOtherStopAfterOneExchange) {
  const TempDir dir;
  const fs::path to_a = dir.path() / "to-a", to_b = dir.path() / "to-b";
  const Config a = office_between(dir.path() / "a", to_a, to_b, "a@wxb.example");
  const Config b = office_between(dir.path() / "b", to_b, to_a, "b@wxb.example");
  fs::create_directories(to_a / "new");
  // B seems to ask A: whatever A answers reaches B, and so on.
  write_file(to_a / "new/1",
             "From: b@wxb.example\nTo: a@wxb.example\nSubject: x\n"
             "Date: Mon, 20 Aug 2018 09:30:00 +0800\n\nhow do I register?\n");
  for (int round = 0; round < 3; ++round) {
    run_once(a);
    run_once(b);
  }
  EXPECT_EQ(files_in(to_b / ".done/cur"), 1u) << "A answered once";
  EXPECT_EQ(files_in(to_a / ".done/cur"), 1u) << "B did not answer the answer";
}

TEST(Loops, ALetterThatComesBackIsNotAnsweredWhateverMarksItLost) {
  const TempDir dir;
  const fs::path in = dir.path() / "in", out = dir.path() / "out";
  const Config config = office_between(dir.path() / "state", in, out, "a@wxb.example");
  fs::create_directories(in / "new");
  write_file(in / "new/1",
             "From: wang@registrant.example\nSubject: x\n"
             "Date: Mon, 20 Aug 2018 09:30:00 +0800\n\nhow do I register?\n");
  run_once(config);
  ASSERT_EQ(files_in(out / "new"), 1u);
  const std::string letter = read_file(fs::directory_iterator(out / "new")->path());
  const std::size_t id = letter.find("Message-ID: ");
  write_file(in / "new/2", "From: li@registrant.example\nSubject: passed on\n" +
                               letter.substr(id, letter.find('\n', id) + 1 - id) + "\nhello\n");
  run_once(config);
  EXPECT_EQ(files_in(out / "new"), 1u);
}

TEST(Loops, AThousandMailsInOnesNameGetThreeReplies) {
  const TempDir dir;
  const fs::path in = dir.path() / "in", out = dir.path() / "out";
  const Config config = office_between(dir.path() / "state", in, out, "a@wxb.example");
  fs::create_directories(in / "new");
  for (int i = 0; i < 1000; ++i) {
    const std::string victim =
        i % 2 == 0 ? "Victim@registrant.example" : "victim@REGISTRANT.example";
    const std::string from =
        i % 3 == 0 ? "bot" + std::to_string(i) + "@x.example\nReply-To: " + victim : victim;
    write_file(in / "new" / std::to_string(i),
               "From: " + from + "\nSubject: " + std::to_string(i) +
                   "\nDate: Mon, 20 Aug 2018 09:30:00 +0800\n\nhow do I register?\n");
  }
  run_once(config);
  EXPECT_EQ(files_in(in / ".done/cur"), 1000u);
  EXPECT_EQ(files_in(out / "new"), static_cast<std::size_t>(config.replies_per_day));
  EXPECT_EQ(config.replies_per_day, 3);
}

}  // namespace
}  // namespace dengji
