#include "ocr/seal_find.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "ocr/seal_ink.hpp"
#include "ocr/seal_outlines.hpp"
#include "parsers/limits.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

std::vector<FoundSeal> found_on(const std::string& name) {
  const Page page = test::page_of(name);
  std::vector<FoundSeal> seals = find_seals(prepare(page));
  std::erase_if(seals, [](const FoundSeal& s) { return s.confidence < sure_seal; });
  return seals;
}

class EachScan : public testing::TestWithParam<const char*> {};
TEST_P(EachScan, ShowsTheSealsThatWereStampedAndNoOther) {
  const std::vector<test::TrueSeal> truth = test::true_seals(GetParam());
  const std::vector<FoundSeal> found = found_on(GetParam());
  EXPECT_EQ(found.size(), truth.size());
  for (const test::TrueSeal& seal : truth) {
    const auto at = std::find_if(found.begin(), found.end(), [&](const FoundSeal& f) {
      return overlap(f.on_page, seal.box) > 0.85;
    });
    ASSERT_NE(at, found.end());
    EXPECT_EQ(at->shape, seal.shape);
    EXPECT_EQ(at->red, seal.red);
  }
}
INSTANTIATE_TEST_SUITE_P(SealFind, EachScan,
                         testing::Values("form_flatbed.jpg", "form_photo.jpg", "form_bare.jpg",
                                         "letter_two.jpg", "letter_faint.jpg", "letter_cut.jpg",
                                         "letter_pasted.jpg", "red_things.jpg"));

TEST(SealFind, ASealBringsItsInkForReading) {
  const std::vector<FoundSeal> seals = found_on("form_flatbed.jpg");
  ASSERT_EQ(seals.size(), 1U);
  const FoundSeal& seal = seals[0];
  EXPECT_NEAR(seal.rx, 95, 2);
  EXPECT_NEAR(seal.centre.x, 520, 2);
  EXPECT_NEAR(seal.centre.y, 930, 2);
  EXPECT_EQ(seal.ink.width, seal.ink_box.w);
  EXPECT_GT(seal.ink_box.w, seal.on_sheet.w);
  EXPECT_GT(seal.marks.coverage, 0.9);
}

// A page under a lamp of that colour, seen by a sensor with some noise.
Page under(Page page, const std::array<int, 3>& light) {
  std::uint32_t random = 1;
  for (std::size_t i = 0; i < page.pixels.pixels.size(); ++i) {
    random = random * 1664525 + 1013904223;
    const int noise = static_cast<int>(random >> 29) - 4;
    const int lit = page.pixels.pixels[i] * light[i % 3] / 255 + noise;
    page.pixels.pixels[i] = static_cast<std::uint8_t>(std::clamp(lit, 0, 255));
  }
  return page;
}

TEST(SealFind, OnlyAFlatPictureCountsAsPasted) {
  for (const char* name :
       {"form_flatbed.jpg", "form_photo.jpg", "letter_two.jpg", "letter_cut.jpg"})
    for (const FoundSeal& seal : found_on(name)) EXPECT_FALSE(seal.pasted) << name;
  const std::vector<FoundSeal> seals = found_on("letter_pasted.jpg");
  ASSERT_EQ(seals.size(), 1U);
  EXPECT_TRUE(seals[0].pasted) << seals[0].flatness;
}

// JPEG halves the colours' resolution and a camera adds its noise: neither makes a picture ink.
TEST(SealFind, APastedPictureIsToldOnAPhotograph) {
  const Page page = under(test::page_of("letter_pasted.jpg"), {255, 224, 168});
  const std::vector<FoundSeal> seals = find_seals(prepare(page));
  ASSERT_EQ(seals.size(), 1U);
  EXPECT_TRUE(seals[0].pasted) << seals[0].flatness;
}

TEST(SealFind, ASmallPictureIsNoPage) {
  Page page;
  page.pixels = ColourImage(160, 48, 255);
  EXPECT_TRUE(find_seals(prepare(page)).empty());
}

// A square of that red at (60, 60), `border` pixels of it round a field with every `pitch`th row
// red.
Page with_red_square(int border, int pitch) {
  constexpr int from = 60, side = 110;
  Page page = test::page_of("form_bare.jpg");
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const bool frame = std::min({x, y, side - 1 - x, side - 1 - y}) < border;
      std::uint8_t* pixel = page.pixels.row(from + y) + 3 * (from + x);
      const std::uint8_t other = frame || y / 4 % pitch == 0 ? 45 : 250;
      pixel[0] = other == 45 ? 215 : 250, pixel[1] = pixel[2] = other;
    }
  return page;
}

TEST(SealFind, AFilledSquareIsALogoRatherThanASeal) {
  const auto surest = [](const Page& page) {
    const auto seals = find_seals(prepare(page));
    return seals.empty() ? 0 : seals.front().confidence;
  };
  EXPECT_GT(surest(with_red_square(6, 3)), sure_seal);
  EXPECT_LT(surest(with_red_square(22, 3)), sure_seal);
}

