#include "ocr/seal_read.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ocr/seal_inside.hpp"
#include "parsers/limits.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

constexpr double degree = std::numbers::pi / 180;

// A ring and `count` blocks of ink where characters would stand, the first at `from` degrees
// clockwise from the top, `pitch` degrees apart; across `stretch` times as wide as high.
SealInk drawn(int count, double from, double pitch, double stretch = 1) {
  const double r = 150;
  const Point centre{r * stretch + 20, r + 20};
  GreyImage ink(static_cast<int>(2 * centre.x), static_cast<int>(2 * centre.y));
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x) {
      const double across = (x - centre.x) / stretch / r, down = (y - centre.y) / r;
      const double share = std::hypot(across, down);
      double angle = std::atan2(across, -down) / degree - from;
      while (angle < -pitch / 2) angle += 360;
      const double place = std::round(angle / pitch);
      const bool block = share > 0.65 && share < 0.87 && place < count &&
                         std::abs(angle - place * pitch) < 0.36 * pitch;
      const bool ring = share > 0.95 && share < 1;
      const bool star = share < 0.2;
      if (block || ring || star) ink.row(y)[x] = 220;
    }
  return {std::move(ink), centre, r * stretch, r, 0};
}

double degrees(double radians) { return std::remainder(radians / degree, 360); }

TEST(SealInk, FindsTheBandAndTheArcOfTheText) {
  const auto band = drawn(10, -110, 24).band(10);
  ASSERT_TRUE(band);
  EXPECT_NEAR(band->inner, 0.65, 0.06);
  EXPECT_NEAR(band->outer, 0.9, 0.06);
  EXPECT_NEAR(degrees(band->arc.begin), -110 - 0.36 * 24, 3);
  EXPECT_NEAR((band->arc.end - band->arc.begin) / degree, 9 * 24 + 0.72 * 24, 4);
}

TEST(SealInk, FindsThemWhereverTheSealIsTurned) {
  for (const double turned : {-170.0, -60.0, 20.0, 75.0, 140.0}) {
    const auto band = drawn(10, turned, 24).band(10);
    ASSERT_TRUE(band);
    EXPECT_NEAR(std::remainder(degrees(band->arc.begin) - (turned - 0.36 * 24), 360), 0, 3)
        << turned;
  }
}

TEST(SealInk, CountsCharactersThatStandEvenly) {
  const auto band = drawn(12, -120, 22).band(0);
  ASSERT_TRUE(band);
  EXPECT_EQ(band->arc.count, 12U);
}

TEST(SealInk, SeesAnEllipseAsTheCircleItWas) {
  const auto ink = drawn(10, -110, 24, 1.2);
  EXPECT_GT(ink.ink(90 * degree, 0.97), 0.9);
  EXPECT_GT(ink.ink(0, 0.97), 0.9);
  EXPECT_LT(ink.ink(0, 0.45), 0.1);
  EXPECT_NEAR(degrees(ink.band(10)->arc.begin), -110 - 0.36 * 24, 3);
}

TEST(SealInk, LaysOutALineOfDarkOnWhite) {
  const auto ink = drawn(10, -110, 24);
  const auto line = ink.line(*ink.band(10), 64, 1.1);
  EXPECT_EQ(line.height, 64);
  EXPECT_GT(line.width, 10 * 30);
  EXPECT_EQ(line.at(2, 32), 255);
  EXPECT_LT(*std::min_element(line.pixels.begin(), line.pixels.end()), 40);
  EXPECT_TRUE(ink.line(SealBand(), 64, 1.1).empty());
}

TEST(SealInk, OfNothingHasNoBands) {
  const SealInk ink(GreyImage(), {0, 0}, 0, 0, 0);
  EXPECT_FALSE(ink.band(10));
  EXPECT_FALSE(ink.band(0));
  EXPECT_EQ(ink.ink(0, 0.5), 0);
}

