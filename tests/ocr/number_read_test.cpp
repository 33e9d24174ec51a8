#include "ocr/number_read.hpp"

#include <gtest/gtest.h>

#include "parsers/limits.hpp"
#include "tests/ocr/lines.hpp"

namespace dengji {
namespace {

constexpr auto uscc = "12430500MB1234567N", citizen = "430500198003070017";

TEST(FindNumbers, StandRightOfTheirLabels) {
  const auto places =
      find_numbers(page_of({{"统一社会信用代码：12430500MB1234567N", 100, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].type, IdType::uscc);
  EXPECT_EQ(places[0].seen, uscc);
  EXPECT_TRUE(places[0].labelled);
  EXPECT_EQ(places[0].box.x, 100 + 9 * 30);
  EXPECT_EQ(places[0].box.w, 18 * 15);
}

TEST(FindNumbers, StandInALineOfTheirOwnToo) {
  const auto places =
      find_numbers(page_of({{"公民身份号码", 100, 100}, {"430500198003070017", 400, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].type, IdType::citizen);
  EXPECT_EQ(places[0].box.x, 400);
}

TEST(FindNumbers, MayHaveAMisreadCharacterInside) {
  const auto places = find_numbers(page_of({{"注册号4305210口0941417", 100, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].seen, "43052100941417");
}

TEST(FindNumbers, AreFoundByShapeWithoutALabel) {
  const auto places = find_numbers(page_of({{"430500198003070017", 400, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].type, IdType::citizen);
  EXPECT_FALSE(places[0].labelled);
}

TEST(FindNumbers, AreFoundBesideALabelOfWhichALetterIsLeft) {
  const auto places =
      find_numbers(page_of({{"公民身众E码", 100, 100}, {"430500198003070017", 400, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].seen, citizen);
}

TEST(FindNumbers, LeaveAPlaceWhereNothingWasRead) {
  const auto places = find_numbers(page_of({{"统一社会信用代码", 100, 100}}), 1600);
  ASSERT_EQ(places.size(), 1u);
  EXPECT_EQ(places[0].seen, "");
  EXPECT_GT(places[0].box.x, 340);
  EXPECT_LE(places[0].box.x + places[0].box.w, 1600);
}

TEST(FindNumbers, DoNotTakeATitleForALabel) {
  EXPECT_TRUE(find_numbers(page_of({{"统一社会信用代码证书", 100, 100}}), 1600).empty());
}

TEST(FindNumbers, AreNoTelephoneOrDate) {
  EXPECT_TRUE(find_numbers(page_of({{"联系电话13900000000", 100, 100}}), 1600).empty());
  EXPECT_TRUE(find_numbers(page_of({{"2018年8月20日", 100, 100}}), 1600).empty());
}

TEST(FindNumbers, AreCapped) {
  std::vector<LineWords> many;
  for (int i = 0; i < 60; ++i) many.push_back({"430500198003070017", 400, 100 + 60 * i});
  EXPECT_EQ(find_numbers(page_of(many), 1600).size(), limits::numbers_on_page);
}

TEST(Vote, AgreesWhenTwoReadingsAreAlike) {
  const auto result = vote(IdType::uscc, {uscc, "12430500M81234567N", uscc}, {});
  EXPECT_EQ(result.text, uscc);
  EXPECT_TRUE(result.agreed);
  EXPECT_NEAR(result.confidence, 2.0 / 3, 1e-9);
}

TEST(Vote, DoesNotAgreeOnOneReadingOrATie) {
  EXPECT_FALSE(vote(IdType::uscc, {uscc}, {}).agreed);
  const std::string other = "12430500MB7654321K";
  EXPECT_FALSE(vote(IdType::uscc, {uscc, other, other, uscc}, {}).agreed);
}

TEST(Vote, DoesNotAgreeOnANumberThatCannotBe) {
  const std::string wrong = "430500198003070018";  // its check digit is 7
  const auto result = vote(IdType::citizen, {wrong, wrong, wrong}, {});
  EXPECT_EQ(result.text, wrong);
  EXPECT_FALSE(result.agreed);
}

TEST(Vote, NeverMendsAReadingByItsCheckDigit) {
  EXPECT_EQ(vote(IdType::citizen, {"430500198003070018"}, {citizen}).text, "430500198003070018");
}

TEST(Vote, TakesTheExpectedNumberWhereverItWasRead) {
  const std::string wrong = "430500198003070018";
  const auto result = vote(IdType::citizen, {wrong, wrong, citizen}, {citizen});
  EXPECT_EQ(result.text, citizen);
  EXPECT_TRUE(result.agreed);
}

TEST(Vote, OfNothingIsNothing) {
  EXPECT_EQ(vote(IdType::uscc, {}, {uscc}).text, "");
  EXPECT_FALSE(vote(IdType::uscc, {"1243", "1243"}, {}).agreed);
}

}  // namespace
}  // namespace dengji
