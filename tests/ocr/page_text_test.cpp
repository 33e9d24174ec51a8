#include "ocr/page_text.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"

namespace dengji {
namespace {

TEST(PageText, PutsLinesSideBySideInOneRow) {
  const auto text = page_of({{"读书网", 400, 102}, {"网站名称：", 100, 100}, {"填表人", 100, 160}});
  ASSERT_EQ(text.rows().size(), 2u);
  EXPECT_EQ(text.rows()[0].text, U"网站名称读书网");
  EXPECT_EQ(text.rows()[0].box.x, 100);
  EXPECT_EQ(text.rows()[1].text, U"填表人");
}

TEST(PageText, KeepsABorderThatRunsDownThePageApart) {
  auto border = line_of({"|", 50, 0});
  border.box.h = 2000;
  const PageText text({border, line_of({"名称", 100, 500})});
  EXPECT_EQ(text.rows().size(), 2u);
}

TEST(PageText, FindsWordsAcrossLinesOfARow) {
  const auto text = page_of({{"统一社会信", 100, 100}, {"用代码证书", 300, 100}});
  const auto hit = text.find("统一社会信用代码证书");
  EXPECT_DOUBLE_EQ(hit.score, 1);
  EXPECT_EQ(hit.box.x, 100);
  EXPECT_EQ(hit.box.w, 350);
}

TEST(PageText, FindsTheBestRowAndAllGoodOnes) {
  const auto text = page_of({{"机构名林", 100, 100}, {"机构名称", 100, 200}, {"无关", 100, 300}});
  EXPECT_EQ(text.find("机构名称").row, 1u);
  EXPECT_EQ(text.find_all("机构名称", 0.7).size(), 2u);
  EXPECT_EQ(text.find_all("机构名称", 0.9).size(), 1u);
  EXPECT_TRUE(text.find_all("：", 0.1).empty());
}

TEST(PageText, KnowsHowSureItIsOfEachCharacter) {
  const auto text = page_of({{"名称", 100, 100, 0.9}, {"读书", 300, 100, 0.5}});
  ASSERT_EQ(text.rows().size(), 1u);
  EXPECT_EQ(text.rows()[0].confidence, (std::vector<double>{0.9, 0.9, 0.5, 0.5}));
}

TEST(PageText, OfNothingHasNothing) {
  const PageText text;
  EXPECT_TRUE(text.rows().empty());
  EXPECT_EQ(text.median_height(), 0);
  EXPECT_EQ(text.find("名称").score, 0);
}

TEST(United, IgnoresEmptyBoxes) {
  const Box box{10, 20, 30, 40};
  EXPECT_EQ(united({}, box).x, 10);
  EXPECT_EQ(united(box, {}).w, 30);
  const auto both = united(box, {0, 0, 5, 5});
  EXPECT_EQ(both.w, 40);
  EXPECT_EQ(both.h, 60);
}

}  // namespace
}  // namespace dengji
