#include "ocr/page.hpp"

#include <gtest/gtest.h>

#include <array>

#include "ocr/page_source.hpp"
#include "parsers/limits.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

using test::page_of;
using test::scan;
using test::scan_bytes;

void expect_colour(const Page& page, int x, int y, std::array<int, 3> colour, int tolerance = 40) {
  for (std::size_t c = 0; c < 3; ++c)
    EXPECT_NEAR(page.pixels.row(y)[3 * x + static_cast<int>(c)], colour[c], tolerance)
        << "at " << x << ", " << y;
}

// White, a red bar on the left and a blue one at the bottom, 120 by 80.
void expect_small_picture(const Page& page) {
  ASSERT_EQ(page.pixels.width, 120);
  ASSERT_EQ(page.pixels.height, 80);
  expect_colour(page, 10, 30, {220, 0, 0});
  expect_colour(page, 60, 74, {0, 0, 220});
  expect_colour(page, 100, 12, {255, 255, 255});
  EXPECT_FALSE(page.blank);
}

Unreadable refusal(Attachment attachment) {
  const Result<Pages> pages = Pages::open(attachment);
  if (!pages) return pages.reason();
  const Result<Page> page = pages->read(1);
  if (!page) return page.reason();
  return {Why::empty, "was read"};
}

class EachFormat : public testing::TestWithParam<const char*> {};
TEST_P(EachFormat, GivesTheSamePixels) {
  SCOPED_TRACE(GetParam());
  expect_small_picture(page_of(GetParam()));
}
INSTANTIATE_TEST_SUITE_P(Page, EachFormat,
                         testing::Values("small.jpg", "small.png", "small.bmp", "small.gif",
                                         "small.webp", "small.heic", "palette.png", "scan.pdf",
                                         "exif_2.jpg", "exif_3.jpg", "exif_4.jpg", "exif_5.jpg",
                                         "exif_6.jpg", "exif_7.jpg", "exif_8.jpg"));

TEST(Page, CmykBecomesColour) {
  const Page page = page_of("cmyk.jpg");
  expect_colour(page, 10, 30, {220, 0, 0}, 60);
  expect_colour(page, 60, 74, {0, 0, 220}, 60);
}

TEST(Page, WhatIsTransparentIsWhite) {
  expect_colour(page_of("alpha.png"), 100, 10, {255, 255, 255}, 1);
}

TEST(Page, SixteenBitGreyKeepsItsLightAndIsBlank) {
  const Page page = page_of("grey16.png");
  expect_colour(page, 60, 40, {156, 156, 156}, 2);
  EXPECT_TRUE(page.blank);
}

TEST(Page, TiffHasAllItsFrames) {
  const Attachment tiff = scan("two_pages.tif");
  const Result<Pages> pages = Pages::open(tiff);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->count(), 2);
  EXPECT_EQ(page_of(tiff, 1).pixels.width, 120);
  EXPECT_EQ(page_of(tiff, 2).number, 2);
  EXPECT_FALSE(pages->read(3));
  EXPECT_FALSE(pages->read(0));
}

TEST(Page, AScannedPdfGivesItsPicturesOwnPixels) {
  const Page page = page_of("scan.pdf");
  EXPECT_FALSE(page.rendered);
  EXPECT_NEAR(page.dpi, 72, 0.5);
}

TEST(Page, AnotherPdfIsRendered) {
  std::string bytes = scan_bytes("scan.pdf");
  const auto at = bytes.find("/DCTDecode");
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, 10, "/DXTDecode");  // a picture that qpdf does not hand out as a JPEG
  const Page page = page_of(make_attachment("scan.pdf", bytes));
  EXPECT_TRUE(page.rendered);
  EXPECT_TRUE(page.blank);  // nothing was drawn: to be told from a page without ink
}

TEST(Page, ALockedPdfIsEncrypted) { EXPECT_EQ(refusal(scan("locked.pdf")).why, Why::encrypted); }

TEST(Page, ACutOffJpegTellsHowMuchIsMissing) {
  std::string bytes = scan_bytes("form_flatbed.jpg");
  EXPECT_EQ(page_of(make_attachment("a.jpg", bytes)).missing, 0);
  bytes.resize(bytes.size() / 2);
  EXPECT_GT(page_of(make_attachment("a.jpg", bytes)).missing, 0.2);
}

TEST(Page, SizesAreHeldAgainstTheLimitsBeforeDecoding) {
  EXPECT_FALSE(too_large(5000, 5000));
  EXPECT_EQ(too_large(0, 10)->why, Why::damaged);
  EXPECT_EQ(too_large(static_cast<double>(limits::picture_side) + 1, 1)->why, Why::over_limit);
  EXPECT_EQ(too_large(10'000, 10'000)->why, Why::over_limit);
  std::string png = scan_bytes("small.png");
  png.replace(16, 8, std::string("\0\1\0\0\0\1\0\0", 8));  // IHDR: 65,536 by 65,536
  EXPECT_NE(refusal(make_attachment("a.png", png)).detail, "was read");
  std::string bmp = scan_bytes("small.bmp");
  bmp[20] = 1;  // width + 65,536
  EXPECT_NE(refusal(make_attachment("a.bmp", bmp)).detail, "was read");
}

TEST(Page, AGifIsCountedFrameByFrame) {
  std::string gif = scan_bytes("small.gif");
  EXPECT_EQ(*gif_pixels(gif), 120 * 80);
  EXPECT_FALSE(gif_pixels(gif.substr(0, gif.size() - 1)));
  EXPECT_FALSE(gif_pixels("GIF89a"));
  const std::size_t image = gif.find(',');
  ASSERT_NE(image, std::string::npos);
  gif.replace(image + 5, 4, "\x20\x4e\x20\x4e");  // 20,000 by 20,000
  EXPECT_EQ(refusal(make_attachment("a.gif", gif)).why, Why::over_limit);
}

TEST(Page, NothingAndWhatHasNoPixelsAreRefused) {
  EXPECT_EQ(refusal(make_attachment("a.jpg", "")).why, Why::empty);
  EXPECT_EQ(refusal(make_attachment("a.txt", "only words")).why, Why::unsupported);
}

TEST(Page, DamagedFilesEndInAReason) {
  for (const char* name : {"small.jpg", "small.png", "small.bmp", "small.gif", "small.webp",
                           "small.heic", "two_pages.tif", "scan.pdf"}) {
    const Attachment whole = scan(name);
    for (const std::size_t keep : {whole.bytes.size() / 8, whole.bytes.size() / 2}) {
      Attachment cut = whole;
      cut.bytes.resize(std::max<std::size_t>(keep, 16));
      const Unreadable reason = refusal(cut);  // or pixels: what must not happen is a crash
      EXPECT_FALSE(reason.detail.empty()) << name;
    }
    Attachment garbled = whole;
    for (std::size_t i = 24; i < garbled.bytes.size(); i += 7) garbled.bytes[i] ^= 0x5a;
    EXPECT_FALSE(refusal(garbled).detail.empty()) << name;
  }
}

}  // namespace
}  // namespace dengji
