#include "ocr/image.hpp"

#include <gtest/gtest.h>

#include "ocr/components.hpp"
#include "ocr/light.hpp"

namespace dengji {
namespace {

ColourImage numbered(int w, int h) {
  ColourImage image(w, h);
  for (std::size_t i = 0; i < image.pixels.size(); ++i)
    image.pixels[i] = static_cast<std::uint8_t>(i);
  return image;
}

TEST(Image, FourQuarterTurnsAreNone) {
  const ColourImage image = numbered(5, 3);
  const ColourImage once = turned(image, 1);
  EXPECT_EQ(once.width, 3);
  EXPECT_EQ(once.height, 5);
  EXPECT_EQ(once.row(0)[6], image.row(0)[0]);  // top left goes to top right
  EXPECT_EQ(turned(once, 3).pixels, image.pixels);
  EXPECT_EQ(turned(turned(image, 2), -2).pixels, image.pixels);
}

TEST(Image, ABoxTurnsWithItsPicture) {
  constexpr int width = 7, height = 5;
  ColourImage image(width, height);
  image.row(1)[3 * 4] = 255;
  for (int quarters = 0; quarters < 4; ++quarters) {
    const Box box = turned(Box{4, 1, 1, 1}, quarters, width, height);
    EXPECT_EQ(turned(image, quarters).row(box.y)[3 * box.x], 255) << quarters;
  }
  const Box wide = turned(Box{0, 1, 4, 2}, 1, width, height);
  EXPECT_EQ(wide.x, 2);
  EXPECT_EQ(wide.w, 2);
  EXPECT_EQ(wide.h, 4);
}

TEST(Image, ShrinkingAverages) {
  GreyImage image(5, 4);
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 5; ++x) image.row(y)[x] = static_cast<std::uint8_t>(x % 2 == 0 ? 100 : 200);
  const GreyImage small = shrunk(image, 2);
  EXPECT_EQ(small.width, 2);
  EXPECT_EQ(small.height, 2);
  EXPECT_EQ(small.at(1, 1), 150);
  EXPECT_TRUE(shrunk(image, 9).empty());
}

TEST(Image, SamplingIsBilinearAndBoundedByThePicture) {
  GreyImage image(2, 1);
  image.row(0)[1] = 200;
  const GreyImage half = sampled(image, Transform::translation(0.5, 0), 1, 1, 7);
  EXPECT_EQ(half.at(0, 0), 100);
  EXPECT_EQ(sampled(image, Transform::translation(5, 0), 1, 1, 7).at(0, 0), 7);
  EXPECT_EQ(sampled(GreyImage(), Transform(), 2, 2, 9).at(1, 1), 9);
  const Transform nowhere({0, 0, 0, 0, 0, 0, 0, 0, 0});  // 0 / 0 at every pixel
  EXPECT_EQ(sampled(image, nowhere, 1, 1, 7).at(0, 0), 7);
}

TEST(Components, DiagonalNeighboursBelongTogether) {
  GreyImage mask(6, 4);
  mask.row(0)[0] = mask.row(1)[1] = mask.row(0)[2] = 255;  // a V, joined at its foot
  mask.row(3)[5] = 255;
  const Components all = components(mask);
  ASSERT_EQ(all.parts.size(), 2U);
  EXPECT_EQ(all.parts[0].pixels, 3);
  EXPECT_EQ(all.parts[0].box.w, 3);
  EXPECT_EQ(all.parts[0].box.h, 2);
  EXPECT_EQ(all.parts[1].box.x, 5);
  EXPECT_TRUE(components({}).parts.empty());
}

TEST(Light, AShadowAndATintAreDividedOut) {
  ColourImage page(400, 400);
  for (int y = 0; y < 400; ++y)
    for (int x = 0; x < 400; ++x) {
      const int light = 120 + x / 4;
      const bool ink = y % 20 < 3;
      for (int c = 0; c < 3; ++c)
        page.row(y)[3 * x + c] =
            static_cast<std::uint8_t>((ink ? light / 5 : light) * (c == 2 ? 80 : 100) / 100);
    }
  const Light light(page);
  const ColourImage white = light.whitened(page, Transform());
  EXPECT_GT(white.row(10)[3 * 200], 235);
  EXPECT_GT(white.row(10)[3 * 200 + 2], 235);
  EXPECT_LT(white.row(201)[3 * 200], 70);
  EXPECT_NEAR(white.row(10)[3 * 60], white.row(10)[3 * 340], 15);
}

TEST(Light, RednessIsOfRedAlone) {
  ColourImage image(4, 1);
  const int pixels[4][3] = {{255, 255, 255}, {200, 40, 60}, {30, 30, 30}, {40, 40, 220}};
  for (int x = 0; x < 4; ++x)
    for (int c = 0; c < 3; ++c) image.row(0)[3 * x + c] = static_cast<std::uint8_t>(pixels[x][c]);
  const GreyImage red = redness(image), plain = without_red(image);
  EXPECT_EQ(red.at(0, 0), 0);
  EXPECT_EQ(red.at(1, 0), 140);
  EXPECT_EQ(red.at(2, 0), 0);
  EXPECT_EQ(red.at(3, 0), 0);
  EXPECT_EQ(plain.at(1, 0), 255);
  EXPECT_EQ(plain.at(2, 0), 0);
}

}  // namespace
}  // namespace dengji
