#include "ocr/signature.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/lines.hpp"

namespace dengji {
namespace {

constexpr double print = 20;

struct Colour {
  std::uint8_t r, g, b;
};
constexpr Colour black{20, 20, 20}, blue{40, 50, 120}, red{200, 40, 40};

// Some strokes as high as `size`, like a written character.
void write(ColourImage& page, int x, int y, int size, Colour colour) {
  const auto dot = [&](int px, int py) {
    if (px < 0 || py < 0 || px >= page.width || py >= page.height) return;
    auto* p = page.row(py) + 3 * px;
    p[0] = colour.r, p[1] = colour.g, p[2] = colour.b;
  };
  for (int i = 0; i < size; ++i)
    for (int w = 0; w < 3; ++w) {
      dot(x + i, y + size / 3 + w);
      dot(x + size / 2 + w, y + i);
      dot(x + i, y + i + w);
    }
}

ColourImage paper() { return {400, 120, 250}; }

TEST(Handwriting, IsLargerThanPrint) {
  auto page = paper();
  for (int i = 0; i < 3; ++i) write(page, 100 + 40 * i, 30, 38, black);
  EXPECT_TRUE(handwriting(page, print, {}));
}

TEST(Handwriting, IsNotPrint) {
  auto page = paper();
  for (int i = 0; i < 6; ++i) write(page, 100 + 21 * i, 30, 18, black);
  EXPECT_FALSE(handwriting(page, print, {}));
  EXPECT_FALSE(handwriting(paper(), print, {}));
}

TEST(Handwriting, CountsOverPrintWhenItIsBlue) {
  const std::vector<Box> printed = {{80, 20, 240, 60}};
  auto page = paper();
  for (int i = 0; i < 3; ++i) write(page, 100 + 40 * i, 30, 38, black);
  EXPECT_FALSE(handwriting(page, print, printed));
  for (int i = 0; i < 3; ++i) write(page, 100 + 40 * i, 30, 38, blue);
  EXPECT_TRUE(handwriting(page, print, printed));
}

TEST(Handwriting, IsNoSealAndNoRule) {
  auto page = paper();
  for (int i = 0; i < 3; ++i) write(page, 100 + 40 * i, 30, 38, red);
  for (int x = 0; x < page.width; ++x)
    for (int y = 100; y < 103; ++y)
      page.row(y)[3 * x] = page.row(y)[3 * x + 1] = page.row(y)[3 * x + 2] = 0;
  EXPECT_FALSE(handwriting(page, print, {}));
}

TEST(Handwriting, OfNothingIsNone) {
  EXPECT_FALSE(handwriting(ColourImage(), print, {}));
  EXPECT_FALSE(handwriting(paper(), 0, {}));
}

TEST(SignaturePlace, OfAFormIsTheCellBesideTheLabel) {
  const auto text = page_of({{"单位意见（盖章）/个人签名", 110, 230}});
  const auto place =
      signature_place(text, PageKind::form,
                      {{100, 100, 400, 60}, {100, 160, 400, 200}, {500, 160, 900, 200}}, 1500);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->x, 500);
  EXPECT_EQ(place->h, 200);
}

TEST(SignaturePlace, WithoutCellsIsRightOfTheLabel) {
  const auto text = page_of({{"承诺人（签字）：", 100, 300}});
  const auto place = signature_place(text, PageKind::commitment, {}, 1200);
  ASSERT_TRUE(place);
  EXPECT_GE(place->x, 280);
  EXPECT_LT(place->y, 300);
  EXPECT_GT(place->y + place->h, 330);
  EXPECT_LE(place->x + place->w, 1200);
}

TEST(SignaturePlace, IsNowhereWithoutALabel) {
  EXPECT_FALSE(signature_place(page_of({{"登记类别", 100, 100}}), PageKind::form, {}, 1200));
  EXPECT_FALSE(signature_place(PageText(), PageKind::commitment, {}, 1200));
}

}  // namespace
}  // namespace dengji
