#include "ocr/text_lines.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "ocr/prepare.hpp"
#include "ocr/rules.hpp"
#include "parsers/limits.hpp"
#include "tests/ocr/scans.hpp"

namespace dengji {
namespace {

GreyImage white(int width, int height) { return {width, height, 255}; }

void bar(GreyImage& image, const Box& box, std::uint8_t value = 0) {
  for (int y = box.y; y < box.y + box.h; ++y) std::fill_n(image.row(y) + box.x, box.w, value);
}

// Squares stand for characters: `n` of them, a third of their side apart.
void print(GreyImage& image, int x, int y, int side, int n) {
  for (int i = 0; i < n; ++i) bar(image, {x + i * (side + side / 3), y, side, side});
}

std::vector<LinePlace> lines_of(const GreyImage& image) {
  return find_lines(image, find_rules(image));
}

TEST(Lines, AreFoundFromTopToBottom) {
  GreyImage page = white(800, 1000);
  print(page, 100, 300, 15, 10);
  print(page, 300, 100, 30, 6);  // a title
  const auto lines = lines_of(page);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].box.y, 100);
  EXPECT_EQ(lines[0].height, 30);
  EXPECT_EQ(lines[1].box.x, 100);
  EXPECT_EQ(lines[1].box.w, 10 * 15 + 9 * 5);
}

TEST(Lines, EndAtARule) {
  GreyImage page = white(800, 1000);
  print(page, 100, 300, 15, 5);
  print(page, 210, 300, 15, 5);
  EXPECT_EQ(lines_of(page).size(), 1u);
  for (const int y : {280, 340}) bar(page, {80, y, 500, 2});
  for (const int x : {80, 203, 578}) bar(page, {x, 280, 2, 62});
  EXPECT_EQ(lines_of(page).size(), 2u);
}

TEST(Lines, OfBoldPrintThatTouchesAreNoRules) {
  GreyImage page = white(800, 1000);
  print(page, 100, 300, 15, 10);
  for (int i = 0; i < 8; ++i) {  // strokes like those of 昌, each touching its neighbour's
    const int x = 200 + 26 * i;
    for (const int y : {100, 110, 120}) bar(page, {x, y, 26, 4});
    bar(page, {x + 2, 100, 4, 24});
  }
  const auto lines = lines_of(page);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].box.h, 24);
  EXPECT_EQ(find_rules(page).mask.at(300, 101), 0);
}

TEST(Lines, OfLabelsThatAreSetWideAreOne) {
  GreyImage page = white(800, 1000);
  print(page, 100, 300, 16, 4);
  print(page, 100, 340, 16, 1);
  print(page, 164, 340, 16, 1);
  EXPECT_EQ(lines_of(page).size(), 2u);
}

TEST(Lines, KnowDigitsByTheirShape) {
  GreyImage page = white(800, 1000);
  print(page, 100, 300, 16, 8);
  for (int i = 0; i < 18; ++i) bar(page, {100 + 11 * i, 340, 8, 13});
  const auto lines = lines_of(page);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_LT(lines[0].digits, 0.5);
  EXPECT_EQ(lines[1].digits, 1);
}

TEST(Lines, AreNotSoughtInNoise) {
  GreyImage page = white(1000, 1000);
  for (int y = 2; y + 4 < 1000; y += 5)
    for (int x = 2; x + 4 < 1000; x += 5) bar(page, {x, y, 2, 2});
  EXPECT_GT(200u * 200u, limits::text_parts);
  EXPECT_TRUE(lines_of(page).empty());
}

TEST(Lines, AreCappedToTheWidest) {
  GreyImage page = white(1500, 1500);
  for (int y = 10; y + 20 < 1500; y += 24)
    for (int x = 10; x + 100 < 1500; x += 100) print(page, x, y, 8, y < 40 ? 5 : 3);
  const auto lines = lines_of(page);
  EXPECT_EQ(lines.size(), limits::lines_on_page);
  EXPECT_TRUE(
      std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.box.y == 10; }));
}

TEST(Lines, OfAPageInThePixelsOfItsSheet) {
  const Page page = test::page_of("read/form.jpg");
  const Sheet sheet = prepare(page);
  const auto title =
      std::max_element(sheet.lines().begin(), sheet.lines().end(),
                       [](const auto& a, const auto& b) { return a.height < b.height; });
  ASSERT_NE(title, sheet.lines().end());
  EXPECT_LT(title->box.y, sheet.height() / 6);
  EXPECT_GT(title->box.w, sheet.width() / 4);
}

}  // namespace
}  // namespace dengji
