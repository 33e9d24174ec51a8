#include "ocr/lattice.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace dengji {
namespace {

constexpr int blank = 3;  // of the codes 0 to 3

// One step a code, each as likely as given.
Lattice spelt(const std::vector<int>& codes, double probability = 0.9) {
  Lattice lattice(4, blank);
  for (const int code : codes) lattice.add({{code, probability}});
  return lattice;
}

TEST(Lattice, FitsWhatItSpellsBest) {
  const auto lattice = spelt({0, blank, 1, 1, 2});
  EXPECT_EQ(lattice.steps(), 5u);
  EXPECT_NEAR(lattice.fit({0, 1, 2}), 5 * std::log(0.9), 1e-5);
  EXPECT_NEAR(lattice.best(), 5 * std::log(0.9), 1e-9);
  EXPECT_LT(lattice.fit({0, 2}), lattice.fit({0, 1, 2}) - 5);
}

TEST(Lattice, NeedsABlankBetweenTwoOfTheSame) {
  EXPECT_LT(spelt({1, 1}).fit({1, 1}), -5);
  EXPECT_NEAR(spelt({1, blank, 1}).fit({1, 1}), 3 * std::log(0.9), 1e-5);
}

TEST(Lattice, TakesTheLikelierOfTwoChancesOfOneCode) {
  Lattice lattice(4, blank);
  lattice.add({{0, 0.2}, {0, 0.7}, {9, 0.99}, {-1, 0.99}});
  EXPECT_NEAR(lattice.fit({0}), std::log(0.7), 1e-5);
}

TEST(Lattice, LossIsNothingWhereTheTextWasRead) {
  const auto losses = spelt({0, blank, 1, 2}).loss({{0}, {1, 2}});
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_NEAR(losses[0], 0, 1e-5);
  EXPECT_NEAR(losses[1], 0, 1e-5);
}

TEST(Lattice, LossStandsAtTheCharacterThatIsWrong) {
  const auto losses = spelt({0, blank, 1, blank, 2}).loss({{0}, {0}, {2}});
  ASSERT_EQ(losses.size(), 3u);
  EXPECT_NEAR(losses[0], 0, 1e-5);
  EXPECT_LT(losses[1], -5);
  EXPECT_NEAR(losses[2], 0, 1e-5);
}

TEST(Lattice, SomethingTooLongCannotBeFitted) {
  const auto losses = spelt({0, 1}).loss({{0}, {1}, {2}});
  for (const double loss : losses) EXPECT_TRUE(std::isinf(loss));
}

TEST(Lattice, OfNothingFitsNothing) {
  const Lattice lattice;
  EXPECT_EQ(lattice.steps(), 0u);
  EXPECT_TRUE(std::isinf(lattice.fit({0})));
  EXPECT_TRUE(std::isinf(lattice.loss({{0}}).at(0)));
  EXPECT_TRUE(lattice.loss({}).empty());
}

}  // namespace
}  // namespace dengji
