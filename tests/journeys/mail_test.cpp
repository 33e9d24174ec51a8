// The daemon's mailbox and postman against a real Dovecot and a real Postfix.
#include <gtest/gtest.h>
#include <poll.h>

#include <cctype>

#include "daemon/imap_mailbox.hpp"
#include "daemon/smtp.hpp"
#include "tests/support/mail_servers.hpp"
#include "tests/support/mailbox_taker.hpp"

namespace dengji {
namespace {

using test::MailboxTaker;
using test::MailServers;
using test::TempDir;

// One pair of servers for all of these: each test has an address of its own.
class RealMail : public testing::Test {
 protected:
  static void SetUpTestSuite() { servers_ = std::make_unique<MailServers>(); }
  static void TearDownTestSuite() { servers_.reset(); }

  std::string address() const {
    std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
    for (char& c : test) c = static_cast<char>(std::tolower(c));  // as Dovecot names its folders
    return test + "@office.example";
  }
  static std::string mail(int number) {
    return "From: <wang@registrant.example>\r\nSubject: " + std::to_string(number) +
           "\r\nContent-Type: text/plain; charset=gb18030\r\n\r\n\xB5\xC7\xBC\xC7\r\n.dot\r\n";
  }
  void fill(int count) const {
    for (int number = 1; number <= count; ++number)
      servers_->deliver("wang@registrant.example", address(), mail(number));
  }
  static Letter letter(const std::string& to) {
    return {"receipt", to, "回执",
            "From: <office@office.example>\r\nTo: <" + to +
                ">\r\nMessage-ID: <r1@office.example>\r\n" +
                "Subject: receipt\r\n\r\nfirst\r\n.\r\n..two\r\n",
            "<r1@office.example>"};
  }

