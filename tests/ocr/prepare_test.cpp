#include "ocr/prepare.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "ocr/rules.hpp"
#include "ocr/sheet_edges.hpp"
#include "parsers/limits.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

using test::page_of;

constexpr std::size_t cells_of_form = 28;  // 12 rows and 2 for seals, 2 cells each

TEST(Prepare, AFlatbedScanIsTakenAsItIs) {
  const Page page = page_of("form_flatbed.jpg");
  const Sheet sheet = prepare(page);
  EXPECT_FALSE(sheet.flattened());
  EXPECT_FALSE(sheet.monochrome());
  EXPECT_EQ(sheet.turn(), 0);
  EXPECT_EQ(sheet.cells().size(), cells_of_form);
  EXPECT_NEAR(sheet.text_height(), 17, 4);
  const Box box{300, 400, 120, 90};
  EXPECT_GT(overlap(sheet.page_box(box), box), 0.95);
  EXPECT_GT(overlap(sheet.sheet_box(sheet.page_box(box)), box), 0.9);
}

TEST(Prepare, CellsComeInReadingOrderAtTheirPlaces) {
  const Page page = page_of("form_flatbed.jpg");
  const Sheet sheet = prepare(page);
  ASSERT_EQ(sheet.cells().size(), cells_of_form);
  EXPECT_GT(overlap(sheet.cells()[0], {122, 182, 188, 53}), 0.9);
  EXPECT_GT(overlap(sheet.cells()[1], {312, 182, 567, 53}), 0.9);
  EXPECT_GT(overlap(sheet.cells()[27], {312, 1024, 567, 167}), 0.9);
}

TEST(Prepare, SkewIsUndone) {
  const Page page = page_of("form_skewed.jpg");
  const Sheet sheet = prepare(page);
  EXPECT_EQ(sheet.cells().size(), cells_of_form);
  const Point a = sheet.to_page()({0, 0}), b = sheet.to_page()({1000, 0});
  EXPECT_NEAR(std::atan2(b.y - a.y, b.x - a.x) * 57.2958, -2.5,
              0.25);  // the drawing turned the other way
}

// The copy of an identity card: a few short lines, tilted, beside the dark picture of a person,
// whose edges fall sharply along another direction.
TEST(Prepare, SkewIsThatOfThePrintAndNotOfAPicture) {
  Page page;
  page.pixels = ColourImage(1000, 1400, 250);
  const double tilt = 0.015;
  const auto fill = [&](double x0, double y0, double w, double h, double slope) {
    for (int dx = 0; dx < w; ++dx)
      for (int dy = 0; dy < h; ++dy) {
        const int x = static_cast<int>(x0) + dx;
        const int y = static_cast<int>(std::lround(y0 + dy + slope * (x0 + dx)));
        std::fill_n(page.pixels.row(y) + 3 * x, 3, std::uint8_t{40});
      }
  };
  for (int line = 0; line < 7; ++line)
    for (int character = 0; character < 12; ++character) {
      const double x = 150 + 24 * character, y = 400 + 45 * line;
      fill(x, y, 16, 4, tilt), fill(x, y + 12, 16, 4, tilt), fill(x + 6, y, 4, 16, tilt);
    }
  fill(560, 470, 150, 180, -0.12);
  const Sheet sheet = prepare(page);
  const Point a = sheet.to_page()({0, 0}), b = sheet.to_page()({1000, 0});
  EXPECT_NEAR(std::atan2(b.y - a.y, b.x - a.x), tilt, 0.004);
}

TEST(Prepare, APhotographIsFlattenedByTheSheetsCorners) {
  const Page page = page_of("form_photo.jpg");
  const Sheet sheet = prepare(page);
  EXPECT_TRUE(sheet.flattened());
  EXPECT_EQ(sheet.cells().size(), cells_of_form);
  const Point corner = sheet.to_page()({0, 0});
  EXPECT_NEAR(corner.x, 170, 12);
  EXPECT_NEAR(corner.y, 110, 12);
  const double ratio = static_cast<double>(sheet.height()) / sheet.width();
  EXPECT_NEAR(ratio, 1.414, 0.01);
}

