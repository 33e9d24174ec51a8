#include "ocr/quality.hpp"

#include <gtest/gtest.h>

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