TEST(Rivals, HaveAnotherPlaceOfTheSameLength) {
  const auto rivals = rivals_of("邵水县图书馆", {"邵水县", "临津县", "宝塔区", "双塔自治县"});
  EXPECT_EQ(rivals, (std::vector<std::string>{"临津县图书馆", "宝塔区图书馆"}));
  EXPECT_TRUE(rivals_of("邵水县图书馆", {"临津县"}).empty());
  EXPECT_TRUE(rivals_of("邵水县图书馆", {"", "邵水县"}).empty());
}

TEST(Rivals, HaveAnotherOrdinal) {
  const auto rivals = rivals_of("邵水县第一中学", {});
  EXPECT_EQ(rivals.size(), 9U);
  EXPECT_EQ(rivals.front(), "邵水县第二中学");
  EXPECT_TRUE(rivals_of("邵水县次第", {}).empty());
}

TEST(Rivals, AreCapped) {
  std::vector<std::string> places(300, "甲县");
  for (std::size_t i = 0; i < places.size(); i += 2) places[i] = "乙县";
  EXPECT_EQ(rivals_of("甲县图书馆", places).size(), limits::seal_rivals);
}

TEST(NameFit, TakesEachCharacterFromTheLineThatShowsIt) {
  const auto fit = fit_of({{0, -12, -1, 0}, {-10, 0, -2, -3}});
  EXPECT_EQ(fit.losses, (std::vector<double>{0, 0, -1, 0}));
  EXPECT_DOUBLE_EQ(fit.mean, -0.25);
  EXPECT_DOUBLE_EQ(fit.worst, -1);
  EXPECT_DOUBLE_EQ(fit.worst_two, -0.5);
  EXPECT_DOUBLE_EQ(fit.rest, 0);
}

TEST(NameFit, TakesNothingFromALineThatIsNotTheName) {
  const auto fit = fit_of({{-30, -30, -30, 0}, {0, 0, -20, -20}, {}});
  EXPECT_EQ(fit.losses, (std::vector<double>{0, 0, -20, -20}));
  EXPECT_TRUE(fit_of({}).losses.empty());
  EXPECT_FALSE(confirms(fit_of({{}})));
}

TEST(Confirms, AsksForEveryCharacter) {
  const auto confirmed = [](std::vector<double> losses) { return confirms(fit_of({losses})); };
  EXPECT_TRUE(confirmed({0, -1, -2, 0, -1, 0, 0, 0, 0, 0}));
  EXPECT_TRUE(confirmed({0, 0, -8, 0, 0, 0, 0, 0, 0, 0}));         // one was misread
  EXPECT_FALSE(confirmed({0, -1, 0, 0, -18, 0, 0, 0, 0, 0}));      // one is another
  EXPECT_FALSE(confirmed({0, 0, -11, -10, 0, 0, 0, 0, 0, 0}));     // or a word of two
  EXPECT_FALSE(confirmed({0, -12, 0, 0, -12, 0, -12, 0, -1, 0}));  // or three are doubtful
  EXPECT_FALSE(confirmed({-4, -4, -4, -4, -4, -4, -4, -4}));       // none was seen well
  EXPECT_FALSE(confirms(NameFit()));
  EXPECT_FALSE(confirms(fit_of({{-30}})));
  EXPECT_TRUE(confirms(fit_of({{0}})));
}

TEST(SealText, HoldsNoPunctuationButRoundBrackets) {
  EXPECT_EQ(as_on_seals("“临津县博雅《湖南)网络.公司_"), "临津县博雅（湖南）网络公司");
  EXPECT_EQ(as_on_seals("110kV变电站"), "110kV变电站");
  EXPECT_EQ(as_on_seals("-:”"), "");
}

// The seals of odd_seals.jpg: an oval one, and a square one of three columns.
class OddSeals : public ::testing::Test {
 protected:
  static FoundSeal seal(SealShape shape, const char* file = "odd_seals.jpg") {
    for (auto& one : find_seals(prepare(test::page_of(file))))
      if (one.shape == shape) return one;
    return {};
  }
  Recogniser recogniser_{""};
  Budget budget_{20};
};

