#include "ocr/geometry.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace dengji {
namespace {

void expect_near(Point a, Point b) {
  EXPECT_NEAR(a.x, b.x, 1e-6);
  EXPECT_NEAR(a.y, b.y, 1e-6);
}

const Quad square{Point{0, 0}, Point{100, 0}, Point{100, 100}, Point{0, 100}};
const Quad leaning{Point{12, 7}, Point{90, 15}, Point{97, 110}, Point{3, 95}};

TEST(Geometry, BoxesMeetAndOverlap) {
  const Box a{0, 0, 10, 10}, b{5, 5, 10, 10};
  EXPECT_EQ(area(intersection(a, b)), 25);
  EXPECT_NEAR(overlap(a, b), 25.0 / 175, 1e-9);
  EXPECT_EQ(overlap(a, {20, 20, 5, 5}), 0);
  EXPECT_EQ(overlap({}, {}), 0);
}

TEST(Geometry, AGrownBoxStaysInsideThePicture) {
  const Box b = grown({2, 3, 10, 10}, 5, 14, 100);
  EXPECT_EQ(b.x, 0);
  EXPECT_EQ(b.y, 0);
  EXPECT_EQ(b.w, 14);
  EXPECT_EQ(b.h, 18);
}

TEST(Geometry, CornersGoToCorners) {
  const auto t = Transform::between(square, leaning);
  ASSERT_TRUE(t);
  for (std::size_t i = 0; i < 4; ++i) expect_near((*t)(square[i]), leaning[i]);
  const Transform back = t->inverse();
  for (std::size_t i = 0; i < 4; ++i) expect_near(back(leaning[i]), square[i]);
}

TEST(Geometry, DegenerateCornersGiveNoMap) {
  EXPECT_FALSE(Transform::between(square, {Point{0, 0}, Point{1, 1}, Point{2, 2}, Point{3, 3}}));
  EXPECT_FALSE(Transform::between(square, {Point{5, 5}, Point{5, 5}, Point{9, 9}, Point{5, 9}}));
  const Quad bow_tie{Point{0, 0}, Point{9, 9}, Point{9, 0}, Point{0, 9}};
  EXPECT_FALSE(Transform::between(square, bow_tie));
}

TEST(Geometry, MapsComposeFromRightToLeft) {
  const Transform t = Transform::translation(5, 0) * Transform::scaling(2, 3);
  expect_near(t({1, 1}), {7, 3});
  expect_near(Transform::rotation(std::numbers::pi / 2)({1, 0}), {0, 1});
}

TEST(Geometry, TheImageOfABoxIsUprightAndWhole) {
  const Box b = image(Transform::rotation(std::numbers::pi / 2), {0, 0, 10, 4});
  EXPECT_EQ(b.x, -4);
  EXPECT_EQ(b.y, 0);
  EXPECT_EQ(b.w, 4);
  EXPECT_EQ(b.h, 10);
}

TEST(Geometry, BoxesAtTheHorizonStayInts) {
  const Transform horizon({1, 0, 0, 0, 1, 0, 1, 0, 0});  // x = 0 goes to infinity
  const Box b = image(horizon, {0, 0, 10, 10});
  EXPECT_LE(b.w, 2'000'000);
  EXPECT_GE(b.w, 0);
}

}  // namespace
}  // namespace dengji