void redden(Page& page, int x, int y, bool red) {
  std::uint8_t* pixel = page.pixels.row(y) + 3 * x;
  pixel[0] = red ? 215 : 250, pixel[1] = pixel[2] = red ? 45 : 250;
}

// A fingerprint, or what a leader wrote, across its edge: the part's hull is no square any more.
TEST(SealFind, AFrameIsSeenWhateverTouchesIt) {
  constexpr int side = 140;
  Page page = test::page_of("form_bare.jpg");
  for (int y = 0; y < side; ++y)
    for (int x = 0; x < side; ++x) {
      const int rim = std::min({x, y, side - 1 - x, side - 1 - y});
      redden(page, 60 + x, 60 + y, rim < 6 || (rim > 16 && (x / 5 + y / 5) % 4 == 0));
    }
  for (int y = 0; y < 50; ++y)
    for (int x = 0; x < 40; ++x) redden(page, 185 + x, 100 + y, (x + y) / 4 % 2 == 0);
  const auto seals = find_seals(prepare(page));
  ASSERT_FALSE(seals.empty());
  EXPECT_EQ(seals.front().shape, SealShape::square);
  EXPECT_GT(seals.front().confidence, sure_seal);
  EXPECT_NEAR(seals.front().centre.x, 130, 6);
  EXPECT_NEAR(seals.front().centre.y, 130, 6);
}

// The date is written over its edge: the part's hull is no ellipse any more.
TEST(SealFind, AnOvalIsSeenWhateverTouchesIt) {
  Page page = test::page_of("form_bare.jpg");
  const Outline oval{OutlineKind::ellipse, {150, 140}, 90, 60, 0.3};
  const DistanceFrom far(oval);
  for (int y = 60; y < 220; ++y)
    for (int x = 40; x < 300; ++x) {
      const bool within = inside(oval, {double(x), double(y)});
      const double edge = far({double(x), double(y)});
      const bool date = x > 190 && x < 300 && y > 150 && y < 170 && x / 3 % 2 == 0;
      redden(page, x, y,
             (within && edge < 5) || (within && edge > 14 && (x + y) / 4 % 3 == 0) || date);
    }
  const auto seals = find_seals(prepare(page));
  ASSERT_FALSE(seals.empty());
  EXPECT_EQ(seals.front().shape, SealShape::oval);
  EXPECT_GT(seals.front().confidence, sure_seal);
  EXPECT_NEAR(seals.front().rx, 90, 4);
  EXPECT_NEAR(seals.front().ry, 60, 4);
}

TEST(SealFind, TheCellsOfARedTableAreNoSeals) {
  Page page = test::page_of("form_bare.jpg");
  const int wide = page.pixels.width - 120;
  for (int y = 0; y < 840; ++y)
    for (int x = 0; x < wide; ++x) {
      const int cx = x % 120, cy = y % 120;
      const bool print = cx > 30 && cx < 90 && cy > 40 && cy < 70 && x / 3 % 2 == 0;
      redden(page, 60 + x, 60 + y, cx < 4 || cy < 4 || print);
    }
  for (const auto& seal : find_seals(prepare(page))) EXPECT_LT(seal.confidence, sure_seal);
}

// A disc at (130, 130), red where `red` says so by the distance from its middle, 1 at its rim, and
// the column; of a red tint, or none, elsewhere.
template <class Red>
double surest_seal_of_disc(Red red, bool tinted) {
  constexpr int r = 60;
  Page page = test::page_of("form_bare.jpg");
  for (int y = -r; y <= r; ++y)
    for (int x = -r; x <= r; ++x) {
      const double far = std::hypot(x, y) / r;
      if (far > 1) continue;
      redden(page, 130 + x, 130 + y, red(far, x + r));
      std::uint8_t* pixel = page.pixels.row(130 + y) + 3 * (130 + x);
      if (tinted) pixel[1] = pixel[2] = std::min<std::uint8_t>(pixel[1], 205);
    }
  double surest = 0;
  for (const auto& seal : find_seals(prepare(page))) surest = std::max(surest, seal.confidence);
  return surest;
}

// A face within a red collar, a button: what a faint tint fills, or red mostly fills.
TEST(SealFind, AFilledDiscIsNoSeal) {
  const auto collar = [](double far, int x) { return far > 0.85 || (far < 0.5 && x / 6 % 2 == 0); };
  const auto button = [](double far, int x) { return far > 0.82 || x / 4 % 2 == 0; };
  EXPECT_GT(surest_seal_of_disc(collar, false), sure_seal);
  EXPECT_LT(surest_seal_of_disc(collar, true), sure_seal);
  EXPECT_LT(surest_seal_of_disc(button, false), sure_seal);
}

