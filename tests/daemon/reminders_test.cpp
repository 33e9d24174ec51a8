// Whoever was asked to mend something and sent nothing is reminded once, by a clock that is moved.
#include "parsers/message.hpp"
#include "tests/daemon/desk_trial.hpp"

namespace dengji {
namespace {

using namespace test;
using Kinds = std::vector<std::string>;

constexpr Seconds an_hour = 3'600, one_day = 86'400;

struct RemindersTest : DeskTrial {
  const Seconds patience = config_.reminder_days * one_day;

  Kinds posted() {  // all that goes out now
    Kinds kinds;
    for (const auto& letter : post()) kinds.push_back(letter.kind);
    return kinds;
  }
};

TEST_F(RemindersTest, WhoSentNothingIsRemindedOnceAndItIsNoted) {
  arrive("无章网");
  EXPECT_EQ(posted(), Kinds{"rejection"});
  later(patience - an_hour);
  EXPECT_EQ(posted(), Kinds{});
  later(an_hour);
  const auto letters = post();
  ASSERT_EQ(letters.size(), 1u);
  EXPECT_EQ(letters[0].kind, "reminder");
  const auto mail = parse_message(letters[0].bytes);
  EXPECT_NE(mail->text.find("我们已于2018年8月20日回信请您补正"), std::string::npos) << mail->text;
  EXPECT_NE(mail->text.find("需要补正（1）登记表上没有公章"), std::string::npos) << mail->text;
  EXPECT_NE(letters[0].bytes.find("\r\nAuto-Submitted: auto-replied\r\n"), std::string::npos);
  const auto seen = get(sign_in("wang"), "/api/submissions/S1");
  EXPECT_EQ(seen.at("letters").back().at("kind"), "reminder");
  EXPECT_EQ(seen.at("letters").back().at("state"), "sent");
  EXPECT_EQ(seen.at("history").back().at("action"), "sent");
  later(10 * patience);
  EXPECT_EQ(posted(), Kinds{});
}

TEST_F(RemindersTest, WhatAPersonSentBackIsRemindedOfAndWhatIsRefusedIsNot) {
  arrive("夜话网");
  arrive("晨报网");
  const auto wang = sign_in("wang");
  decide(wang, "S1", "correct", 1);
  decide(wang, "S2", "reject", 1);
  later(60);
  EXPECT_EQ(posted(), (Kinds{"held", "held", "rejection", "refusal"}));
  later(patience);
  EXPECT_EQ(posted(), Kinds{"reminder"});
  const auto again = sign_in("wang");
  const auto silent = get(again, "/api/search?text=夜话").at("items");
  EXPECT_TRUE(silent[0].at("reminded").is_string());
  EXPECT_TRUE(get(again, "/api/search?text=晨报").at("items")[0].at("reminded").is_null());
}

TEST_F(RemindersTest, WhatWasMendedIsNotRemindedOf) {
  arrive("无章网");
  post();
  arrive("无章网 ");  // other bytes, the same platform and sender
  EXPECT_EQ(posted(), Kinds{"rejection"});
  later(patience);
  EXPECT_EQ(posted(), Kinds{"reminder"});
  EXPECT_TRUE(get(sign_in("wang"), "/api/submissions/S1").at("completed_by").is_string());
}

TEST_F(RemindersTest, AnAddressThatCouldNotBeReachedIsNotWrittenToAgain) {
  arrive("无章网");
  const auto asked = post().at(0);
  outbox_.undelivered(asked.message_id, now_);
  arrive("无章二网");
  outbox_.failed(outbox_.next(now_)->id, now_, "550 no such user");
  later(patience);
  EXPECT_EQ(posted(), Kinds{});
}

TEST_F(RemindersTest, NoAddressGetsMoreLettersThanADayAllows) {
  for (const auto* platform : {"无章一网", "无章二网"}) arrive(platform);
  EXPECT_EQ(posted().size(), 2u);
  now_ += one_day;
  for (const auto* platform : {"无章三网", "无章四网"}) arrive(platform);
  EXPECT_EQ(posted().size(), 2u);
  now_ += patience;
  arrive("无章五网");
  later(an_hour);
  EXPECT_EQ(posted(), (Kinds{"rejection", "reminder", "reminder"}));
  later(20 * an_hour);
  EXPECT_EQ(posted(), Kinds{}) << "three within a day";
  later(one_day);
  EXPECT_EQ(posted(), (Kinds{"reminder", "reminder"}));
}

TEST_F(RemindersTest, NothingIsSentWhereNoneAreWanted) {
  Config silent = config_;
  silent.reminder_days = 0;
  Casework casework(silent, database_, records_, "secret");
  arrive("无章网");
  post();
  now_ += 30 * one_day;
  casework.remind(at(now_));
  EXPECT_EQ(posted(), Kinds{});
}

// A daemon that is new, or stood still, writes to nobody about what was long ago.
TEST_F(RemindersTest, WhatIsLongPastIsLeftInPeace) {
  arrive("无章网");
  post();
  later(patience + 31 * one_day);
  EXPECT_EQ(posted(), Kinds{});
}

}  // namespace
}  // namespace dengji
