#include <stdexcept>

#include "store/audit.hpp"
#include "tests/store/support.hpp"

namespace dengji {

class SettleTest : public StoreTest {
 protected:
  std::vector<Filed> settle(std::vector<SettledSubmission> submissions,
                            const Compose& compose = {}) {
    const Id message = receive_and_claim(++mails_);
    return reg.settle(settlement(message, std::move(submissions)), compose);
  }
  std::int64_t count(const std::string& table) {
    return database.query("SELECT COUNT(*) FROM " + table).at(0).number(0);
  }

  int mails_ = 0;
};

TEST_F(SettleTest, NumbersRunWithinOfficeAndYear) {
  const auto filed = settle({accepted("甲网"), accepted("乙网")});
  ASSERT_EQ(filed.size(), 2u);
  EXPECT_EQ(filed[0].number, "DQ2018-00001");
  EXPECT_EQ(filed[1].number, "DQ2018-00002");
  EXPECT_EQ(filed[1].version, 1);

  Settlement next_year = settlement(receive_and_claim(10), {accepted("丙网")});
  next_year.year = "2019";
  EXPECT_EQ(reg.settle(next_year, {}).at(0).number, "DQ2019-00001");

  Incoming west = mail(11);
  west.office = "west";
  west.account = "west-inbox";
  reg.receive(west);
  const Id message = reg.claim(noon, 100)->message;
  EXPECT_EQ(reg.settle(settlement(message, {accepted("丁网")}), {}).at(0).number, "XQ2018-00001");
}

TEST_F(SettleTest, ARolledBackNumberIsGivenAgain) {
  const Id message = receive_and_claim(1);
  EXPECT_THROW(
      reg.settle(settlement(message, {accepted("甲网")}),
                 [](const auto&) -> std::optional<Letter> { throw std::runtime_error("x"); }),
      std::runtime_error);
  EXPECT_EQ(reg.settle(settlement(message, {accepted("甲网")}), {}).at(0).number, "DQ2018-00001");
}

TEST_F(SettleTest, AComposeThatThrowsUndoesEverything) {
  const Id message = receive_and_claim(1);
  const auto audited = count("audit");
  EXPECT_THROW(
      reg.settle(settlement(message, {accepted("甲网")}),
                 [](const auto&) -> std::optional<Letter> { throw std::runtime_error("x"); }),
      std::runtime_error);
  for (const char* table :
       {"submission", "submission_file", "finding", "record", "record_version", "reply"}) {
    EXPECT_EQ(count(table), 0) << table;
  }
  EXPECT_EQ(count("audit"), audited);
  EXPECT_EQ(verify_audit(database), std::nullopt);
  EXPECT_EQ(reg.ledgers().at(0).pending, 1);
  EXPECT_EQ(reg.claim(noon + 100, 100)->attempt, 2);
}

TEST_F(SettleTest, KeepsTheSealsOfEachSubmission) {
  auto one = accepted("甲网"), other = accepted("乙网");
  one.seal_prints = {"012", "345"};
  other.decision = Decision::reject;
  other.change = RecordChange::none;
  other.seal_prints = {"678"};
  const auto filed = settle({one, other});
  const auto kept = reg.seal_prints();
  ASSERT_EQ(kept.size(), 3U);
  EXPECT_EQ(kept[0].submission, filed[0].submission);
  EXPECT_EQ(kept[0].fingerprint + kept[1].fingerprint + kept[2].fingerprint, "012345678");
  const auto first = reg.stamped(kept[0].submission), last = reg.stamped(kept[2].submission);
  EXPECT_EQ(first.number, "DQ2018-00001");
  EXPECT_EQ(first.registrant_name, "某某网络有限公司");
  EXPECT_EQ(first.sender, "li@company.example");
  EXPECT_TRUE(first.accepted);
  EXPECT_EQ(last.number, "");
  EXPECT_FALSE(last.accepted);
  EXPECT_THROW(reg.stamped(99), StoreError);
}

TEST_F(SettleTest, ForgetsTheSealsOfWhatWasRequeued) {
  auto one = accepted("甲网");
  one.seal_prints = {"012"};
  settle({one});
  ASSERT_EQ(reg.seal_prints().size(), 1U);
  ASSERT_TRUE(reg.requeue(1, noon + 100, "staff"));
  EXPECT_TRUE(reg.seal_prints().empty());
}

TEST_F(SettleTest, ComposeSeesTheNumbersAndMayAskTheStore) {
  std::string number;
  settle({accepted("甲网")}, [&](const std::vector<Filed>& filed) {
    number = filed.at(0).number;
    EXPECT_EQ(outbox.answered_today("li@company.example", noon), 0);
    EXPECT_FALSE(outbox.undelivered("<unknown@x>", noon));
    EXPECT_EQ(reg.known("website", "甲网", "").size(), 1u);
    return letter("a@x");
  });
  EXPECT_EQ(number, "DQ2018-00001");
  EXPECT_EQ(count("reply"), 1);
}

TEST_F(SettleTest, AMessageIsSettledOnce) {
  const Id message = receive_and_claim(1);
  reg.settle(settlement(message, {accepted("甲网")}), composing("a@x"));
  EXPECT_THROW(reg.settle(settlement(message, {accepted("甲网")}), composing("b@x")), StoreError);
  EXPECT_THROW(reg.settle(settlement(999, {}), {}), StoreError);
  EXPECT_EQ(count("record"), 1);
  EXPECT_EQ(count("reply"), 1);
}

TEST_F(SettleTest, AChangeAppendsAVersion) {
  settle({accepted("甲网")});
  const Known before = reg.known("website", "甲网", "").at(0);
  SettledSubmission change = accepted("甲网新名");
  change.action = "suspend";
  change.change = RecordChange::append;
  change.record = before.record;
  change.status = RecordStatus::suspended;
  const auto filed = settle({change});
  EXPECT_EQ(filed.at(0).number, before.number);
  EXPECT_EQ(filed.at(0).version, 2);
  EXPECT_TRUE(reg.known("website", "甲网", "").empty());  // it goes by its new name
  const Known after = reg.known("website", "甲网新名", "").at(0);
  EXPECT_EQ(after.version, 2);
  EXPECT_EQ(after.status, RecordStatus::suspended);
  EXPECT_EQ(count("record"), 1);
  EXPECT_EQ(count("record_version"), 2);
}

TEST_F(SettleTest, ARepeatIsAnsweredWithItsReceiptAndChangesNothing) {
  settle({accepted("甲网")});
  SettledSubmission again = accepted("甲网");
  again.change = RecordChange::repeat;
  again.record = reg.known("website", "甲网", "").at(0).record;
  const auto filed = settle({again});
  EXPECT_EQ(filed.at(0).number, "DQ2018-00001");
  EXPECT_EQ(filed.at(0).version, 1);
  EXPECT_EQ(count("record_version"), 1);
}

TEST_F(SettleTest, AChangeOfNoRecordIsAnErrorThatLeavesNothing) {
  SettledSubmission change = accepted("甲网");
  change.change = RecordChange::append;
  change.record = 77;
  EXPECT_THROW(settle({change}), StoreError);
  EXPECT_EQ(count("submission"), 0);
}

TEST_F(SettleTest, WhatIsNotRegisteredHasNoNumber) {
  SettledSubmission held = accepted("甲网");
  held.decision = Decision::review;
  held.change = RecordChange::none;
  const auto filed = settle({held});
  EXPECT_EQ(filed.at(0).number, "");
  EXPECT_EQ(filed.at(0).version, 0);
  EXPECT_GT(filed.at(0).submission, 0);
  EXPECT_TRUE(reg.known("website", "甲网", "").empty());
}

TEST_F(SettleTest, AnOfficeWithoutAPrefixRegistersNothing) {
  Incoming stray = mail(1);
  stray.office = "north";
  reg.receive(stray);
  const Id message = reg.claim(noon, 100)->message;
  EXPECT_THROW(reg.settle(settlement(message, {accepted("甲网")}), {}), StoreError);
}

TEST_F(SettleTest, ABounceMarksItsReplyUndelivered) {
  settle({accepted("甲网")}, composing("a@x"));
  outbox.sent(outbox.next(noon + 100)->id, noon + 100);
  Settlement bounce = settlement(receive_and_claim(2), {});
  bounce.disposition = Disposition::ignored;
  bounce.reason = "bounce";
  bounce.bounce_of = "<a@x>";
  reg.settle(bounce, {});
  EXPECT_EQ(outbox.counts().at(0).undelivered, 1);
  EXPECT_EQ(reg.ledgers().at(0).ignored, 1);
}

TEST_F(SettleTest, ABounceOfNothingOfOursIsSettledAllTheSame) {
  Settlement bounce = settlement(receive_and_claim(1), {});
  bounce.disposition = Disposition::ignored;
  bounce.bounce_of = "<forged@x>";
  reg.settle(bounce, {});
  EXPECT_EQ(reg.ledgers().at(0).ignored, 1);
}

}  // namespace dengji
