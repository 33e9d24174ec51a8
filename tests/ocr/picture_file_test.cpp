#include "ocr/picture_file.hpp"

#include <gtest/gtest.h>

#include "ocr/marks.hpp"
#include "ocr/page.hpp"

namespace dengji {
namespace {

ColourImage read_back(const PictureFile& file) {
  const auto attachment = make_attachment("a", file.bytes);
  return Pages::open(attachment)->read(1)->pixels;
}

bool is(const ColourImage& image, int x, int y, std::array<int, 3> colour) {
  const auto* pixel = image.row(y) + 3 * x;
  return pixel[0] == colour[0] && pixel[1] == colour[1] && pixel[2] == colour[2];
}

TEST(PictureFile, IsNoLargerThanAskedAndKeepsItsShape) {
  const ColourImage page(900, 1200, 200);
  const auto small = jpeg_of(page, 400);
  EXPECT_EQ(small.width, 300);
  EXPECT_EQ(small.height, 400);
  const auto image = read_back(small);
  EXPECT_EQ(image.width, 300);
  EXPECT_NEAR(image.row(200)[450], 200, 2);
  EXPECT_EQ(jpeg_of(page, 5000).width, 900);
  EXPECT_EQ(png_of(ColourImage(4000, 1, 9), {}, 100).height, 1);
}

TEST(PictureFile, BearsMarksWhereTheyBelong) {
  const ColourImage page(900, 1200, 255);
  const auto image = read_back(png_of(page, {{{300, 600, 90, 60}, {200, 0, 0}, "seal"}}, 400));
  EXPECT_TRUE(is(image, 115, 200, {200, 0, 0}));  // on its upper edge
  EXPECT_TRUE(is(image, 115, 210, {255, 255, 255}));
  int written = 0;
  for (int y = 170; y < 195; ++y)
    for (int x = 100; x < 130; ++x) written += is(image, x, y, {200, 0, 0});
  EXPECT_GT(written, 20);
}

TEST(PictureFile, TakesMarksBeyondThePage) {
  const ColourImage page(50, 50, 255);
  const auto file = png_of(page, {{{-90, 40, 4000, 900}, {0, 0, 0}, "far"}, {{}, {}, ""}}, 100);
  EXPECT_EQ(read_back(file).width, 50);
}

TEST(Marks, NameWhatWasSeen) {
  PageFacts page;
  page.width = 100, page.height = 200;
  page.seals.resize(1);
  page.seals[0].confidence = 0.875;
  page.numbers.push_back({"43052119700619846X", IdType::citizen, {5, 6, 7, 8}, 0.5, true});
  page.cells = {{1, 2, 3, 4}};
  page.lines = {{{1, 2, 3, 4}, "名称"}};
  EXPECT_EQ(marks_of(page).size(), 4U);
  EXPECT_EQ(marks_of(page)[2].label, "43052119700619846X");
  EXPECT_EQ(marks_of(page)[3].label, "red round seal 0.88");
  page.quality.readable = false;
  page.quality.why = "blur";
  const auto frame = marks_of(page).back();
  EXPECT_EQ(frame.box.h, 200);
  EXPECT_TRUE(frame.label.starts_with("unreadable: blur"));
}

}  // namespace
}  // namespace dengji
