#include "ocr/outline.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace dengji {
namespace {

// A map of ink with the outline drawn 3 pixels thick.
GreyImage drawn(const Outline& o, int width = 300, int height = 240) {
  GreyImage map(width, height);
  for (const OutlinePoint& p : points_on(o, 2000))
    for (double d = -1; d <= 1; ++d) {
      const int x = static_cast<int>(std::lround(p.at.x + d * p.outward.x));
      const int y = static_cast<int>(std::lround(p.at.y + d * p.outward.y));
      if (x >= 0 && y >= 0 && x < width && y < height) map.row(y)[x] = 200;
    }
  return map;
}

std::vector<Point> corners(const Outline& o) {
  std::vector<Point> points;
  for (const OutlinePoint& p : points_on(o, 360)) points.push_back(p.at);
  return points;
}

TEST(Outline, ItsOwnInkCoversItWholly) {
  for (const OutlineKind kind : {OutlineKind::ellipse, OutlineKind::rectangle}) {
    const Outline o{kind, {150, 120}, 80, 50, 0.3};
    const OutlineFit fit = measure(o, drawn(o), 100, 2);
    EXPECT_GT(fit.coverage, 0.97);
    EXPECT_LT(fit.outside, 0.05);
    EXPECT_DOUBLE_EQ(fit.visible, 1);
    EXPECT_NEAR(fit.strength, 200 / 255.0, 0.02);
  }
}

TEST(Outline, AnotherPlaceIsNotCovered) {
  const Outline there{OutlineKind::ellipse, {150, 120}, 80, 80, 0};
  Outline here = there;
  here.rx = here.ry = 60;
  const OutlineFit fit = measure(here, drawn(there), 100, 2);
  EXPECT_LT(fit.coverage, 0.05);
}

TEST(Outline, WhatThePageCutsOffIsNotVisible) {
  const Outline o{OutlineKind::ellipse, {0, 120}, 80, 80, 0};
  const OutlineFit fit = measure(o, drawn(o), 100, 2);
  EXPECT_NEAR(fit.visible, 0.5, 0.03);
  EXPECT_GT(fit.coverage, 0.97);  // of what is visible
}

TEST(Outline, InkBeyondIsSeen) {
  const Outline o{OutlineKind::ellipse, {150, 120}, 60, 60, 0};
  GreyImage map = drawn(o);
  for (int y = 0; y < map.height; ++y)  // the right half dirty
    for (int x = 150; x < map.width; ++x) map.row(y)[x] = 255;
  EXPECT_NEAR(measure(o, map, 100, 2).outside, 0.5, 0.05);
}

TEST(Outline, HullGivesEllipseAndRectangleBack) {
  const Outline ellipse{OutlineKind::ellipse, {150, 120}, 90, 55, 0.4};
  const Outline e = ellipse_of(convex_hull(corners(ellipse)));
  EXPECT_NEAR(e.centre.x, 150, 0.5);
  EXPECT_NEAR(e.rx, 90, 1);
  EXPECT_NEAR(e.ry, 55, 1);
  EXPECT_NEAR(e.angle, 0.4, 0.02);
  const Outline box{OutlineKind::rectangle, {150, 120}, 70, 70, 0.2};
  const Outline r =
      rectangle_round(convex_hull({{90, 40}, {210, 40}, {210, 160}, {90, 160}, {150, 100}}));
  EXPECT_NEAR(r.rx, 60, 1e-6);
  EXPECT_NEAR(r.ry, 60, 1e-6);
  EXPECT_TRUE(inside(box, {150, 120}));
  EXPECT_FALSE(inside(box, {150, 200}));
}

TEST(Outline, AnEllipseGoesThroughFivePointsAndNearMany) {
  const Outline truth{OutlineKind::ellipse, {310, 190}, 95, 62, 0.4};
  for (const int n : {5, 200}) {
    std::vector<Point> points;
    for (const OutlinePoint& p : points_on(truth, n)) {
      const double off = n == 5 ? 0 : static_cast<double>(points.size() % 2) - 0.5;
      points.push_back({p.at.x + off * p.outward.x, p.at.y + off * p.outward.y});
    }
    const auto found = ellipse_through(points);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->centre.x, truth.centre.x, 0.1);
    EXPECT_NEAR(found->centre.y, truth.centre.y, 0.1);
    EXPECT_NEAR(found->rx, truth.rx, 0.1);
    EXPECT_NEAR(found->ry, truth.ry, 0.1);
    EXPECT_NEAR(std::remainder(found->angle - truth.angle, std::numbers::pi), 0, 0.01);
    EXPECT_TRUE(std::isinf(DistanceFrom(truth)(truth.centre)));
    for (const OutlinePoint& p : points_on(truth, 20))
      EXPECT_NEAR(DistanceFrom(*found)({p.at.x + 2 * p.outward.x, p.at.y + 2 * p.outward.y}), 2,
                  0.3);
  }
}

TEST(Outline, NoEllipseGoesThroughAHyperbolaALineOrFour) {
  EXPECT_FALSE(ellipse_through({{1, 1}, {2, 0.5}, {4, 0.25}, {-1, -1}, {-2, -0.5}}));
  EXPECT_FALSE(ellipse_through({{0, 0}, {1, 1}, {2, 2}, {3, 3}, {4, 4}}));
  EXPECT_FALSE(ellipse_through({{7, 7}, {7, 7}, {7, 7}, {7, 7}, {7, 7}}));
  EXPECT_FALSE(ellipse_through({{1, 0}, {0, 1}, {-1, 0}, {0, -1}}));
}

TEST(Outline, TooFewPointsGiveNothing) {
  EXPECT_TRUE(points_on({}, 10).empty());
  EXPECT_EQ(ellipse_of(convex_hull({{1, 1}, {2, 2}})).rx, 0);
  EXPECT_EQ(rectangle_round(convex_hull({{1, 1}, {2, 2}, {3, 3}})).rx, 0);
  EXPECT_EQ(measure({}, GreyImage(10, 10), 1, 2).coverage, 0);
}

TEST(Outline, TheBoxOfATurnedEllipseTouchesIt) {
  const Outline o{OutlineKind::ellipse, {100, 100}, 80, 40, std::numbers::pi / 4};
  const Box b = box_round(o);
  const double half = std::hypot(80, 40) / std::numbers::sqrt2;
  EXPECT_NEAR(b.w, 2 * half, 3);
  EXPECT_NEAR(b.h, 2 * half, 3);
}

}  // namespace
}  // namespace dengji
