// Logins with an access token (XOAUTH2) instead of a password: tokens expire, so the file is read
// anew at each login.
#include <sodium.h>

#include "daemon/smtp.hpp"
#include "tests/daemon/imap_fixture.hpp"

namespace dengji {
namespace {

using namespace test;

// What a client says for this token, in base64.
std::string bearer(const std::string& token) {
  const std::string said = "user=office@sq.example\1auth=Bearer " + token + "\1\1";
  std::string text(sodium_base64_ENCODED_LEN(said.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(said.data()),
                    said.size(), sodium_base64_VARIANT_ORIGINAL);
  text.resize(text.find('\0'));
  return text;
}

class Oauth : public Imap {
 protected:
  void set_token(const std::string& token) {
    const auto file = directory_.path() / "token";
    std::filesystem::remove(file);
    write_file(file, token + "\n");
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  }
  MailboxConfig with_token() const {
    MailboxConfig config = this->config();
    config.auth = "xoauth2";
    config.password_file = directory_.path() / "token";
    return config;
  }
  static ImapScript server() {
    return folder({"1"}).on(
        "CAPABILITY", "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN AUTH=XOAUTH2\r\n$ OK done\r\n");
  }
};

TEST_F(Oauth, LogsInWithTheTokenThatTheFileHoldsNow) {
  ImapScript script = server();
  script.on("NOOP", [](Peer&, const std::string&, const std::string&) { throw Peer::Gone(); });
  serve(script);
  ImapMailbox box(with_token());
  for (const std::string token : {"first.token", "second.token"}) {
    set_token(token);
    taker_.poll(box);
    EXPECT_EQ(server_->count("AUTHENTICATE XOAUTH2 " + bearer(token)), 1) << token;
  }
  EXPECT_EQ(server_->count("LOGIN"), 0);
  EXPECT_EQ(taker_.order, std::vector<std::string>{"1"});
}

TEST_F(Oauth, SaysWhenTheTokenIsRefusedAndNeverWhatItIs) {
  set_token("expired.token");
  serve(server().on("AUTHENTICATE", [](Peer& peer, const std::string& tag, const std::string&) {
    peer.say("+ eyJzdGF0dXMiOiI0MDAifQ==\r\n");
    peer.line();
    peer.say(tag + " NO [AUTHENTICATIONFAILED] invalid credentials\r\n");
  }));
  ImapMailbox box(with_token());
  const MailboxError error = failure(box);
  EXPECT_FALSE(error.retry);
  EXPECT_NE(std::string(error.what()).find("refuses the login"), std::string::npos) << error.what();
  EXPECT_EQ(std::string(error.what()).find("expired.token"), std::string::npos);
}

TEST_F(Oauth, NeverFallsBackToSendingTheTokenAsAPassword) {
  set_token("first.token");
  serve(folder({"1"}));  // knows LOGIN only
  ImapMailbox box(with_token());
  EXPECT_FALSE(failure(box).retry);
  EXPECT_EQ(server_->count("LOGIN"), 0);
}

TEST_F(Oauth, SendsLettersWithATokenToo) {
  set_token("mail.token");
  ScriptedServer smtp(SmtpScript()
                          .on("EHLO", "250-fake.example\r\n250 AUTH PLAIN XOAUTH2\r\n")
                          .on("AUTH", [](Peer& peer) {
                            peer.say("334 \r\n");
                            peer.line();
                            peer.say("235 welcome\r\n");
                          }));
  PostmanConfig config;
  config.url = "smtp://127.0.0.1:" + std::to_string(smtp.port());
  config.allow_plaintext = true;
  config.user = "office@sq.example";
  config.password_file = directory_.path() / "token";
  config.auth = "xoauth2";
  const Delivery delivery = SmtpPostman(config).deliver(
      {"receipt", "wang@registrant.example", "", "Subject: x\r\n\r\nx\r\n", "<1@sq.example>"});
  EXPECT_EQ(delivery.outcome, Delivery::Outcome::sent) << delivery.detail;
  EXPECT_EQ(smtp.count(bearer("mail.token")), 1);
}

}  // namespace
}  // namespace dengji
