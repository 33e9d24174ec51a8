#include "store/reminders.hpp"

#include "store/queue.hpp"
#include "store/records.hpp"
#include "store/rulings.hpp"
#include "tests/store/support.hpp"

namespace dengji {
namespace {

struct RemindersStore : StoreTest {
  Reminders reminders{database};

  static SettledSubmission rejected(const std::string& platform) {
    auto one = accepted(platform);
    one.decision = Decision::reject;
    one.change = RecordChange::none;
    return one;
  }
  // A mail of these submissions, sent back by a letter that went out at `noon`.
  Id send_back(int n, const std::vector<SettledSubmission>& submissions) {
    const Id message = receive_and_claim(n);
    reg.settle(settlement(message, submissions), [n](const auto&) {
      auto asking = letter("ask" + std::to_string(n) + "@wxb.example");
      asking.kind = "rejection";
      return asking;
    });
    outbox.sent(outbox.next(noon)->id, noon);
    return message;
  }
  static Letter reminder() {
    auto one = letter("remind@wxb.example");
    one.kind = "reminder";
    return one;
  }
};

TEST_F(RemindersStore, OneLetterForAllOfAMailThatAreStillToBeMended) {
  const Id message = send_back(1, {rejected("甲"), accepted("乙"), rejected("丙")});
  const auto mail = reminders.next(noon, noon, 0);
  ASSERT_TRUE(mail);
  EXPECT_EQ(mail->message, message);
  EXPECT_EQ(mail->submissions, (std::vector<Id>{1, 3}));
  EXPECT_EQ(mail->asked, noon);
  reminders.owe(*mail, reminder(), noon + 100);
  EXPECT_FALSE(reminders.next(noon, noon, 0));
  const auto trail = Queue(database).trail(message);
  EXPECT_EQ(trail.back().action, "remind");
  EXPECT_EQ(trail.back().detail, "S1 S3");
  EXPECT_EQ(Queue(database).search({}).back().reminded, noon + 100);
}

TEST_F(RemindersStore, OnlyOfLettersThatWentOutBetweenTheTimes) {
  send_back(1, {rejected("甲")});
  EXPECT_FALSE(reminders.next(noon + 1, noon + 9, 0));
  EXPECT_FALSE(reminders.next(noon - 9, noon - 1, 0));
  EXPECT_TRUE(reminders.next(noon - 9, noon + 9, 0));
  EXPECT_FALSE(reminders.next(noon - 9, noon + 9, 1));
}

TEST_F(RemindersStore, PaperCompletesWhatWasSentBack) {
  send_back(1, {rejected("甲")});
  PaperSubmission paper{accepted("甲"), "east", "wang", "", "", "2018", "DQ", noon, noon};
  Records(database).file_paper(paper);
  EXPECT_FALSE(reminders.next(noon, noon, 0));
}

TEST_F(RemindersStore, AnAnswerCompletesWhatHadNoNameThatCouldBeRead) {
  const Id nameless = send_back(1, {rejected("")});
  auto answer = settlement(receive_and_claim(2), {accepted("甲")});
  answer.from = "other@company.example";
  answer.in_reply_to = "<ask1@wxb.example>";
  reg.settle(answer, nullptr);
  EXPECT_FALSE(reminders.next(noon, noon, 0));
  EXPECT_EQ(Queue(database).submission(nameless)->completed_by, 2);
}

TEST_F(RemindersStore, AStrangersMailCompletesNothing) {
  send_back(1, {rejected("")});
  auto stranger = settlement(receive_and_claim(2), {accepted("甲")});
  stranger.in_reply_to = "<nobody@wxb.example>";
  reg.settle(stranger, nullptr);
  EXPECT_TRUE(reminders.next(noon, noon, 0));
}

}  // namespace
}  // namespace dengji