TEST(SealFind, NoMoreThanTheLimit) {
  Page page;
  page.pixels = ColourImage(1200, 1200, 250);
  for (int row = 0; row < 5; ++row)
    for (int column = 0; column < 5; ++column) {
      const Outline ring{
          OutlineKind::ellipse, {130 + 230.0 * column, 130 + 230.0 * row}, 80, 80, 0};
      for (const double inner : {0.0, 1.0, 2.0, 40.0})
        for (const OutlinePoint& p : points_on(ring, 1500)) {
          const int x = static_cast<int>(p.at.x - inner * p.outward.x);
          const int y = static_cast<int>(p.at.y - inner * p.outward.y);
          page.pixels.row(y)[3 * x + 1] = page.pixels.row(y)[3 * x + 2] = 40;
        }
    }
  EXPECT_EQ(find_seals(prepare(page)).size(), limits::seals_on_page);
}

TEST(SealOutlines, GuessesAreCapped) {
  GreyImage ink(1200, 1200);
  for (int y = 0; y < 1200; y += 20)
    for (int x = 0; x < 1200; x += 20)
      for (int k = 0; k < 12; ++k)
        ink.row(y + k)[x] = ink.row(y)[x + k] = ink.row(y + k)[x + k] = 255;
  EXPECT_LE(guess_outlines(ink, 100, 2, {8, 400}).size(), limits::seal_guesses);
  EXPECT_GT(guess_outlines(ink, 100, 2, {8, 400}).size(), limits::seal_guesses - 3);
  EXPECT_TRUE(guess_outlines({}, 100, 2, {8, 400}).empty());
}

TEST(SealInk, TooLittleInkIsNotFlat) {
  EXPECT_EQ(flatness(ColourImage(40, 40, 255), GreyImage(40, 40)), 0);
}

TEST(GreySeals, AreFoundOnACopyInAnyLight) {
  const auto truth = test::true_seals("copy_grey.jpg");
  for (const std::array<int, 3>& light :
       {std::array{255, 255, 255}, {255, 224, 168}, {200, 225, 255}}) {
    const Page page = under(test::page_of("copy_grey.jpg"), light);
    const auto found = find_grey_seals(prepare(page));
    ASSERT_EQ(found.size(), 1u) << light[2];
    EXPECT_GT(overlap(found[0].on_page, truth[0].box), 0.8);
    EXPECT_FALSE(found[0].red) << light[2];
  }
}

// As a copier leaves them: an office's oval, and a name stamp that is tilted so that its edges are
// no rules.
TEST(GreySeals, OfEveryShapeAreFound) {
  Page page = test::page_of("form_bare.jpg");
  const int longer = std::max(page.pixels.width, page.pixels.height);
  const double unit = longer / 297.0;  // pixels a millimetre
  const Point middle{50 * unit, 35 * unit};
  for (const Outline& o : {Outline{OutlineKind::ellipse, middle, 23 * unit, 15 * unit, 0.3},
                           Outline{OutlineKind::rectangle, middle, 10 * unit, 10 * unit, 0.2}}) {
    Page copy = page;
    const Outline hole{o.kind, o.centre, o.rx - unit, o.ry - unit, o.angle};
    const Outline words{o.kind, o.centre, o.rx - 3 * unit, o.ry - 3 * unit, o.angle};
    const Box box = box_round(o);
    for (int y = box.y - 20; y < box.y + box.h + 20; ++y)
      for (int x = box.x - 20; x < box.x + box.w + 20; ++x) {
        const Point p{double(x), double(y)};
        const bool ink =
            (inside(o, p) && !inside(hole, p)) || (inside(words, p) && (x + y) / 4 % 3 == 0);
        std::fill_n(copy.pixels.row(y) + 3 * x, 3, static_cast<std::uint8_t>(ink ? 120 : 250));
      }
    const auto found = find_grey_seals(prepare(copy));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_FALSE(found[0].red);
    EXPECT_EQ(found[0].shape, o.kind == OutlineKind::ellipse ? SealShape::oval : SealShape::square);
    EXPECT_NEAR(found[0].rx, o.rx, unit);
  }
}

TEST(GreySeals, AreNotSeenWhereNoneIs) {
  const Page page = under(test::page_of("form_bare.jpg"), {255, 224, 168});
  EXPECT_TRUE(find_grey_seals(prepare(page)).empty());
  const Page small = test::page_of("small.jpg");
  EXPECT_TRUE(find_grey_seals(prepare(small)).empty());
}

TEST(GreySeals, ARedRingIsOnlyADoubtfulSeal) {
  const Page page = test::page_of("form_flatbed.jpg");
  const auto found = find_grey_seals(prepare(page));
  ASSERT_FALSE(found.empty());
  EXPECT_TRUE(found[0].red);
  EXPECT_LT(found[0].confidence, sure_seal);
}

}  // namespace
}  // namespace dengji
