#include "store/report.hpp"

#include "store/time.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

constexpr Seconds day = 86'400;

class ReportTest : public StoreTest {
 protected:
  // A mail to `office` that came in then and was decided, with its letter sent after `answer`
  // seconds; 0: none was sent.
  Id arrive(const std::string& office, Seconds received, std::vector<SettledSubmission> submissions,
            Seconds answer) {
    Incoming one = mail(++mails_);
    one.office = office;
    one.account = office + "-inbox";
    one.received = one.now = received;
    reg.receive(one);
    const Id message = reg.claim(received, 100)->message;
    Settlement given = settlement(message, std::move(submissions));
    given.now = received + 1;
    if (answer == 0) {
      reg.settle(given, {});
      return message;
    }
    reg.settle(given, composing("letter-" + std::to_string(mails_) + "@wxb.example"));
    outbox.sent(outbox.next(received + answer)->id, received + answer);
    return message;
  }
  static SettledSubmission one(const std::string& form, const std::string& klass,
                               Decision decision) {
    SettledSubmission made = accepted("平台" + form);
    made.form = form;
    made.registrant_class = klass;
    made.decision = decision;
    if (decision != Decision::accept) made.change = RecordChange::none;
    return made;
  }
  static std::string text(const std::vector<Report::Count>& counts) {
    std::string all;
    for (const auto& [word, count] : counts) all += word + "=" + std::to_string(count) + " ";
    return all;
  }

  int mails_ = 0;
};

TEST_F(ReportTest, OfNothingIsNothing) {
  const auto nothing = report(database, {});
  EXPECT_EQ(nothing.received, 0);
  EXPECT_TRUE(nothing.offices.empty());
  EXPECT_TRUE(nothing.days.empty());
  EXPECT_EQ(nothing.answer.mails, 0);
}

TEST_F(ReportTest, CountsEachSubmissionOnceUnderEachHead) {
  arrive("east", noon,
         {one("website", "organisation", Decision::accept),
          one("account", "individual", Decision::reject)},
         60);
  arrive("west", noon + day, {one("website", "government", Decision::review)}, 0);
  arrive("west", noon + day, {one("", "", Decision::reject)}, 0);
  const auto counted = report(database, {});
  EXPECT_EQ(counted.received, 4);
  ASSERT_EQ(counted.offices.size(), 2U);
  const auto& east = counted.offices[0];
  EXPECT_EQ(east.office, "east");
  EXPECT_EQ(east.received, 2);
  EXPECT_EQ(east.accepted, 1);
  EXPECT_EQ(east.rejected, 1);
  EXPECT_EQ(east.records, 1);
  const auto& west = counted.offices[1];
  EXPECT_EQ(west.held, 1);
  EXPECT_EQ(west.received, west.accepted + west.held + west.rejected);
  EXPECT_EQ(text(counted.forms), "=1 account=1 website=2 ");
  EXPECT_EQ(text(counted.classes), "=1 government=1 individual=1 organisation=1 ");
  EXPECT_EQ(text(counted.decisions), "accept=1 reject=2 review=1 ");
  EXPECT_EQ(text(counted.days), "2018-08-20=2 2018-08-21=2 ");
}

TEST_F(ReportTest, DaysBeginAtMidnightOfUtcPlusEight) {
  const Seconds midnight = noon - 12 * 3600;
  for (const Seconds received : {midnight - 1, midnight, midnight + day - 1, midnight + day})
    arrive("east", received, {one("website", "organisation", Decision::review)}, 0);
  EXPECT_EQ(report(database, {"", "2018-08-20", "2018-08-20"}).received, 2);
  EXPECT_EQ(report(database, {"", "2018-08-21", ""}).received, 1);
  EXPECT_EQ(report(database, {"", "", "2018-08-19"}).received, 1);
  EXPECT_EQ(report(database, {"", "2018-08-21", "2018-08-20"}).received, 0);
  EXPECT_THROW(report(database, {"", "2018-02-30", ""}), StoreError);
}

TEST_F(ReportTest, KeepsToItsOffice) {
  arrive("east", noon, {one("website", "organisation", Decision::accept)}, 10);
  arrive("west", noon, {one("forum", "organisation", Decision::accept)}, 500);
  const auto counted = report(database, {"west", "", ""});
  EXPECT_EQ(counted.received, 1);
  ASSERT_EQ(counted.offices.size(), 1U);
  EXPECT_EQ(counted.offices[0].records, 1);
  EXPECT_EQ(text(counted.forms), "forum=1 ");
  EXPECT_EQ(counted.answer.mails, 1);
  EXPECT_EQ(counted.answer.median_seconds, 500);
}

TEST_F(ReportTest, LeavesOutWhatWasDecidedAnew) {
  const Id message = arrive("east", noon, {one("website", "organisation", Decision::reject)}, 0);
  reg.requeue(message, noon + 5, "wang");
  EXPECT_EQ(report(database, {}).received, 0);
  reg.claim(noon + 6, 100);
  reg.settle(settlement(message, {one("website", "organisation", Decision::accept)}), {});
  EXPECT_EQ(text(report(database, {}).decisions), "accept=1 ");
}

TEST_F(ReportTest, TellsMedianAndNinetiethPercentileOfTheFirstLetter) {
  for (const Seconds seconds : {50, 10, 90, 30, 70, 20, 100, 60, 40, 80})
    arrive("east", noon, {one("website", "organisation", Decision::reject)}, seconds);
  arrive("east", noon, {one("website", "organisation", Decision::reject)}, 0);
  const auto answer = report(database, {}).answer;
  EXPECT_EQ(answer.mails, 10);
  EXPECT_EQ(answer.median_seconds, 50);
  EXPECT_EQ(answer.p90_seconds, 90);
}

TEST(Period, IsOpenWhereNoDayIsGiven) {
  const auto open = period_of("", "");
  ASSERT_TRUE(open);
  EXPECT_EQ(open->begin, 0);
  EXPECT_GT(open->end, noon * 1000);
  EXPECT_FALSE(period_of("2018-08-20x", ""));
  EXPECT_FALSE(period_of("", "20.8.2018"));
}

}  // namespace

}  // namespace dengji
