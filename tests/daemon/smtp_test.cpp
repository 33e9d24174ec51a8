#include "daemon/smtp.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/scripted_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using test::Peer;
using test::ScriptedServer;
using test::SmtpScript;
using Outcome = Delivery::Outcome;

Letter letter(const std::string& to = "wang@registrant.example") {
  return {"receipt", to, "登记回执",
          "Message-ID: <1@sq.example>\r\n\r\nfirst\r\n.\r\n..two\r\nlast\r\n", "<1@sq.example>"};
}

class Smtp : public testing::Test {
 protected:
  void serve(SmtpScript script) { server_ = std::make_unique<ScriptedServer>(std::move(script)); }
  PostmanConfig config() const {
    PostmanConfig config;
    config.url = "smtp://127.0.0.1:" + std::to_string(server_->port());
    config.allow_plaintext = true;
    return config;
  }
  SmtpPostman postman() const {
    return SmtpPostman(config(), {std::chrono::seconds(2), std::chrono::seconds(1)});
  }
  Delivery outcome(SmtpScript script) {
    serve(std::move(script));
    return postman().deliver(letter());
  }

  std::unique_ptr<ScriptedServer> server_;
};

TEST_F(Smtp, SendsTheBytesAsTheyAreWithAnEmptySender) {
  EXPECT_EQ(outcome(SmtpScript()).outcome, Outcome::sent);
  const auto heard = server_->heard();
  EXPECT_EQ(server_->count("MAIL FROM:<>"), 1);
  EXPECT_EQ(server_->count("RCPT TO:<wang@registrant.example>"), 1);
  const auto data = std::find(heard.begin(), heard.end(), "DATA");
  ASSERT_NE(data, heard.end());
  const std::vector<std::string> sent(data + 1, std::find(data, heard.end(), "."));
  EXPECT_EQ(sent, (std::vector<std::string>{"Message-ID: <1@sq.example>", "", "first", "..",
                                            "...two", "last"}));
}

TEST_F(Smtp, KeepsTheConnectionWhileAllIsWell) {
  serve(SmtpScript());
  SmtpPostman postman = this->postman();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(postman.deliver(letter()).outcome, Outcome::sent);
  EXPECT_EQ(server_->count("EHLO"), 1);
  EXPECT_EQ(server_->count("DATA"), 3);
}

TEST_F(Smtp, PutsOffAtA4xxWhereverItComes) {
  for (const char* command : {"greeting", "MAIL", "RCPT", "."}) {
    const Delivery delivery = outcome(SmtpScript().on(command, "451 MI:SFQ slow down\r\n"));
    EXPECT_EQ(delivery.outcome, Outcome::later) << command;
    EXPECT_NE(delivery.detail.find("451"), std::string::npos) << command << delivery.detail;
  }
}

TEST_F(Smtp, IsRefusedByA5xxToTheLetter) {
  for (const char* command : {"MAIL", "RCPT", "."}) {
    const Delivery delivery = outcome(SmtpScript().on(command, "550 \xB2\xBB\xB4\xE6\xD4\xDA\r\n"));
    EXPECT_EQ(delivery.outcome, Outcome::refused) << command;
    EXPECT_NE(delivery.detail.find("不存在"), std::string::npos) << delivery.detail;  // was GBK
  }
}

TEST_F(Smtp, IsPutOffByA5xxThatIsNotAboutTheLetter) {
  EXPECT_EQ(outcome(SmtpScript().on("greeting", "554 not you\r\n")).outcome, Outcome::later);
  EXPECT_EQ(outcome(SmtpScript().on("MAIL", "530 log in first\r\n")).outcome, Outcome::later);
}

TEST_F(Smtp, IsUncertainWhenCutAfterTheFinalDot) {
  const Delivery delivery = outcome(SmtpScript().on(".", [](Peer&) { throw Peer::Gone(); }));
  EXPECT_EQ(delivery.outcome, Outcome::uncertain) << delivery.detail;
}

TEST_F(Smtp, IsUncertainWhenNoAnswerComesAfterTheFinalDot) {
  const Delivery delivery =
      outcome(SmtpScript().on(".", [](Peer& peer) { peer.wait_until_gone(); }));
  EXPECT_EQ(delivery.outcome, Outcome::uncertain) << delivery.detail;
}

