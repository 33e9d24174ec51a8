#include "store/register.hpp"

#include <set>
#include <thread>

#include "tests/store/support.hpp"

namespace dengji {

using RegisterTest = StoreTest;

TEST_F(RegisterTest, AMessageIsKnownByItsKeyAndByItsBytes) {
  EXPECT_FALSE(reg.has("east-inbox", "7", "1"));
  EXPECT_EQ(reg.receive(mail(1)), Received::added);
  EXPECT_EQ(reg.receive(mail(1)), Received::known);
  EXPECT_TRUE(reg.has("east-inbox", "7", "1"));
  EXPECT_EQ(reg.ledgers().at(0).seen, 1);
}

TEST_F(RegisterTest, TheSameBytesUnderANewUidAreKnownAndNotFetchedAgain) {
  reg.receive(mail(1));
  Incoming moved = mail(1);
  moved.uidvalidity = "8";
  EXPECT_EQ(reg.receive(moved), Received::known);
  EXPECT_TRUE(reg.has("east-inbox", "8", "1"));
  EXPECT_TRUE(reg.has("east-inbox", "7", "1"));
  EXPECT_EQ(reg.ledgers().at(0).seen, 1);
}

TEST_F(RegisterTest, TheSameBytesInAnotherMailboxAreAnotherMessage) {
  reg.receive(mail(1));
  Incoming elsewhere = mail(1);
  elsewhere.account = "west-inbox";
  EXPECT_EQ(reg.receive(elsewhere), Received::added);
}

TEST_F(RegisterTest, OtherBytesUnderAKnownKeyAreNotTaken) {
  reg.receive(mail(1));
  Incoming other = mail(2);
  other.uid = "1";
  EXPECT_EQ(reg.receive(other), Received::known);
}

TEST_F(RegisterTest, MailWithoutADigestIsNotReceived) {
  Incoming empty = mail(1);
  empty.sha256.clear();
  EXPECT_THROW(reg.receive(empty), StoreError);
}

TEST_F(RegisterTest, MailSetAsideIsKnownAndIgnored) {
  EXPECT_EQ(reg.set_aside(mail(1), "too large"), Received::added);
  EXPECT_EQ(reg.set_aside(mail(1), "too large"), Received::known);
  EXPECT_EQ(reg.set_aside(mail(2), "before the first day"), Received::added);
  EXPECT_TRUE(reg.has("east-inbox", "7", "1"));
  EXPECT_EQ(reg.claim(noon, 100), std::nullopt);
  EXPECT_FALSE(reg.requeue(1, noon, "wang"));  // its bytes were never kept
  EXPECT_EQ(reg.ledgers().at(0).ignored, 2);
  EXPECT_THROW(reg.set_aside(mail(3), ""), StoreError);
}

TEST_F(RegisterTest, ClaimsTheOldestAndSaysWhereItCameFrom) {
  reg.receive(mail(1));
  reg.receive(mail(2));
  const auto claim = reg.claim(noon, 100);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->mail.account, "east-inbox");
  EXPECT_EQ(claim->mail.office, "east");
  EXPECT_EQ(claim->mail.uidvalidity, "7");
  EXPECT_EQ(claim->mail.uid, "1");
  EXPECT_EQ(claim->mail.sha256, mail(1).sha256);
  EXPECT_EQ(claim->mail.size, 1000);
  EXPECT_EQ(claim->mail.received, noon);
  EXPECT_EQ(claim->attempt, 1);
  EXPECT_EQ(claim->version, 1);
  EXPECT_EQ(reg.claim(noon, 100)->mail.uid, "2");
  EXPECT_FALSE(reg.claim(noon, 100));
}

TEST_F(RegisterTest, AnAttemptIsCountedBeforeItIsHandedOut) {
  reg.receive(mail(1));
  reg.claim(noon, 100);
  Database operators(directory.path(), Database::Mode::guest);  // sees what is committed
  EXPECT_EQ(operators.query("SELECT attempts FROM message").at(0).number(0), 1);
}

TEST_F(RegisterTest, ALeaseThatRanOutIsHandedOutAgain) {
  reg.receive(mail(1));
  reg.claim(noon, 100);
  EXPECT_FALSE(reg.claim(noon + 99, 100));
  EXPECT_EQ(reg.claim(noon + 100, 100)->attempt, 2);
}

TEST_F(RegisterTest, AReleasedClaimIsNotCounted) {
  const Id message = receive_and_claim(1);
  reg.release(message);
  EXPECT_EQ(reg.claim(noon, 100)->attempt, 1);
  reg.settle(settlement(message, {}), nullptr);
  reg.release(message);  // nothing: it is settled
  EXPECT_FALSE(reg.claim(noon + 1000, 100));
}

