#include "store/rulings.hpp"

#include "store/queue.hpp"
#include "tests/store/support.hpp"

namespace dengji {
namespace {

struct RulingsTest : StoreTest {
  Rulings rulings{database, test_prefixes};
  Queue queue{database};

  Id hold(int n, const std::string& platform = "夜话") {
    auto one = accepted(platform);
    one.decision = Decision::review;
    one.change = RecordChange::none;
    return reg.settle(settlement(receive_and_claim(n), {one}), nullptr).at(0).submission;
  }
  static Ruling ruling(Id submission, RulingKind kind) {
    return {0, submission, kind, "wang", noon, noon + 60, "a@x.example", "主题", "正文", ""};
  }
  static std::optional<Letter> receipt(const Filed&) { return letter("r@wxb.example"); }
};

TEST_F(RulingsTest, AnAcceptedSubmissionIsRegisteredOnceItIsDue) {
  const Id held = hold(1);
  ASSERT_EQ(rulings.decide(ruling(held, RulingKind::accept), 1), Rulings::Taken::yes);
  EXPECT_FALSE(rulings.due(noon + 59));
  const auto due = rulings.due(noon + 60);
  ASSERT_TRUE(due);
  const auto filed = rulings.carry_out(*due, {RecordChange::create, 0, RecordStatus::active},
                                       "2018", noon + 60, receipt);
  EXPECT_EQ(filed.number, "DQ2018-00001");
  EXPECT_EQ(queue.submission(held)->decision, "accept");
  EXPECT_EQ(queue.submission(held)->number, "DQ2018-00001");
  EXPECT_FALSE(rulings.due(noon + 1000));
  EXPECT_THROW(rulings.carry_out(*due, {}, "2018", noon, receipt), StoreError);
  EXPECT_EQ(queue.letters(queue.submission(held)->message).size(), 1u);
}

TEST_F(RulingsTest, OfTwoPeopleTheSecondIsToldThatTheFirstDecided) {
  const Id held = hold(1);
  EXPECT_EQ(rulings.decide(ruling(held, RulingKind::accept), 1), Rulings::Taken::yes);
  EXPECT_EQ(rulings.decide(ruling(held, RulingKind::reject), 1), Rulings::Taken::decided);
  EXPECT_EQ(rulings.pending(held)->kind, RulingKind::accept);
  EXPECT_EQ(rulings.decide(ruling(99, RulingKind::reject), 1), Rulings::Taken::unknown);
}

TEST_F(RulingsTest, ARulingIsUndoneUntilItIsDueAndThenTheOldRevisionServesNoLonger) {
  const Id held = hold(1);
  rulings.decide(ruling(held, RulingKind::reject), 1);
  EXPECT_TRUE(queue.held_by_office().empty());
  EXPECT_TRUE(rulings.undo(held, "wang", noon + 10));
  EXPECT_FALSE(rulings.undo(held, "wang", noon + 10));
  EXPECT_EQ(queue.held_by_office().at(0).second, 1);
  EXPECT_EQ(rulings.decide(ruling(held, RulingKind::accept), 1), Rulings::Taken::decided);
  const auto revision = queue.submission(held)->revision;
  EXPECT_EQ(rulings.decide(ruling(held, RulingKind::accept), revision), Rulings::Taken::yes);
  EXPECT_FALSE(rulings.undo(held, "wang", noon + 60));  // due: it may be on its way
}

TEST_F(RulingsTest, ARulingDoesNotWaitForAClockThatWasSetBack) {
  rulings.decide(ruling(hold(1), RulingKind::reject), 1);
  EXPECT_FALSE(rulings.due(noon));
  EXPECT_TRUE(rulings.due(noon - 86'400));
}

TEST_F(RulingsTest, ARejectedSubmissionIsNotRegistered) {
  const Id held = hold(1);
  rulings.decide(ruling(held, RulingKind::correct), 1);
  const auto filed = rulings.carry_out(*rulings.due(noon + 60), {RecordChange::create, 0, {}},
                                       "2018", noon + 60, receipt);
  EXPECT_EQ(filed.number, "");
  EXPECT_EQ(queue.submission(held)->decision, "reject");
}

TEST_F(RulingsTest, AForwardedSubmissionWaitsAtTheOtherOffice) {
  const Id held = hold(1);
  EXPECT_FALSE(rulings.forward(held, 2, "west", "wang", "", noon));
  EXPECT_TRUE(rulings.forward(held, 1, "west", "wang", "属西区", noon));
  EXPECT_EQ(queue.held_by_office().at(0).first, "west");
  rulings.decide(ruling(held, RulingKind::accept), 2);
  EXPECT_EQ(rulings
                .carry_out(*rulings.due(noon + 60), {RecordChange::create, 0, {}}, "2018",
                           noon + 60, receipt)
                .number,
            "XQ2018-00001");
}

TEST_F(RulingsTest, ALaterMailByTheSameHandCompletesWhatWaited) {
  const Id first = hold(1);
  const Id second = hold(2);
  EXPECT_EQ(queue.submission(first)->completed_by, second);
  EXPECT_EQ(queue.submission(second)->completes, first);
  QueueFilter all;
  ASSERT_EQ(queue.held(all).size(), 1u);
  EXPECT_EQ(queue.held(all).at(0).submission, second);
  hold(3, "另一平台");
  EXPECT_EQ(queue.held(all).size(), 2u);
}

TEST_F(RulingsTest, TheQueueIsInTheOrderInWhichMailCameIn) {
  const Id late = hold(1, "甲网"), early = hold(2, "乙网"), middle = hold(3, "丙网");
  database.execute("UPDATE message SET received = received - 100 WHERE id = 2");
  database.execute("UPDATE message SET received = received - 50 WHERE id = 3");
  QueueFilter filter;
  std::vector<Id> order;
  for (filter.limit = 1; order.size() < 5; filter.after = order.back()) {
    const auto page = queue.held(filter);
    if (page.empty()) break;
    order.push_back(page[0].submission);
  }
  EXPECT_EQ(order, (std::vector<Id>{early, middle, late}));
  EXPECT_EQ(queue.neighbours(middle, ""), std::pair(early, late));
  EXPECT_EQ(queue.neighbours(early, ""), std::pair(Id{0}, middle));
}

TEST_F(RulingsTest, TheQueueIsBoundToItsOfficeAndFilters) {
  hold(1);
  QueueFilter filter;
  filter.office = "west";
  EXPECT_TRUE(queue.held(filter).empty());
  EXPECT_TRUE(queue.search(filter).empty());
  filter.office = "east";
  filter.text = "夜";
  EXPECT_EQ(queue.held(filter).size(), 1u);
  filter.text = "100%";
  EXPECT_TRUE(queue.search(filter).empty());
}

}  // namespace
}  // namespace dengji