TEST(Prepare, UnevenLightAndTintAreGone) {
  const Page page = page_of("form_photo.jpg");
  const Sheet sheet = prepare(page);
  const GreyImage grey = sheet.grey(sheet.whole(), 0.25);
  int white = 0;
  for (const std::uint8_t v : grey.pixels) white += v > 215;
  EXPECT_GT(white, 0.75 * static_cast<double>(grey.pixels.size()));
}

TEST(Prepare, ASidewaysPageIsTurnedUpright) {
  for (const int quarters : {1, 3}) {
    const Page page = page_of("turned_" + std::to_string(quarters) + ".jpg");
    const Sheet sheet = prepare(page);
    EXPECT_EQ(sheet.turn(), 4 - quarters);
    EXPECT_GT(sheet.height(), sheet.width());
    EXPECT_EQ(sheet.cells().size(), cells_of_form);
  }
}

TEST(Prepare, UpsideDownIsLeftToTheWordsButNotSure) {
  const Page page = page_of("turned_2.jpg");
  const Sheet sheet = prepare(page);
  EXPECT_EQ(sheet.turn(), 0);
  EXPECT_LT(sheet.turn_sure(), 0.5);
  const Sheet upright = sheet.turned(2);
  EXPECT_EQ(upright.turn(), 2);
  ASSERT_EQ(upright.cells().size(), cells_of_form);
  EXPECT_LT(upright.cells()[0].y, upright.height() / 4);
  EXPECT_EQ(upright.turned(2).turn(), 0);
}

TEST(Prepare, RedIsTakenOutAndFound) {
  const Page page = page_of("form_flatbed.jpg");
  const Sheet sheet = prepare(page);
  const Box seal = test::true_seals("form_flatbed.jpg").at(0).box;
  const GreyImage red = sheet.redness(seal), plain = sheet.without_red(seal);
  int inked = 0, left = 0;
  for (std::size_t i = 0; i < red.pixels.size(); ++i)
    if (red.pixels[i] > 60) ++inked, left += plain.pixels[i] < 128;
  EXPECT_GT(inked, 2000);
  EXPECT_LT(left, inked / 10);
}

TEST(Prepare, ABlackAndWhiteCopyIsToldFromAColourScan) {
  const Page copy = page_of("copy_grey.jpg"), scan = page_of("form_bare.jpg");
  EXPECT_TRUE(prepare(copy).monochrome());
  EXPECT_FALSE(prepare(scan).monochrome());
}

TEST(Prepare, APartBeyondThePageIsWhite) {
  const Page page = page_of("form_bare.jpg");
  const Sheet sheet = prepare(page);
  const GreyImage part = sheet.grey({-60, -60, 40, 40});
  EXPECT_EQ(part.width, 40);
  for (const std::uint8_t v : part.pixels) EXPECT_EQ(v, 255);
}

TEST(Prepare, AnyPictureMakesASheet) {
  for (const auto& [w, h] : {std::pair{1, 1}, {1, 900}, {900, 1}, {3, 2}, {64, 64}}) {
    Page page;
    page.pixels = ColourImage(w, h, 128);
    const Sheet sheet = prepare(page);
    EXPECT_GE(sheet.width(), 1);
    EXPECT_TRUE(sheet.cells().empty());
    EXPECT_EQ(sheet.turned(1).width(), sheet.height());
  }
}

TEST(SheetEdges, APlainPageHasNone) {
  EXPECT_FALSE(find_sheet(ColourImage(400, 500, 250)));
  EXPECT_FALSE(find_sheet(page_of("form_flatbed.jpg").pixels));
}

TEST(Rules, CellsAreCappedAndBlackAreasAreNoRules) {
  GreyImage black(600, 600, 0);
  EXPECT_TRUE(find_rules(black).cells.empty());
  EXPECT_TRUE(find_rules({}).cells.empty());
  GreyImage grid(1500, 1500, 255);
  for (int y = 0; y < 1500; ++y)
    for (int x = 0; x < 1500; ++x)
      if (x % 30 == 5 || y % 30 == 5) grid.row(y)[x] = 0;
  EXPECT_EQ(find_rules(grid).cells.size(), limits::cells_on_page);
}

}  // namespace
}  // namespace dengji