TEST_F(Smtp, IsPutOffWhenCutBeforeTheBytes) {
  for (const char* command : {"EHLO", "MAIL", "RCPT", "DATA"}) {
    const Delivery delivery = outcome(SmtpScript().on(command, [](Peer&) { throw Peer::Gone(); }));
    EXPECT_EQ(delivery.outcome, Outcome::later) << command << delivery.detail;
  }
}

TEST_F(Smtp, NeverTakesALateAnswerForTheNextLetters) {
  SmtpScript script;
  script.on(".", [](Peer& peer) {
    if (peer.number() > 0) return peer.say("250 the second\r\n");
    peer.wait_until_gone();
  });
  serve(script);
  SmtpPostman postman = this->postman();
  EXPECT_EQ(postman.deliver(letter()).outcome, Outcome::uncertain);
  const Delivery second = postman.deliver(letter());
  EXPECT_EQ(second.outcome, Outcome::sent);
  EXPECT_NE(second.detail.find("the second"), std::string::npos);
  EXPECT_EQ(server_->count("EHLO"), 2);
}

TEST_F(Smtp, RefusesAnAddressThatWouldInjectACommand) {
  serve(SmtpScript());
  SmtpPostman postman = this->postman();
  for (const char* to : {"a@b.example>\r\nRCPT TO:<c@d.example", "", "a b@c.example",
                         "<a@b.example>", "a@b.example\r\n"})
    EXPECT_EQ(postman.deliver(letter(to)).outcome, Outcome::refused) << to;
  EXPECT_TRUE(server_->heard().empty());
}

TEST_F(Smtp, SendsNothingInTheClearUnlessAllowed) {
  serve(SmtpScript());
  PostmanConfig strict = config();
  strict.allow_plaintext = false;
  SmtpPostman postman(strict);
  EXPECT_EQ(postman.deliver(letter()).outcome, Outcome::later);
  EXPECT_EQ(server_->count("MAIL"), 0);
  PostmanConfig far = config();
  far.url = "smtp://smtp.office.example";
  EXPECT_THROW(SmtpPostman{far}, std::invalid_argument);
  far.url = "http://127.0.0.1/";
  EXPECT_THROW(SmtpPostman{far}, std::invalid_argument);
}

TEST_F(Smtp, SaysWhenALoginIsRefusedAndKeepsTheLetter) {
  test::TempDir directory;
  test::write_file(directory.path() / "password", "s3cret\n");
  std::filesystem::permissions(directory.path() / "password", std::filesystem::perms::owner_read);
  serve(SmtpScript()
            .on("EHLO", "250-fake.example\r\n250 AUTH PLAIN\r\n")
            .on("AUTH", "535 authentication failed\r\n"));
  PostmanConfig with_login = config();
  with_login.user = "office@sq.example";
  with_login.password_file = directory.path() / "password";
  const Delivery delivery = SmtpPostman(with_login).deliver(letter());
  EXPECT_EQ(delivery.outcome, Outcome::later);
  EXPECT_NE(delivery.detail.find("授权码"), std::string::npos) << delivery.detail;
  EXPECT_EQ(delivery.detail.find("s3cret"), std::string::npos);
  with_login.password_file = directory.path() / "absent";
  EXPECT_EQ(SmtpPostman(with_login).deliver(letter()).outcome, Outcome::later);
}

TEST_F(Smtp, EndsAWaitWhenInterrupted) {
  serve(SmtpScript().on(".", [](Peer& peer) { peer.wait_until_gone(); }));
  SmtpPostman postman(config());
  std::thread waker([&] {
    while (server_->count("last") == 0) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    postman.interrupt();
  });
  EXPECT_EQ(postman.deliver(letter()).outcome, Outcome::uncertain);
  waker.join();
}

TEST_F(Smtp, PutsOffWhereNobodyListens) {
  serve(SmtpScript());
  SmtpPostman postman = this->postman();
  server_.reset();
  EXPECT_EQ(postman.deliver(letter()).outcome, Outcome::later);
}

}  // namespace
}  // namespace dengji
