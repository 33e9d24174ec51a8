#include "store/outbox.hpp"

#include "tests/store/support.hpp"

namespace dengji {

class OutboxTest : public StoreTest {
 protected:
  void owe(const std::string& id, const std::string& to = "li@company.example") {
    const Id message = receive_and_claim(++mails_);
    reg.settle(settlement(message, {}), [&](const auto&) { return letter(id, to); });
  }
  std::string state() { return database.query("SELECT state FROM reply").at(0).text(0); }

  int mails_ = 0;
};

TEST_F(OutboxTest, HandsOutWhatIsOwedOnceCommittedAsSending) {
  owe("a@x");
  const auto reply = outbox.next(noon + 60);
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->office, "east");
  EXPECT_EQ(reply->account, "east-inbox");
  EXPECT_EQ(reply->message, 1);
  EXPECT_EQ(reply->attempt, 1);
  EXPECT_FALSE(reply->maybe_duplicate);
  EXPECT_EQ(reply->letter.kind, "receipt");
  EXPECT_EQ(reply->letter.to, "li@company.example");
  EXPECT_EQ(reply->letter.subject, "回执");
  EXPECT_EQ(reply->letter.bytes, letter("a@x").bytes);
  EXPECT_EQ(reply->letter.message_id, "<a@x>");
  EXPECT_EQ(state(), "sending");
  EXPECT_FALSE(outbox.next(noon + 60));
}

TEST_F(OutboxTest, WhatWasSentIsNotSentAgain) {
  owe("a@x");
  const auto id = outbox.next(noon + 60)->id;
  outbox.sent(id, noon + 61);
  EXPECT_EQ(state(), "sent");
  EXPECT_EQ(outbox.recover(), 0);
  EXPECT_FALSE(outbox.next(noon + 9999));
  EXPECT_THROW(outbox.sent(id, noon + 62), StoreError);
  EXPECT_THROW(outbox.retry(id, noon + 62, "late"), StoreError);
}

TEST_F(OutboxTest, ARetryWaitsAndKeepsItsBytes) {
  owe("a@x");
  outbox.retry(outbox.next(noon + 60)->id, noon + 400, "451 greylisted");
  EXPECT_FALSE(outbox.next(noon + 399));
  const auto again = outbox.next(noon + 400);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->attempt, 2);
  EXPECT_FALSE(again->maybe_duplicate);  // the server said that it did not take it
  EXPECT_EQ(again->letter.bytes, letter("a@x").bytes);
}

TEST_F(OutboxTest, ARetryLetsOthersPass) {
  owe("a@x");
  owe("b@x");
  outbox.retry(outbox.next(noon + 60)->id, noon + 400, "451");
  EXPECT_EQ(outbox.next(noon + 61)->letter.message_id, "<b@x>");
}

TEST_F(OutboxTest, AFailedOneStaysWithStaff) {
  owe("a@x");
  outbox.failed(outbox.next(noon + 60)->id, noon + 61, "550 no such user");
  EXPECT_FALSE(outbox.next(noon + 99'999));
  EXPECT_EQ(outbox.counts().at(0).failed, 1);
  EXPECT_EQ(outbox.counts().at(0).owed, 0);
}

TEST_F(OutboxTest, AnUncertainOneIsSentAgainAndMarked) {
  owe("a@x");
  outbox.uncertain(outbox.next(noon + 60)->id, noon + 400, "cut after the final dot");
  EXPECT_FALSE(outbox.next(noon + 399));
  outbox.retry(outbox.next(noon + 400)->id, noon + 800, "no connection");
  const auto again = outbox.next(noon + 800);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->maybe_duplicate);  // it stays possible
  EXPECT_EQ(again->attempt, 3);
  EXPECT_EQ(again->letter.bytes, letter("a@x").bytes);
}

TEST_F(OutboxTest, WhatWasSendingWhenAProcessEndedIsOwedAgain) {
  owe("a@x");
  owe("b@x");
  outbox.next(noon + 60);
  EXPECT_EQ(outbox.recover(), 1);
  EXPECT_EQ(outbox.recover(), 0);
  for (const bool duplicate : {true, false}) {
    const auto reply = outbox.next(noon + 61);
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->maybe_duplicate, duplicate) << reply->letter.message_id;
  }
}

TEST_F(OutboxTest, ABounceMayComeWithAnyBrackets) {
  owe("a@x");
  outbox.sent(outbox.next(noon + 60)->id, noon + 61);
  EXPECT_TRUE(outbox.is_ours(" <a@x>\r\n"));
  EXPECT_TRUE(outbox.is_ours("a@x"));
  EXPECT_FALSE(outbox.is_ours("<other@x>"));
  EXPECT_FALSE(outbox.is_ours(""));
  EXPECT_FALSE(outbox.undelivered("<other@x>", noon + 70));
  EXPECT_TRUE(outbox.undelivered("a@x", noon + 70));
  EXPECT_EQ(state(), "undelivered");
}

TEST_F(OutboxTest, CountsWhatAnAddressGotWithinADay) {
  owe("a@x", "Li@Company.example");
  owe("b@x", "li+forged@company.EXAMPLE");
  owe("c@x", "zhao@company.example");
  const auto decided = noon + 60;
  EXPECT_EQ(outbox.answered_today("li@company.example", decided), 2);
  EXPECT_EQ(outbox.answered_today("li@company.example", decided + 86'399), 2);
  EXPECT_EQ(outbox.answered_today("li@company.example", decided + 86'400), 0);
  EXPECT_EQ(outbox.answered_today("nobody@company.example", decided), 0);
}

TEST_F(OutboxTest, CountsByMailbox) {
  owe("a@x");
  owe("b@x");
  owe("c@x");
  outbox.sent(outbox.next(noon + 60)->id, noon + 61);
  outbox.next(noon + 60);
  const auto counts = outbox.counts();
  ASSERT_EQ(counts.size(), 1u);
  EXPECT_EQ(counts[0].account, "east-inbox");
  EXPECT_EQ(counts[0].owed, 2);  // one of them is on its way
  EXPECT_EQ(counts[0].sent, 1);
}

}  // namespace dengji
