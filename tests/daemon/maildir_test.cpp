#include "daemon/maildir.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <map>

#include "parsers/limits.hpp"
#include "tests/support/mailbox_taker.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;
using test::MailboxTaker;

class Maildir : public testing::Test {
 protected:
  Maildir() { make_maildir(path_); }

  MailboxConfig config(const std::string& done_folder = "") const {
    MailboxConfig config;
    config.url = "maildir:" + path_.string();
    config.done_folder = done_folder;
    return config;
  }
  PostmanConfig postman() const {
    PostmanConfig config;
    config.url = "maildir:" + path_.string();
    return config;
  }
  void put(const std::string& name, const std::string& bytes, std::time_t at = 1534728600) {
    test::write_file(path_ / name, bytes);
    const timespec times[2] = {{at, 0}, {at, 0}};
    ASSERT_EQ(utimensat(AT_FDCWD, (path_ / name).c_str(), times, 0), 0);
  }
  std::size_t files(const std::string& directory) const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path_ / directory), {}));
  }

  test::TempDir directory_;
  fs::path path_ = directory_.path() / "box";
};

TEST_F(Maildir, GivesEachMailAsItIsOnce) {
  put("new/2.b", "Subject: b\r\n\r\nb\r\n", 200);
  put("new/1.a", "Subject: a\n\na\n", 300);
  put("cur/3.c:2,F", "Subject: c\n\n", 100);
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  taker.poll(mailbox);
  EXPECT_EQ(taker.order, (std::vector<std::string>{"3.c", "2.b", "1.a"}));
  EXPECT_EQ(taker.bytes.at("1.a"), "Subject: a\n\na\n");
  EXPECT_EQ(taker.bytes.at("2.b"), "Subject: b\r\n\r\nb\r\n");
  EXPECT_EQ(taker.items.at("2.b").received, 200);
  EXPECT_EQ(taker.items.at("2.b").size, 17);
  EXPECT_TRUE(fs::exists(path_ / "cur/1.a:2,S"));
  EXPECT_EQ(files("new"), 0u);
  taker.poll(mailbox);
  EXPECT_EQ(taker.order.size(), 3u);
  EXPECT_EQ(mailbox.take_complaint(), "");
}

TEST_F(Maildir, LeavesAMailInPlaceWhenItWasNotCommitted) {
  put("new/1.a", "Subject: a\n\n");
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  taker.fail_at_done = "disk full";
  EXPECT_THROW(taker.poll(mailbox), std::runtime_error);
  EXPECT_TRUE(fs::exists(path_ / "new/1.a"));
  taker.fail_at_done.clear();
  taker.poll(mailbox);
  EXPECT_EQ(taker.order, std::vector<std::string>{"1.a"});
}

TEST_F(Maildir, MarksWhatIsKnownAndWasLeft) {
  put("new/1.a", "Subject: a\n\n");
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  taker.known.insert("/1.a");
  taker.poll(mailbox);
  EXPECT_TRUE(taker.order.empty());
  EXPECT_TRUE(fs::exists(path_ / "cur/1.a:2,S"));
}

TEST_F(Maildir, MovesToTheDoneFolder) {
  put("new/1.a", "Subject: a\n\n");
  put("cur/2.b:2,S", "Subject: b\n\n");
  MaildirMailbox mailbox(config("已登记"));
  MailboxTaker taker;
  taker.poll(mailbox);
  EXPECT_TRUE(fs::exists(path_ / ".已登记/cur/1.a:2,S"));
  EXPECT_TRUE(fs::exists(path_ / ".已登记/cur/2.b:2,S"));
  EXPECT_THROW(MaildirMailbox(config("../elsewhere")), MailboxError);
}

TEST_F(Maildir, LooksAtRegularFilesOnly) {
  put("secret", "root:x:0:0\n");
  fs::create_symlink(path_ / "secret", path_ / "new/1.link");
  fs::create_directory(path_ / "new/2.directory");
  put("new/.hidden", "x");
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  taker.poll(mailbox);
  EXPECT_TRUE(taker.order.empty());
}

