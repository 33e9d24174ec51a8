// Everything that can go wrong between the outbox and an SMTP server: the first connection is
// disturbed, later ones are not. In the end each letter was sent (or refused for good), whole, and
// a second time only where the end of the first was uncertain. DENGJI_ALL_CUTS=1 cuts at every
// byte.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "daemon/dispatch.hpp"
#include "daemon/smtp.hpp"
#include "store/database.hpp"
#include "store/register.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;

const std::vector<std::string> letter_lines = {
    "Message-ID: <1@sq.example>", "", "first", "..", "...two", "last"};

class SmtpFaults : public ::testing::Test {
 protected:
  SmtpFaults() {
    OfficeConfig office = *config_.office("shuangqing");
    office.postman = {};
    office.postman.allow_plaintext = true;
    office.postman.per_minute = 60'000;
    config_.offices = {office};
  }

  struct End {
    std::string state;
    std::int64_t maybe_duplicate = 0;
    int copies = 0;  // final dots that the server heard
  };
  // A letter owed, and sent through this server until nothing more is due for it.
  End send(const ScriptedServer::Script& script) {
    ScriptedServer server(script);
    config_.offices[0].postman.url = "smtp://127.0.0.1:" + std::to_string(server.port());
    const std::string id = owe_letter();
    Dispatch dispatch(config_, outbox_, [](const PostmanConfig& postman) {
      return std::make_unique<SmtpPostman>(
          postman, SmtpTimes{std::chrono::seconds(2), std::chrono::seconds(1)});
    });
    for (int attempt = 0; attempt < 4; ++attempt, now_ += 4000) dispatch.step(at(now_));
    const auto row =
        database_.query("SELECT state, maybe_duplicate FROM reply WHERE message_id = $1", {id})
            .at(0);
    return {row.text(0), row.number(1), copies(server.heard())};
  }
  // Sent, whole, and twice only where it was not known whether once.
  void expect_sent(const std::string& what, const End& end) {
    EXPECT_EQ(end.state, "sent") << what;
    EXPECT_GE(end.copies, 1) << what;
    EXPECT_LE(end.copies, 1 + end.maybe_duplicate) << what;
  }

  TempDir dir_;
  Config config_ = shipped_config();

 private:
  std::string owe_letter() {
    const std::string number = std::to_string(++letters_);
    records_.receive({"shuangqing", "shuangqing", "1", number,
                      std::string(64 - number.size(), 'a') + number, 1, now_, now_});
    Settlement settlement;
    settlement.message = records_.claim(now_, 60)->message;
    settlement.disposition = Disposition::no_submission;
    settlement.now = now_;
    settlement.year = "2018";
    const std::string id = number + "@wxb.example";
    records_.settle(settlement, [&](const std::vector<Filed>&) {
      return Letter{"no-submission", "chen@mail.example", "回复",
                    "Message-ID: <1@sq.example>\r\n\r\nfirst\r\n.\r\n..two\r\nlast\r\n",
                    "<" + id + ">"};
    });
    return id;
  }
  static int copies(const std::vector<std::string>& heard) {
    int copies = 0;
    for (auto dot = heard.begin(); (dot = std::find(dot, heard.end(), ".")) != heard.end(); ++dot) {
      const auto data = std::find(std::make_reverse_iterator(dot), heard.rend(), "DATA").base();
      EXPECT_EQ(std::vector<std::string>(data, dot), letter_lines);
      ++copies;
    }
    return copies;
  }

  std::int64_t now_ = received;
  Database database_{dir_.path() / "state", Database::Mode::owner};
  Register records_{database_, {{"shuangqing", "SQ"}}};
  Outbox outbox_{database_};
  int letters_ = 0;
};

ScriptedServer::Script disturbed(const std::function<void(Peer&)>& disturb) {
  return [disturb](Peer& peer) {
    if (peer.number() == 0) disturb(peer);
    SmtpScript()(peer);
  };
}

// What the server says and hears in an undisturbed delivery.
constexpr std::size_t said_bytes = 120;
constexpr int heard_lines = 13;

TEST_F(SmtpFaults, CutsAtEveryByteOrSomeLoseNothing) {
  std::mt19937 random(7);
  const bool all = std::getenv("DENGJI_ALL_CUTS") != nullptr;
  for (std::size_t cut = 0; cut < said_bytes; cut += all ? 1 : 1 + random() % 8)
    expect_sent("cut after byte " + std::to_string(cut),
                send(disturbed([cut](Peer& peer) { peer.break_off_after(cut); })));
}

TEST_F(SmtpFaults, CutsAtEveryLineTheClientSaysLoseNothing) {
  for (int line = 1; line <= heard_lines; ++line)
    expect_sent("cut at line " + std::to_string(line),
                send(disturbed([line](Peer& peer) { peer.break_off_at_line(line); })));
}

TEST_F(SmtpFaults, StallsLoseNothing) {
  for (const std::size_t cut : {5u, 30u, 60u, 70u, 80u, 90u})
    expect_sent("stall after byte " + std::to_string(cut),
                send(disturbed([cut](Peer& peer) { peer.break_off_after(cut, true); })));
}

TEST_F(SmtpFaults, OnlyAFiveToTheLetterItselfEndsIt) {
  const std::vector<std::string> answers = {"421 going down\r\n",
                                            "450 busy\r\n",
                                            "451 MI:SFQ\r\n",
                                            "451 DT:SPM\r\n",
                                            "452 full\r\n",
                                            "454 TLS not available\r\n",
                                            "500 what\r\n",
                                            "530 log in first\r\n",
                                            "550 \xB2\xBB\xB4\xE6\xD4\xDA\r\n",
                                            "552 too large\r\n",
                                            "554 no\r\n",
                                            "hello?\r\n",
                                            "250-and\r\n250-so\r\n250 on\r\n"};
  for (const std::string command : {"greeting", "MAIL", "RCPT", "DATA", "."}) {
    for (const std::string& answer : answers) {
      const End end = send([=](Peer& peer) {
        SmtpScript script;
        if (peer.number() == 0) script.on(command, answer);
        script(peer);
      });
      const bool refuses =
          answer.starts_with("5") && !answer.starts_with("530") && command != "greeting";
      const std::string what = command + " answered " + answer;
      if (refuses) {
        EXPECT_EQ(end.state, "failed") << what;
        EXPECT_LE(end.copies, 1) << what;
      } else {
        EXPECT_EQ(end.state, "sent") << what;
        // After a no to its bytes the letter goes out a second time, as it should.
        EXPECT_LE(end.copies, 1 + (command == "." ? 1 : static_cast<int>(end.maybe_duplicate)))
            << what;
      }
    }
  }
}

}  // namespace
}  // namespace dengji
