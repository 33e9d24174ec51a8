// What is read of a page, and what is left unread: on pages that tests/support/draw_pages.py drew.
#include "ocr/seek.hpp"

#include <gtest/gtest.h>

#include "ocr/number_seek.hpp"
#include "ocr/period_read.hpp"
#include "ocr/signature.hpp"
#include "ocr/standing.hpp"
#include "tests/ocr/words_trial.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

using Seek = test::WordsTrial;

TEST_F(Seek, ReadsTitlesUntilTheyAreEnough) {
  open("form.jpg");
  const auto title = read_titles(*words_, [](const PageText&) { return true; });
  EXPECT_EQ(page_kind(title, test::forms()).form, FormKind::website);
  EXPECT_EQ(read(), 1u);
  read_titles(*words_, [](const PageText&) { return false; });
  EXPECT_LE(read(), 3u);
  EXPECT_GT(words_->count(), 20u);
}

// Tesseract's layout takes four large characters for no line at all.
TEST_F(Seek, ReadsAShortTitle) {
  open(test::sample_page("04-forum-no-seal.eml", "营业执照"));
  const auto title = read_titles(*words_, [](const PageText&) { return false; });
  EXPECT_EQ(title.find("营业执照").score, 1);
}

TEST_F(Seek, FindsANameByItsLengthAndReadsItsLabel) {
  open("form.jpg");
  EXPECT_TRUE(seek_name(*words_, sheet_, "临津读书网", true));
  EXPECT_GE(words_->text().find("网站名称").score, 1);
  EXPECT_LT(read(), words_->count() / 2);
  EXPECT_FALSE(seek_name(*words_, sheet_, "宝塔夜谈", false));
  EXPECT_FALSE(seek_name(*words_, sheet_, "", false));
}

// The right line is asked first: by its length it is nearer to the name than those above it.
TEST_F(Seek, ReadsOneLineAndItsLabelForALongName) {
  open(test::sample_page("02-account-complete.eml", "mmexport"));
  EXPECT_TRUE(seek_name(*words_, sheet_, "邵阳云谷文化传媒有限公司", false));
  EXPECT_LE(read(), 2u);
}

TEST_F(Seek, ReadsWhatMayBeANumberAndItsLabel) {
  open("form.jpg");
  read_number_lines(*words_, sheet_, {}, 12);
  const auto text = words_->text();
  EXPECT_EQ(text.find("证件号码").score, 1);
  EXPECT_EQ(text.find("身份证号码").score, 1);
  EXPECT_LT(read(), words_->count() / 2);
}

TEST_F(Seek, ReadsNoNumberThatIsKnownAndNoneThatIsTooShort) {
  open("form.jpg");
  const std::vector<std::string> numbers = {"12430500MB1234567N", "430500198003070017"};
  const auto known = seek_numbers(*words_, sheet_, recogniser(), numbers, budget_);
  ASSERT_EQ(known.size(), 2u);
  read_number_lines(*words_, sheet_, known, 18);
  const auto text = words_->text();
  for (const auto& number : numbers) EXPECT_LT(text.find(number).score, 0.7) << number;
  const auto few = read();
  read_number_lines(*words_, sheet_, {}, 12);
  EXPECT_GT(read(), few);
}

TEST_F(Seek, StopsAtThePeriodOfValidity) {
  open("certificate.jpg");
  PeriodReader periods(sheet_, recogniser(), budget_);
  const auto found = [&] { return !periods.valid_until(words_->text()).empty(); };
  seek_period(*words_, sheet_, {}, true, found);
  EXPECT_EQ(periods.valid_until(words_->text()), "2022-05-31");
  EXPECT_LE(read(), 2u);
}

TEST_F(Seek, ReadsFewLinesWhereThereIsNoPeriod) {
  open("form.jpg");
  seek_period(*words_, sheet_, {}, false, [] { return false; });
  const auto dates = read();
  EXPECT_LT(dates, words_->count() / 2);
  seek_period(*words_, sheet_, {}, true, [] { return false; });
  EXPECT_GT(read(), dates);
  EXPECT_LT(read(), words_->count());
}

TEST_F(Seek, PrintIsLessLegibleOnItsHead) {
  open("form.jpg");
  const auto upright = legibility(*words_);
  open("form.jpg", 2);
  const auto turned = legibility(*words_);
  ASSERT_TRUE(upright && turned);
  EXPECT_GT(*upright, *turned + 0.04);
}

TEST_F(Seek, ReadsNothingOnceTheTimeIsSpent) {
  budget_ = Budget(0);
  open("form.jpg");
  EXPECT_FALSE(seek_name(*words_, sheet_, "临津读书网", true));
  EXPECT_EQ(read(), 0u);
}

TEST_F(Seek, ReadsWhereASignatureWouldBe) {
  open("signed.jpg");
  read_signature_place(*words_, sheet_, PageKind::form);
  EXPECT_TRUE(signature_place(words_->text(), PageKind::form, sheet_.cells(), sheet_.width()));
  EXPECT_LT(read(), words_->count());
}

}  // namespace
}  // namespace dengji
