// Expected numbers on drawn pages and on those of the sample mails, with few lines read.
#include "ocr/number_seek.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/words_trial.hpp"

namespace dengji {
namespace {

using NumberSeek = test::WordsTrial;

TEST_F(NumberSeek, ConfirmsNumbersThatStandThere) {
  open("form.jpg");
  const std::vector<std::string> numbers = {"12430500MB1234567N", "430500198003070017",
                                            "430500198003079999"};
  const auto found = seek_numbers(*words_, sheet_, recogniser(), numbers, budget_);
  ASSERT_EQ(found.size(), 2u);
  for (const auto& number : found) EXPECT_TRUE(number.vote.agreed);
  EXPECT_EQ(read(), 0u);  // as Han
  EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {}, budget_).empty());
}

TEST_F(NumberSeek, AShortNumberIsNotFoundWithinALongerOne) {
  open("form.jpg");
  EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {"MB1234567"}, budget_).empty());
}

TEST_F(NumberSeek, ConfirmsANumberThatTakesTwoLinesOfItsCell) {
  open(test::sample_page("02-account-complete.eml", "mmexport"));
  const auto found = seek_numbers(*words_, sheet_, recogniser(), {"91430503MA4L7Q2C34"}, budget_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_GT(found[0].place.box.h, 1.5 * words_->usual_height());
  for (const auto* other : {"91430503MA4L7Q2C35", "91430503MA4L7Q2C3"})
    EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {other}, budget_).empty()) << other;
}

// 91430522MA4P6T1E and, below it, X0, which reads as XO where a credit code may hold an O.
TEST_F(NumberSeek, ReadsTheEndOfANumberInItsOwnAlphabet) {
  open(test::sample_page("05-website-wrong-number.eml", "登记表"));
  const auto found = seek_numbers(*words_, sheet_, recogniser(), {"91430522MA4P6T1EX0"}, budget_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].vote.agreed);
}

TEST_F(NumberSeek, ReadsALabelledNumberWithItsLabel) {
  open(test::sample_page("02-account-complete.eml", "营业执照"));
  const auto calls = [] { return recogniser().spent()[Recogniser::digit_lines].calls; };
  const auto before = calls();
  const auto found = seek_numbers(*words_, sheet_, recogniser(), {"91430503MA4L7Q2C34"}, budget_);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_LE(read(), 2u);
  EXPECT_LE(calls() - before, 2);
  EXPECT_TRUE(seek_numbers(*words_, sheet_, recogniser(), {"91430503MA4L7Q2C43"}, budget_).empty());
}

}  // namespace
}  // namespace dengji