TEST_F(OddSeals, AnOvalNamesItsOwnerAndNobodyElse) {
  const auto oval = seal(SealShape::oval);
  SealReader reader(oval, recogniser_, budget_);
  const auto right = reader.read({"临津县博雅文化传媒有限公司"}, {});
  EXPECT_EQ(right.name, SealName::matches);
  EXPECT_EQ(right.text, "临津县博雅文化传媒有限公司");
  for (const char* near :
       {"临津县宏图文化传媒有限公司", "绥河县博雅文化传媒有限公司", "临津县博雅教育咨询有限公司"})
    EXPECT_NE(reader.read({near}, {}).name, SealName::matches) << near;
}

// A wide margin in front was read as a character of its own, or lost part of the first.
TEST_F(OddSeals, NothingStandsBeforeTheFirstCharacter) {
  const auto oval = seal(SealShape::oval);
  EXPECT_EQ(SealReader(oval, recogniser_, budget_).read({}, {}).text, "临津县博雅文化传媒有限公司");
}

TEST_F(OddSeals, ASquareIsReadInItsColumns) {
  const auto square = seal(SealShape::square);
  SealReader reader(square, recogniser_, budget_);
  EXPECT_EQ(reader.read({}, {}).text, "临津县图书馆专用章印");
  EXPECT_EQ(reader.read({"临津县图书馆专用章印"}, {}).name, SealName::matches);
  EXPECT_NE(reader.read({"临津县博物馆专用章印"}, {}).name, SealName::matches);
}

TEST_F(OddSeals, WhatElseTheyBearIsRead) {
  const auto round = read_inside(seal(SealShape::round, "round_seal.jpg"), recogniser_, budget_);
  EXPECT_TRUE(round.star);
  EXPECT_EQ(round.line, "合同专用章");
  const auto oval = read_inside(seal(SealShape::oval), recogniser_, budget_);
  EXPECT_FALSE(oval.star);
  EXPECT_EQ(oval.line, "业务专用章");
  EXPECT_EQ(read_inside(seal(SealShape::square), recogniser_, budget_).line, "");
}

TextLine line_of(const std::vector<std::pair<std::string, double>>& glyphs) {
  TextLine line;
  for (const auto& [text, confidence] : glyphs) {
    line.glyphs.push_back({text, {}, confidence});
    line.confidence += confidence / static_cast<double>(glyphs.size());
  }
  return line;
}

TEST(SealVote, TakesTheLikeliestCharacterOfLinesOfTheCommonestLength) {
  const auto right = line_of({{"邵", 0.5}, {"水", 0.9}, {"县", 0.9}});
  const auto wrong = line_of({{"部", 0.8}, {"水", 0.9}, {"具", 0.4}});
  const auto longer = line_of({{"一", 0.9}, {"邵", 0.9}, {"水", 0.9}, {"县", 0.9}});
  EXPECT_EQ(voted({wrong, right, right, longer}), "邵水县");
  EXPECT_EQ(voted({wrong, right}), "部水县");
  EXPECT_EQ(voted({}), "");
  EXPECT_EQ(voted({TextLine{}}), "");
}

TEST(SealInk, KeepsTheDistanceFromAnOvalsEdge) {
  // Its ring lies at the same share all round, and so does the blank within.
  const double rx = 180, ry = 125;
  const Point centre{200, 150};
  GreyImage ink(400, 300);
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x) {
      const double far = std::hypot((x - centre.x) / rx, (y - centre.y) / ry);
      if (far > 0.97 && far < 1) ink.row(y)[x] = 220;
    }
  const SealInk oval(std::move(ink), centre, rx, ry, 0, SealInk::Shape::oval);
  for (int turn = 0; turn < 360; turn += 15) {
    EXPECT_GT(oval.ink(turn * degree, 0.985), 0.8) << turn;
    EXPECT_LT(oval.ink(turn * degree, 0.9), 0.1) << turn;
  }
}

}  // namespace
}  // namespace dengji