TEST_F(Maildir, TakesOnlyTheHeaderOfWhatIsTooLarge) {
  put("new/1.big", "Subject: big\n\nbody\n");
  fs::resize_file(path_ / "new/1.big", limits::message_bytes + 1);
  put("new/2.small", "Subject: s\n\n");
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  for (int poll = 0; poll < 2; ++poll) taker.poll(mailbox);
  EXPECT_EQ(taker.bytes.at("1.big"), "Subject: big\n\n");
  EXPECT_EQ(taker.items.at("1.big").size, static_cast<std::int64_t>(limits::message_bytes) + 1);
  EXPECT_EQ(taker.bytes.at("2.small"), "Subject: s\n\n");
  EXPECT_TRUE(fs::exists(path_ / "new/1.big"));
  EXPECT_FALSE(fs::exists(path_ / "new/2.small"));
}

TEST_F(Maildir, LeavesTheBacklogUnmarked) {
  put("new/1.old", "Subject: old\n\n", 1534694399);  // 2018-08-19 23:59:59 in UTC+8
  put("new/2.today", "Subject: new\n\n", 1534694400);
  MailboxConfig since = config();
  since.skip_before = "2018-08-20";
  MaildirMailbox mailbox(since);
  MailboxTaker taker;
  taker.known = {"/1.old", "/2.today"};
  taker.poll(mailbox);
  EXPECT_TRUE(fs::exists(path_ / "new/1.old"));
  EXPECT_TRUE(fs::exists(path_ / "cur/2.today:2,S"));
}

TEST_F(Maildir, FollowsAMailWhoseFlagsChangeMeanwhile) {
  put("new/1.a", "Subject: a\n\n");
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  const auto items = mailbox.list([](const auto&, const auto&) { return false; });
  fs::rename(path_ / "new/1.a", path_ / "cur/1.a:2,F");
  mailbox.fetch(items, taker.sink());
  EXPECT_EQ(taker.order, std::vector<std::string>{"1.a"});
  EXPECT_EQ(files("cur"), 1u);
}

TEST_F(Maildir, SaysWhatCouldNotBeMoved) {
  put("new/1.a", "Subject: a\n\n");
  test::write_file(path_ / ".done", "in the way");
  MaildirMailbox mailbox(config("done"));
  MailboxTaker taker;
  taker.poll(mailbox);
  EXPECT_EQ(taker.order, std::vector<std::string>{"1.a"});
  EXPECT_NE(mailbox.take_complaint(), "");
  EXPECT_EQ(mailbox.take_complaint(), "");
}

Letter letter(const std::string& id, const std::string& bytes) {
  return {"receipt", "wang@registrant.example", "登记回执", bytes, id};
}

TEST_F(Maildir, TakesALetterAndItsRetryOnce) {
  MaildirPostman outbox(postman());
  const std::string bytes = "Message-ID: <1@office.example>\r\n\r\nx\r\n";
  for (int attempt = 0; attempt < 3; ++attempt)
    EXPECT_EQ(outbox.deliver(letter("<1@office.example>", bytes)).outcome, Delivery::Outcome::sent);
  outbox.deliver(letter("<2@office.example>", "other"));
  ASSERT_EQ(files("new"), 2u);
  EXPECT_EQ(files("tmp"), 0u);
  MaildirMailbox mailbox(config());
  MailboxTaker taker;
  taker.poll(mailbox);
  EXPECT_EQ(taker.bytes.size(), 2u);
  EXPECT_EQ(taker.bytes.count("missing"), 0u);
  outbox.deliver(letter("<1@office.example>", bytes));
  EXPECT_EQ(files("new"), 0u) << "delivered again although a reader has it in cur/";
}

TEST_F(Maildir, KeepsALetterForLaterWhenItCannotWrite) {
  fs::remove_all(path_);
  test::write_file(path_, "a file in the way");
  const Delivery delivery = MaildirPostman(postman()).deliver(letter("<1@office.example>", "x"));
  EXPECT_EQ(delivery.outcome, Delivery::Outcome::later);
  EXPECT_NE(delivery.detail, "");
}

}  // namespace
}  // namespace dengji
