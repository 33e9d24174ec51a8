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

// 邵东 and 邵阳 are two places: what was read beyond doubt is not taken for a misreading.
TEST(Fuzzy, WhatWasReadBeyondDoubtIsNoMisreading) {
  const auto score = [](std::u32string_view text, std::vector<double> confidence) {
    return find_alike(U"邵阳县图书馆分馆", text, confidence).score;
  };
  const std::vector<double> sure(8, 0.99);
  auto doubtful = sure;
  doubtful[1] = 0.9;
  EXPECT_DOUBLE_EQ(score(U"邵阳县图书馆分馆", sure), 1);
  EXPECT_DOUBLE_EQ(score(U"邵东县图书馆分馆", doubtful), 1 - 1.0 / 8);
  EXPECT_LT(score(U"邵东县图书馆分馆", sure), 0.5);
  // another character among them, and one that is missing
  EXPECT_LT(score(U"邵阳县新图书馆分馆", std::vector<double>(9, 0.99)), 0.75);
  EXPECT_LT(score(U"邵阳图书馆分馆", std::vector<double>(7, 0.99)), 0.75);
  // the cell's edge may cut one off
  EXPECT_DOUBLE_EQ(score(U"阳县图书馆分馆", std::vector<double>(7, 0.99)), 1 - 1.0 / 8);
}

TEST(Fuzzy, LikenessIsOneForTheSameAndFallsWithEdits) {
  EXPECT_DOUBLE_EQ(likeness(U"", U""), 1);
  EXPECT_DOUBLE_EQ(likeness(U"邵水在线", U"邵水在线"), 1);
  EXPECT_DOUBLE_EQ(likeness(U"邵水在线", U"邵水在钱"), 0.75);
  EXPECT_DOUBLE_EQ(likeness(U"邵水", U""), 0);
}

}  // namespace
}  // namespace dengji