TEST(RegisterRestart, ClaimsOfADeadProcessAreHandedOutAtOnce) {
  TemporaryDirectory directory;
  {
    Database database(directory.path(), Database::Mode::owner);
    Register reg(database, test_prefixes);
    reg.receive(mail(1));
    reg.claim(noon, 3600);
  }
  Database database(directory.path(), Database::Mode::owner);
  const auto claim = Register(database, test_prefixes).claim(noon + 1, 3600);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->attempt, 2);
}

TEST_F(RegisterTest, PoisonGoesToStaffWithoutAReply) {
  const Id message = receive_and_claim(1);
  const Finding finding{"attachment.hostile", Severity::doubt, "", 0, "", "读取时三次中断"};
  reg.hold_poison(message, finding, noon);
  EXPECT_FALSE(reg.claim(noon + 1000, 100));
  EXPECT_EQ(reg.ledgers().at(0).held, 1);
  EXPECT_EQ(reg.list({"", "review", "", 10}).size(), 1u);
  EXPECT_FALSE(outbox.next(noon + 1000));
  EXPECT_THROW(reg.hold_poison(message, finding, noon), StoreError);
  EXPECT_TRUE(reg.requeue(message, noon, "wang"));
  EXPECT_EQ(reg.claim(noon, 100)->attempt, 1);
}

TEST_F(RegisterTest, RequeueSupersedesAndLetsANewLetterGo) {
  const Id message = receive_and_claim(1);
  EXPECT_FALSE(reg.requeue(message, noon, "wang"));  // not decided yet
  SettledSubmission rejected = accepted("甲网");
  rejected.decision = Decision::reject;
  rejected.change = RecordChange::none;
  reg.settle(settlement(message, {rejected}), composing("a@x"));
  outbox.sent(outbox.next(noon + 100)->id, noon + 100);

  EXPECT_TRUE(reg.requeue(message, noon + 200, "wang"));
  EXPECT_FALSE(reg.requeue(message, noon + 200, "wang"));
  EXPECT_EQ(reg.ledgers().at(0).pending, 1);
  const auto claim = reg.claim(noon + 201, 100);
  ASSERT_TRUE(claim);
  EXPECT_EQ(claim->attempt, 1);
  EXPECT_EQ(claim->version, 2);
  reg.settle(settlement(message, {accepted("甲网")}), composing("b@x"));
  EXPECT_EQ(outbox.next(noon + 300)->letter.message_id, "<b@x>");
  const auto listed = reg.list({});
  ASSERT_EQ(listed.size(), 1u);
  EXPECT_EQ(listed[0].decision, "accept");
  EXPECT_EQ(database.query("SELECT COUNT(*) FROM submission").at(0).number(0), 2);  // history
}

TEST_F(RegisterTest, RequeueWithdrawsALetterThatHasNotGone) {
  const Id message = receive_and_claim(1);
  reg.settle(settlement(message, {accepted("甲网")}), composing("a@x"));
  reg.requeue(message, noon + 100, "wang");
  EXPECT_FALSE(outbox.next(noon + 1000));
  EXPECT_EQ(outbox.answered_today("li@company.example", noon + 100), 0);
}

TEST_F(RegisterTest, PollsAreRemembered) {
  reg.polled("east", "east-inbox", noon, "connection refused");
  ASSERT_EQ(reg.ledgers().size(), 1u);
  EXPECT_EQ(reg.ledgers()[0].last_error, "connection refused");
  reg.polled("east", "east-inbox", noon + 60, "");
  EXPECT_EQ(reg.ledgers()[0].last_poll, noon + 60);
  EXPECT_EQ(reg.ledgers()[0].last_error, "");
  EXPECT_EQ(reg.ledgers()[0].seen, 0);
}

TEST_F(RegisterTest, TwoThreadsGetEachMessageAndEachNumberOnce) {
  constexpr int messages = 40;
  for (int n = 1; n <= messages; ++n) reg.receive(mail(n));
  std::set<std::string> numbers[2];
  const auto work = [&](std::set<std::string>& mine) {
    while (const auto claim = reg.claim(noon, 100)) {
      for (const Filed& filed :
           reg.settle(settlement(claim->message, {accepted("网" + std::to_string(claim->message))}),
                      nullptr)) {
        EXPECT_TRUE(mine.insert(filed.number).second);
      }
    }
  };
  std::thread other(work, std::ref(numbers[1]));
  work(numbers[0]);
  other.join();
  numbers[0].merge(numbers[1]);
  EXPECT_TRUE(numbers[1].empty());  // none was given to both
  ASSERT_EQ(numbers[0].size(), static_cast<std::size_t>(messages));
  EXPECT_EQ(*numbers[0].begin(), "DQ2018-00001");
  EXPECT_EQ(*numbers[0].rbegin(), "DQ2018-00040");
}

}  // namespace dengji
