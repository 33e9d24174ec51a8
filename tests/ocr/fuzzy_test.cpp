#include "ocr/fuzzy.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

TEST(Fuzzy, FoldsToLettersAndDigits) {
  EXPECT_EQ(fold("网站名称（域名）："), U"网站名称域名");
  EXPECT_EQ(fold("ＩＣＰ 备案"), U"icp备案");
  EXPECT_EQ(fold("："), U"");
}

TEST(Fuzzy, FindsWordsWithAnErrorInside) {
  const auto found = find_alike(U"统一社会信用代码", U"注统一社合信用代码91");
  EXPECT_DOUBLE_EQ(found.score, 1 - 1.0 / 8);
  EXPECT_EQ(found.begin, 1u);
  EXPECT_EQ(found.end, 9u);
}

TEST(Fuzzy, TakesTheFirstOfEqualPlaces) { EXPECT_EQ(find_alike(U"名称", U"名称名称").end, 2u); }

TEST(Fuzzy, FindsNothingInNothing) {
  EXPECT_EQ(find_alike(U"", U"名称").score, 0);
  EXPECT_EQ(find_alike(U"名称", U"").score, 0);
}

TEST(Fuzzy, LikenessIsOneForTheSameAndFallsWithEdits) {
  EXPECT_DOUBLE_EQ(likeness(U"", U""), 1);
  EXPECT_DOUBLE_EQ(likeness(U"邵水在线", U"邵水在线"), 1);
  EXPECT_DOUBLE_EQ(likeness(U"邵水在线", U"邵水在钱"), 0.75);
  EXPECT_DOUBLE_EQ(likeness(U"邵水", U""), 0);
}

}  // namespace
}  // namespace dengji
