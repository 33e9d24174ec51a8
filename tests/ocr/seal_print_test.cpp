#include "ocr/seal_print.hpp"

#include <gtest/gtest.h>

#include "ocr/seal_find.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

std::string print_on(const Page& page) { return find_seals(prepare(page)).at(0).fingerprint; }

TEST(SealPrint, KnowsTheSamePixelsThoughTheyWereScaled) {
  const Page page = test::page_of("form_flatbed.jpg");
  const std::string once = print_on(page);
  ASSERT_EQ(once.size(), 576U);
  EXPECT_EQ(alike(once, once), 1);
  Page smaller;
  smaller.pixels = sampled(page.pixels, Transform::scaling(1.25, 1.25), 800, 1131, 255);
  EXPECT_GT(alike(once, print_on(smaller)), same_pixels);
}

TEST(SealPrint, OfAnotherSealIsAnother) {
  const std::string once = print_on(test::page_of("form_flatbed.jpg"));
  for (const char* other : {"letter_pasted.jpg", "letter_faint.jpg", "letter_two.jpg"})
    EXPECT_LT(alike(once, print_on(test::page_of(other))), same_pixels) << other;
}

TEST(SealPrint, OfNoInkIsNone) {
  EXPECT_EQ(fingerprint(SealInk(GreyImage(200, 200), {100, 100}, 90, 90, 0)), "");
  EXPECT_EQ(fingerprint(SealInk(GreyImage(), {0, 0}, 0, 0, 0)), "");
}

TEST(SealPrint, OfAnotherFormIsNotAlike) {
  const std::string neutral(576, '4');
  EXPECT_EQ(alike("", ""), 0);
  EXPECT_EQ(alike("short", "short"), 0);
  EXPECT_EQ(alike(std::string(576, 'z'), std::string(576, 'z')), 0);
  EXPECT_EQ(alike(neutral, neutral), 0);
}

TEST(SealPrint, MayBeTurnedAStep) {
  const std::string once = print_on(test::page_of("form_flatbed.jpg"));
  EXPECT_EQ(alike(once, once.substr(3) + once.substr(0, 3)), 1);
  EXPECT_LT(alike(once, once.substr(60) + once.substr(0, 60)), same_pixels);
}

}  // namespace
}  // namespace dengji
