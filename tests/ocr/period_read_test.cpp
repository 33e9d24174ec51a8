// Periods of validity that were read wrong the first time, on pages that
// tests/support/draw_pages.py drew.
#include "ocr/period_read.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"
#include "tests/ocr/words_trial.hpp"

namespace dengji {
namespace {

using PeriodRead = test::WordsTrial;

// The text of a page's lines with `right` read as `wrong`, as surely as given.
PageText misread(const PageText& text, const std::string& right, const std::string& wrong,
                 double confidence) {
  auto lines = text.lines();
  for (auto& line : lines) {
    const auto at = line.text.find(right);
    if (at == std::string::npos) continue;
    const auto before = code_points(line.text.substr(0, at)).size();
    const auto put = code_points(wrong);
    for (std::size_t i = 0; i < put.size(); ++i)
      line.glyphs[before + i] = {from_code_points(std::u32string_view(&put[i], 1)),
                                 line.glyphs[before + i].box, confidence};
  }
  return PageText(std::move(lines));
}

TEST(SurelyRead, AsksForWholeYearsAndConfidence) {
  EXPECT_TRUE(surely_read({"2015.04.28-2025.04.28", {}, 0.98}));
  EXPECT_TRUE(surely_read({"2015.04.28-长期", {}, 0.98}));
  EXPECT_FALSE(surely_read({"2015.04.28-2025.04.23", {}, 0.98}));  // 8 as 3
  EXPECT_FALSE(surely_read({"2015.04.28-2026.04.28", {}, 0.9}));   // 5 as 6
  EXPECT_FALSE(surely_read({"至2030年12月31日", {}, 0.98}));
}

TEST_F(PeriodRead, TellsNoDateThatTheSecondReadingDoesNotShow) {
  open("certificate.jpg");
  words_->read_all();
  const auto text = words_->text();
  const auto told = [&](const PageText& seen) {
    return PeriodReader(sheet_, recogniser(), budget_).valid_until(seen);
  };
  ASSERT_EQ(told(text), "2022-05-31");
  const auto calls = [] { return recogniser().spent()[Recogniser::han_lines].calls; };
  const auto before = calls();
  const auto day = misread(text, "至2022年05月31", "至2022年05月21", 0.98);
  EXPECT_EQ(told(day), "2022-05-31");
  EXPECT_GT(calls(), before);
}

// 11月 loses the same digit at any size: two readings alike are not enough against a whole period.
TEST_F(PeriodRead, TellsNoDateAgainstAnotherWholePeriod) {
  open("certificate.jpg");
  words_->read_all();
  const auto other = misread(words_->text(), "至2022年05月31", "至2032年05月31", 0.9);
  EXPECT_EQ(PeriodReader(sheet_, recogniser(), budget_).valid_until(other), "");
}

}  // namespace
}  // namespace dengji