  static std::unique_ptr<MailServers> servers_;
  MailboxTaker taker_;
};

std::unique_ptr<MailServers> RealMail::servers_;

TEST_F(RealMail, ComesOverTlsOnceAndAsItWas) {
  fill(40);
  ImapMailbox mailbox(servers_->mailbox(address()));
  taker_.poll(mailbox);
  ASSERT_EQ(taker_.order.size(), 40u);
  EXPECT_NE(taker_.bytes.begin()->second.find(mail(1).substr(30)), std::string::npos);
  EXPECT_GT(taker_.items.begin()->second.received, 1'700'000'000);
  taker_.poll(mailbox);
  EXPECT_EQ(taker_.order.size(), 40u);
  ImapMailbox restarted(servers_->mailbox(address()));
  taker_.poll(restarted);
  EXPECT_EQ(taker_.order.size(), 40u);
  EXPECT_EQ(mailbox.take_complaint() + restarted.take_complaint(), "");
  EXPECT_EQ(servers_->inbox(address()).size(), 40u);
}

TEST_F(RealMail, ComesOverStarttls) {
  fill(1);
  MailboxConfig config = servers_->mailbox(address());
  config.url = "imap://localhost:" + std::to_string(servers_->imap) + "/";
  ImapMailbox mailbox(config);
  taker_.poll(mailbox);
  EXPECT_EQ(taker_.order.size(), 1u);
}

TEST_F(RealMail, MovesToAFolderWithAChineseName) {
  fill(3);
  MailboxConfig config = servers_->mailbox(address());
  config.done_folder = "已登记";
  ImapMailbox mailbox(config);
  taker_.poll(mailbox);
  EXPECT_EQ(mailbox.take_complaint(), "");
  EXPECT_TRUE(servers_->inbox(address()).empty());
  EXPECT_EQ(servers_->inbox(address(), "&XfJ2e4uw-").size(), 3u);
}

TEST_F(RealMail, StaysWhenTheCommitFails) {
  fill(2);
  MailboxConfig config = servers_->mailbox(address());
  config.done_folder = "done";
  ImapMailbox mailbox(config);
  taker_.fail_at_done = "disk full";
  EXPECT_THROW(taker_.poll(mailbox), std::runtime_error);
  EXPECT_EQ(servers_->inbox(address()).size(), 2u);
  taker_.fail_at_done.clear();
  taker_.poll(mailbox);
  EXPECT_EQ(taker_.order.size(), 2u);
  EXPECT_TRUE(servers_->inbox(address()).empty());
}

TEST_F(RealMail, WakesAWaitingMailbox) {
  fill(1);
  ImapMailbox mailbox(servers_->mailbox(address()));
  taker_.poll(mailbox);
  const auto descriptor = mailbox.start_waiting();
  ASSERT_TRUE(descriptor);
  EXPECT_FALSE(mailbox.has_news());
  fill(1);
  pollfd wait = {*descriptor, POLLIN, 0};
  EXPECT_EQ(::poll(&wait, 1, 60'000), 1);
  EXPECT_TRUE(mailbox.has_news());
  taker_.poll(mailbox);
  EXPECT_EQ(taker_.order.size(), 2u);
}

TEST_F(RealMail, OfAnySizeComesInSmallPieces) {
  const std::string line = std::string(76, 'A') + "\r\n";
  std::string large = mail(1);
  while (large.size() < 30u << 20) large += line;
  servers_->deliver("wang@registrant.example", address(), large);
  ImapMailbox mailbox(servers_->mailbox(address()));
  taker_.poll(mailbox);
  ASSERT_EQ(taker_.order.size(), 1u);
  EXPECT_TRUE(taker_.bytes.begin()->second.ends_with(large));
  EXPECT_LE(taker_.longest_piece, 64u << 10);
}

TEST_F(RealMail, IsNotReadWithAWrongPasswordOrCertificate) {
  const TempDir directory;
  test::write_file(directory.path() / "wrong", "not the password\n");
  std::filesystem::permissions(directory.path() / "wrong", std::filesystem::perms::owner_read);
  MailboxConfig config = servers_->mailbox(address());
  config.password_file = directory.path() / "wrong";
  const auto words = [this](const MailboxConfig& settings) -> std::string {
    ImapMailbox mailbox(settings);
    try {
      taker_.poll(mailbox);
    } catch (const MailboxError& error) {
      EXPECT_FALSE(error.retry);
      return error.what();
    }
    return "";
  };
  EXPECT_NE(words(config).find("授权码"), std::string::npos);
  config = servers_->mailbox(address());
  config.ca_file.clear();
  EXPECT_NE(words(config).find("no trusted TLS"), std::string::npos);
}

TEST_F(RealMail, GoesOutOverTlsOnceAndAsItWas) {
  const std::string to = "goes-out-over-tls@registrant.example";
  SmtpPostman postman(servers_->postman("office@office.example"));
  const Delivery delivery = postman.deliver(letter(to));
  EXPECT_EQ(delivery.outcome, Delivery::Outcome::sent) << delivery.detail;
  const auto mails = servers_->await_inbox(to, 1);
  ASSERT_EQ(mails.size(), 1u);
  EXPECT_TRUE(mails[0].ends_with("first\n.\n..two\n")) << mails[0];
  EXPECT_NE(mails[0].find("Return-Path: <>"), std::string::npos) << mails[0];
}

TEST_F(RealMail, GoesOutOverStarttlsAndManyOnOneConnection) {
  const std::string to = "goes-out-over-starttls@registrant.example";
  PostmanConfig config = servers_->postman("office@office.example");
  config.url = "smtp://localhost:" + std::to_string(servers_->submission);
  SmtpPostman postman(config);
  for (int i = 0; i < 20; ++i) {
    const Delivery delivery = postman.deliver(letter(to));
    ASSERT_EQ(delivery.outcome, Delivery::Outcome::sent) << delivery.detail;
  }
  EXPECT_EQ(servers_->await_inbox(to, 20).size(), 20u);
}

TEST_F(RealMail, WaitsWhereTheServerWantsALoginOrTrustsNobody) {
  PostmanConfig config = servers_->postman("");
  EXPECT_EQ(SmtpPostman(config).deliver(letter("a@b.example")).outcome, Delivery::Outcome::refused)
      << "this server calls it a matter of the recipient (554 relay access)";
  config = servers_->postman("office@office.example");
  config.ca_file.clear();
  EXPECT_EQ(SmtpPostman(config).deliver(letter("a@b.example")).outcome, Delivery::Outcome::later);
}

}  // namespace
}  // namespace dengji
