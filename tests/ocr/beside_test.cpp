#include "ocr/beside.hpp"

#include <gtest/gtest.h>

#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

PageFacts letter() {
  PageFacts facts;
  facts.width = 1000;
  facts.kind = PageKind::commitment;
  facts.seals.resize(1);
  facts.seals[0].box = {600, 300, 100, 100};
  facts.agreement.resize(1);
  facts.agreement[0].platform = true;
  return facts;
}

PageFacts certificate() {
  PageFacts facts;
  facts.width = 400;
  facts.kind = PageKind::certificate;
  facts.certificate = CertificateKind::uscc_certificate;
  facts.valid_until = "2022-06-09";
  facts.seals.resize(1);
  facts.seals[0].box = {10, 20, 100, 100};
  facts.numbers.push_back({"12430500MB1234567N", IdType::uscc, {50, 60, 200, 20}, 1, true});
  facts.agreement.resize(1);
  facts.agreement[0].id_number = true;
  return facts;
}

TEST(Together, ALetterTakesOverWhatTheCertificateSays) {
  const auto both = together(letter(), certificate(), {500, 7, 400, 900});
  EXPECT_EQ(both.kind, PageKind::commitment);
  EXPECT_EQ(both.certificate, CertificateKind::uscc_certificate);
  EXPECT_EQ(both.valid_until, "2022-06-09");
  EXPECT_EQ(both.width, 1000);
  ASSERT_EQ(both.seals.size(), 2u);
  EXPECT_EQ(both.seals[1].box.x, 510);
  ASSERT_EQ(both.numbers.size(), 1u);
  EXPECT_EQ(both.numbers[0].box.y, 67);
  EXPECT_EQ(both.agreement[0].platform, true);
  EXPECT_EQ(both.agreement[0].id_number, true);
}

TEST(Together, EitherMayHaveBeenSeenFirst) {
  const auto both = together(certificate(), letter(), {0, 0, 400, 900});
  EXPECT_EQ(both.kind, PageKind::commitment);
  EXPECT_EQ(both.certificate, CertificateKind::uscc_certificate);
  EXPECT_EQ(both.width, 400);
  EXPECT_EQ(both.agreement[0].id_number, true);
}

TEST(Together, TwoOfAKindStayOne) {
  const auto one = together(letter(), letter(), {500, 0, 400, 900});
  EXPECT_EQ(one.seals.size(), 1u);
  EXPECT_EQ(one.certificate, CertificateKind::none);
}

// A sheet of paper on a dark desk, from column `left` to the right edge's neighbourhood.
Page desk_with_sheet(int left) {
  Page page;
  page.pixels = ColourImage(1600, 1000, 70);
  for (int y = 40; y < 960; ++y)
    for (int x = 3 * left; x < 3 * 1560; ++x) page.pixels.row(y)[x] = 245;
  return page;
}

TEST(RoomBeside, IsLeftWhereASheetTakesOneSideOfThePicture) {
  const auto page = desk_with_sheet(900);
  const auto room = room_beside(page, prepare(page));
  ASSERT_TRUE(room);
  EXPECT_EQ(room->x, 0);
  EXPECT_EQ(room->h, 1000);
  EXPECT_NEAR(room->w, 964, 20);
}

TEST(RoomBeside, IsNotLeftByASheetThatFillsItsPicture) {
  const auto desk = desk_with_sheet(300);
  EXPECT_FALSE(room_beside(desk, prepare(desk)));
  const auto scan = test::page_of("read/form.jpg");
  EXPECT_FALSE(room_beside(scan, prepare(scan)));
}

TEST(PartOf, HasItsOwnPixels) {
  Page page;
  page.number = 3;
  page.pixels = ColourImage(4, 2, 9);
  page.pixels.row(1)[3 * 2] = 5;
  const auto part = part_of(page, {2, 1, 2, 1});
  EXPECT_EQ(part.number, 3);
  ASSERT_EQ(part.pixels.width, 2);
  EXPECT_EQ(part.pixels.row(0)[0], 5);
  EXPECT_EQ(part.pixels.row(0)[3], 9);
}

}  // namespace
}  // namespace dengji
