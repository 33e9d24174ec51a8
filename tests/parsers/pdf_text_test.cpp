#include "parsers/pdf_text.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "parsers/limits.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

// A file of one or more pages with these contents, in Helvetica; `extra` objects follow the pages.
std::string pdf(const std::vector<std::string>& pages, const std::string& page_keys = "",
                const std::vector<std::string>& extra = {}) {
  std::vector<std::string> objects{"<</Type/Catalog/Pages 2 0 R>>", "",
                                   "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"};
  std::string kids;
  for (const std::string& content : pages) {
    const std::size_t number = objects.size() + 1;
    kids += std::to_string(number) + " 0 R ";
    objects.push_back(
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Resources<</Font<</F 3 0 R>>"
        "/XObject<</X 90 0 R>>>>/Contents " +
        std::to_string(number + 1) + " 0 R" + page_keys + ">>");
    objects.push_back("<</Length " + std::to_string(content.size()) + ">>stream\n" + content +
                      "\nendstream");
  }
  objects[1] = "<</Type/Pages/Count " + std::to_string(pages.size()) + "/Kids[" + kids + "]>>";
  std::string file = "%PDF-1.4\n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    file += std::to_string(i + 1) + " 0 obj" + objects[i] + "endobj\n";
  }
  for (std::size_t i = 0; i < extra.size(); ++i) {
    file += std::to_string(90 + i) + " 0 obj" + extra[i] + "endobj\n";
  }
  return file + "trailer<</Root 1 0 R>>\n%%EOF\n";
}

std::string show(double x, double y, const std::string& text) {
  return "BT /F 10 Tf " + std::to_string(x) + " " + std::to_string(y) + " Td (" + text + ")Tj ET\n";
}

std::string read(const std::string& content) { return outline_of("a.pdf", pdf({content})); }

const std::string labels = show(30, 360, "title") + show(60, 305, "a") + show(160, 305, "b") +
                           show(60, 255, "c") + show(160, 255, "d") + show(30, 100, "end");
const std::string two_by_two = "title\n| a | b |\n| c | d |\nend\n";

TEST(PdfText, TableOfStrokes) {
  EXPECT_EQ(read("50 330 m 250 330 l S 50 280 m 250 280 l 50 230 m 250 230 l S\n"
                 "50 230 m 50 330 l S 150 230 m 150 330 l S 250 230 m 250 330 l S\n" +
                 labels),
            two_by_two);
}

TEST(PdfText, TableOfThinFilledRectangles) {
  std::string lines = "0 g ";
  for (const int y : {230, 280, 330}) {
    for (const int x : {50, 150}) {  // cell by cell, with corners, as word processors do
      lines += std::to_string(x) + " " + std::to_string(y) + " 0.5 0.5 re f ";
      lines += std::to_string(x) + ".5 " + std::to_string(y) + " 99.5 0.5 re f* ";
    }
  }
  for (const int x : {50, 150, 250}) {
    lines +=
        std::to_string(x) + " 230.5 0.5 49.5 re f " + std::to_string(x) + " 280.5 0.5 49 re f\n";
  }
  EXPECT_EQ(read(lines + labels), two_by_two);
}

TEST(PdfText, TableOfStrokedRectanglesUnderAMatrix) {
  EXPECT_EQ(read("q 0.5 0 0 0.5 50 230 cm 0 0 200 100 re S 200 0 200 100 re S\n"
                 "0 100 200 100 re S 200 100 200 100 re s Q\n" +
                 labels),
            two_by_two);
}

TEST(PdfText, TableDrawnInAForm) {
  const std::string drawing = "0 0 200 100 re 100 0 m 100 100 l 0 50 m 200 50 l S";
  const std::string form =
      "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Matrix[1 0 0 1 50 230]"
      "/Length " +
      std::to_string(drawing.size()) + ">>stream\n" + drawing + "\nendstream";
  EXPECT_EQ(outline_of("a.pdf", pdf({"/X Do\n" + labels}, "", {form})), two_by_two);
}

TEST(PdfText, FormThatDrawsItselfEnds) {
  const std::string form =
      "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Length 11"
      "/Resources<</XObject<</X 90 0 R>>>>>>stream\n/X Do /X Do\nendstream";
  EXPECT_EQ(outline_of("a.pdf", pdf({"/X Do\n" + show(30, 360, "x")}, "", {form})), "x\n");
}

