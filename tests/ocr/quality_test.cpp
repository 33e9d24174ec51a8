#include "ocr/quality.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>

#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

Quality quality_of(const Page& page) { return measure_quality(page, prepare(page)); }
Quality quality_of(const std::string& name) { return quality_of(test::page_of(name)); }

TEST(Quality, PoorButLegiblePagesAreReadable) {
  for (const char* name : {"form_flatbed.jpg", "form_skewed.jpg", "form_photo.jpg", "copy_grey.jpg",
                           "letter_two.jpg", "letter_faint.jpg", "turned_1.jpg"}) {
    const Quality q = quality_of(name);
    EXPECT_TRUE(q.readable) << name << ": " << q.why;
    EXPECT_GT(q.sharpness, 0.5) << name;
    EXPECT_GT(q.contrast, 0.5) << name;
    EXPECT_NEAR(q.text_height, 18, 7) << name;
  }
}

TEST(Quality, WhatNobodyCouldReadIsToldWithTheReason) {
  EXPECT_EQ(quality_of("blurred.jpg").why, "blur");
  EXPECT_EQ(quality_of("dark.jpg").why, "dark");
  EXPECT_FALSE(quality_of("dark.jpg").readable);
  Page tiny;
  tiny.pixels = shrunk(test::page_of("form_flatbed.jpg").pixels, 4);
  EXPECT_EQ(quality_of(tiny).why, "resolution");
}

// As a telephone sees it that moves while the shutter is open: along rows or down columns.
Page moved(Page page, int by, bool across) {
  const ColourImage from = page.pixels;
  for (int y = 0; y < from.height; ++y)
    for (int x = 0; x < from.width; ++x)
      for (int c = 0; c < 3; ++c) {
        int sum = 0;
        for (int k = 0; k < by; ++k)
          sum += from.row(
              std::min(y + (across ? 0 : k),
                       from.height - 1))[3 * std::min(x + (across ? k : 0), from.width - 1) + c];
        page.pixels.row(y)[3 * x + c] = static_cast<std::uint8_t>(sum / by);
      }
  return page;
}

TEST(Quality, APictureThatWasMovedIsBlurredThoughItIsSharpAcross) {
  for (const bool across : {true, false}) {
    EXPECT_EQ(quality_of(moved(test::page_of("form_flatbed.jpg"), 16, across)).why, "blur");
    EXPECT_TRUE(quality_of(moved(test::page_of("form_flatbed.jpg"), 3, across)).readable);
  }
}

TEST(Quality, PrintTooPaleToSeeIsTold) {
  Page page = test::page_of("form_flatbed.jpg");
  for (auto& v : page.pixels.pixels) v = static_cast<std::uint8_t>(255 - (255 - v) / 20);
  EXPECT_EQ(quality_of(page).why, "contrast");
}

TEST(Quality, AFileCutInHalfIsDamagedAndItsLastRowsAreNot) {
  Page page = test::page_of("form_flatbed.jpg");
  page.missing = 0.02;
  EXPECT_TRUE(quality_of(page).readable);
  page.missing = 0.5;
  EXPECT_EQ(quality_of(page).why, "damaged");
}

TEST(Quality, ABlankPageIsNotCalledUnreadable) {
  Page page;
  page.pixels = ColourImage(1000, 1400, 250);
  page.blank = true;
  EXPECT_TRUE(quality_of(page).readable);
}

TEST(Quality, ResolutionOfAFlattenedSheetIsByItsSize) {
  EXPECT_NEAR(quality_of("form_photo.jpg").dpi, 120, 15);
  EXPECT_TRUE(quality_of("copy_grey.jpg").monochrome);
}

}  // namespace
}  // namespace dengji
