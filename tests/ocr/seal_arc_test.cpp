#include "ocr/seal_arc.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace dengji {
namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr int steps = 720;
constexpr double square = 22 * degree;

using Profile = std::vector<double>;

// `count` characters of `width` degrees each, `pitch` apart, from `begin`; each with a thin stroke
// in the middle of it that is nearly a gap.
Profile drawn(int count, double begin, double pitch, double width) {
  Profile profile(steps, 0.01);
  for (int i = 0; i < count; ++i)
    for (double at = 0; at < width; at += 0.5) {
      const double angle = begin + i * pitch + at;
      const auto step = std::lround(std::fmod(angle + 720, 360.0) * 2) % steps;
      profile[static_cast<std::size_t>(step)] = std::abs(at - width / 2) < 1.5 ? 0.15 : 0.5;
    }
  return profile;
}

void expect_arc(const std::optional<SealArc>& arc, double begin, double end) {
  ASSERT_TRUE(arc);
  EXPECT_NEAR(std::remainder(arc->begin / degree - begin, 360), 0, 1.5);
  EXPECT_NEAR(std::remainder(arc->end / degree - end, 360), 0, 1.5);
}

TEST(SealArc, IsThatOfANameSetClosely) {
  const auto arc = seal_arc({drawn(14, -140, 20, 18.5)}, square, 14);
  expect_arc(arc, -140, -140 + 13 * 20 + 18.5);
  EXPECT_NEAR(arc->pitch() / degree, 20, 0.3);
  EXPECT_NEAR(arc->middle(0) / degree, 360 - 140 + 18.5 / 2, 2);
}

// Gaps as wide as a character do not end the name.
TEST(SealArc, IsThatOfAShortNameSetWidely) {
  for (const double begin : {-70.0, 15.0, 120.0, -170.0}) {
    SCOPED_TRACE(begin);
    expect_arc(seal_arc({drawn(5, begin, 40, 20)}, square, 5), begin, begin + 4 * 40 + 20);
  }
}

TEST(SealArc, MayBeOfOneCharacter) {
  auto profile = drawn(1, 50, 30, 20);
  const auto dirt = drawn(1, 200, 30, 20);
  for (std::size_t i = 0; i < profile.size(); ++i) profile[i] += 0.3 * dirt[i];
  const auto arc = seal_arc({profile}, square, 1);
  expect_arc(arc, 50, 70);
  EXPECT_TRUE(std::isfinite(arc->score));
}

TEST(SealArc, LeavesOutFaintPrintBesideTheName) {
  auto profile = drawn(6, -75, 30, 20);
  const auto dirt = drawn(3, 120, 25, 20);
  for (std::size_t i = 0; i < profile.size(); ++i) profile[i] += 0.35 * dirt[i];
  expect_arc(seal_arc({profile}, square, 6), -75, -75 + 5 * 30 + 20);
}

// A number at the bottom fills the outer part of the band, the inner part shows the gaps.
TEST(SealArc, IsThatOfTheLikeliestProfile) {
  auto outer = drawn(12, -130, 22, 19);
  for (std::size_t i = 2 * 135; i < 2 * 225; ++i) outer[i] = 0.5;
  expect_arc(seal_arc({outer, drawn(12, -130, 22, 19)}, square, 12), -130, -130 + 11 * 22 + 19);
}

TEST(SealArc, CountsCharactersWhereNobodySaysHowMany) {
  for (const int count : {5, 9, 13}) {
    const auto arc = seal_arc({drawn(count, -120, 24, 19)}, square, 0);
    ASSERT_TRUE(arc);
    EXPECT_EQ(arc->count, static_cast<std::size_t>(count));
  }
}

TEST(SealArc, OfNoInkIsNone) {
  EXPECT_FALSE(seal_arc({Profile(steps, 0.0)}, square, 8));
  EXPECT_FALSE(seal_arc({}, square, 8));
}

// More edges than are tried: the time it takes is bounded, and something is found.
TEST(SealArc, TriesSoManyEdges) {
  Profile profile(steps, 0.01);
  for (std::size_t i = 0; i < profile.size(); i += 6) profile[i] = profile[i + 1] = 0.5;
  EXPECT_TRUE(seal_arc({profile}, square, 0));
}

}  // namespace
}  // namespace dengji