TEST(PdfText, MergedCells) {
  EXPECT_EQ(read("50 230 200 100 re S 150 230 m 150 330 l S 150 280 m 250 280 l S\n" + labels),
            "title\n| a/cv2 | b |\n| d@1 |\nend\n");
  EXPECT_EQ(read("50 230 200 100 re S 150 230 m 150 280 l S 50 280 m 250 280 l S\n" + labels),
            "title\n| a b>2 |\n| c | d |\nend\n");
}

TEST(PdfText, UnderlinesFramesWhiteLinesAndDrawnBoxesAreNoTables) {
  EXPECT_EQ(read("60 300 m 120 300 l S 20 20 360 360 re S 160 303 8 8 re S\n"
                 "1 g 50 230 200 0.5 re f 0 g 30 355 m 90 355 l S\n" +
                 labels),
            "| title/a b/c d/end |\n");
  EXPECT_EQ(read("20 20 360 375 re S 50 230 200 100 re 150 230 m 150 330 l 50 280 m 250 280 l S\n" +
                 labels),
            two_by_two);
}

TEST(PdfText, TableWithinACell) {
  EXPECT_EQ(read("20 150 340 200 re S 40 150 m 40 350 l S 50 230 200 100 re 150 230 m 150 330 l\n"
                 "50 280 m 250 280 l S\n" +
                 labels),
            "title\n|  | {| a | b |/| c | d |/} |\nend\n");
}

TEST(PdfText, TurnedAndCroppedPagesReadUpright) {
  const std::string grid = "50 230 200 100 re 150 230 m 150 330 l 50 280 m 250 280 l S\n" + labels;
  EXPECT_EQ(outline_of("a.pdf", pdf({grid}, "/CropBox[10 20 390 380]")), two_by_two);
  for (const char* turn : {"90", "180", "270"}) {
    const std::string text = outline_of("a.pdf", pdf({grid}, std::string("/Rotate ") + turn));
    EXPECT_EQ(std::count(text.begin(), text.end(), '|'), 6) << turn << text;
  }
}

TEST(PdfText, LinesBrokenByTheCellAreJoined) {
  const std::string cell = "50 230 102 100 re 152 230 m 152 330 l 50 230 300 100 re S\n";
  EXPECT_EQ(read(cell + show(54, 310, "http://www.abcdefgh") + show(54, 298, "ij.example")),
            "| http://www.abcdefghij.example |  |\n");
  EXPECT_EQ(read(cell + show(54, 310, "some words of text") + show(54, 298, "follow")),
            "| some words of text follow |  |\n");
  EXPECT_EQ(read(cell + show(54, 310, "one") + show(54, 298, "two")), "| one/two |  |\n");
}

TEST(PdfText, PageWithoutVisibleTextIsAScan) {
  EXPECT_EQ(read("0 0 100 100 re f").substr(0, 7), "!empty:");
  EXPECT_EQ(read("3 Tr " + show(30, 300, "recognised")).substr(0, 7), "!empty:");
}

TEST(PdfText, OverALimitIsSaid) {
  const std::vector<std::string> many(limits::picture_pages + 1, show(30, 300, "x"));
  EXPECT_EQ(outline_of("a.pdf", pdf(many)).substr(0, 11), "!over_limit");
  std::string states;
  for (std::size_t i = 0; i <= limits::pdf_states; ++i) states += "q ";
  EXPECT_EQ(read(states + show(30, 300, "x")).substr(0, 11), "!over_limit");
  std::string lines;
  for (std::size_t i = 0; i <= limits::pdf_lines; ++i) lines += "0 0 m 9 0 l S ";
  EXPECT_EQ(read(lines + show(30, 300, "x")).substr(0, 11), "!over_limit");
  std::string grid;
  for (std::size_t i = 0; i <= limits::pdf_grid_lines; ++i) {
    grid += "0 " + std::to_string(5 * i) + " m 9 " + std::to_string(5 * i) + " l S ";
  }
  EXPECT_EQ(read(grid + show(30, 300, "x")).substr(0, 11), "!over_limit");
  const std::string large(limits::pdf_content_bytes + 1, ' ');
  EXPECT_EQ(read(large).substr(0, 11), "!over_limit");
}

TEST(PdfText, OtherBytesAreDamaged) {
  EXPECT_FALSE(read_pdf("%PDF-1.4\nnothing"));
  EXPECT_FALSE(read_pdf(""));
}

}  // namespace
}  // namespace dengji
