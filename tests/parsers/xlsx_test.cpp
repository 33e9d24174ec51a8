#include "parsers/xlsx.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parsers/limits.hpp"
#include "parsers/xlsx_parts.hpp"
#include "parsers/xlsx_sheet.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

constexpr const char* relation =
    "<Relationship Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

// A workbook of one sheet and whatever else is put beside it.
std::string book(const std::string& sheet, const std::vector<ZipEntry>& more = {},
                 const std::string& list = "<sheet name=\"a\" r:id=\"r1\"/>") {
  std::vector<ZipEntry> parts{
      {"[Content_Types].xml", "<Types/>"},
      {"xl/workbook.xml",
       "<workbook xmlns:r=\"http://r.example\"><sheets>" + list + "</sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       std::string("<Relationships>") + relation +
           "worksheet\" Id=\"r1\" Target=\"worksheets/Sheet1.xml\"/>" + relation +
           "worksheet\" Id=\"r2\" "
           "Target=\"/xl/worksheets/sheet2.xml\"/>" +
           relation +
           "chartsheet\" Id=\"r3\" Target=\"c.xml\"/>"
           "</Relationships>"},
      {"xl/worksheets/sheet1.xml", "<worksheet>" + sheet + "</worksheet>"}};
  parts.insert(parts.end(), more.begin(), more.end());
  return zip_file(parts);
}

std::string read(const std::string& bytes) { return outline_of("a.xlsx", bytes); }

std::string rows(const std::string& cells) {
  return "<sheetData><row>" + cells + "</row></sheetData>";
}

TEST(Xlsx, CellsWithoutReferencesFollowEachOther) {
  EXPECT_EQ(read(book("<sheetData><row><c><v>1</v></c><c/><c t=\"b\"><v>1</v></c></row>"
                      "<row><c r=\"B2\"><v>2.50</v></c><c t=\"b\"><v>0</v></c></row>"
                      "<row r=\"2\"><c t=\"e\"><v>#REF!</v></c></row></sheetData>")),
            "| 1 |  | TRUE |\n| #REF! | 2.5 | FALSE |\n");
}

TEST(Xlsx, NumbersAsTheyAreStored) {
  EXPECT_EQ(read(book(rows("<c><v>430502197001011234</v></c><c><v>4.30502197001011E+17</v></c>"
                           "<c><v>-1.50</v></c><c><v>1e3</v></c><c><v>x</v></c>"
                           "<c t=\"d\"><v>2018-08-20T00:00:00</v></c>"))),
            "| 430502197001011234 | 430502197001011000 | -1.5 | 1000 |  | 2018-08-20 |\n");
}

TEST(Xlsx, TextsOfEveryKind) {
  const ZipEntry strings{
      "xl/sharedStrings.xml",
      "<sst><si><t>a_x000D_\nb_x4E2D_</t></si><si><r><t>þ</t></r><r><rPr><rFont val=\"Wingdings\"/>"
      "</rPr><t>o</t></r><r><t xml:space=\"preserve\"> c</t></r><rPh sb=\"0\" eb=\"1\"><t>phonetic"
      "</t></rPh></si></sst>"};
  const ZipEntry styles{"xl/styles.xml",
                        "<styleSheet><fonts><font><name val=\"Arial\"/></font><font><name "
                        "val=\"Wingdings\"/></font></fonts><cellStyleXfs><xf fontId=\"1\"/>"
                        "</cellStyleXfs><cellXfs><xf fontId=\"0\"/><xf fontId=\"1\"/></cellXfs>"
                        "</styleSheet>"};
  EXPECT_EQ(
      read(book(rows("<c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\" s=\"1\"><v>1</v>"
                     "</c><c t=\"s\"><v>2</v></c><c t=\"inlineStr\"><is><r><t>d</t></r>"
                     "<r><t>e</t></r></is></c><c t=\"str\"><f>\"x\"</f><v>f</v></c>"),
                {strings, styles})),
      "| a/b中 | þ☐ c | ☑☐ c |  | de | f |\n");
}

TEST(Xlsx, DatesOfBothSystems) {
  const ZipEntry styles{
      "xl/styles.xml",
      "<styleSheet><numFmts><numFmt numFmtId=\"170\" "
      "formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/></numFmts><cellXfs><xf/><xf "
      "numFmtId=\"31\"/><xf numFmtId=\"170\"/></cellXfs><dxfs><dxf><numFmt "
      "numFmtId=\"31\" formatCode=\"0\"/></dxf></dxfs></styleSheet>"};
  const std::string cells = rows(
      "<c s=\"1\"><v>41870</v></c><c s=\"2\"><v>4.187E+04</v></c>"
      "<c s=\"9\"><v>41870</v></c><c s=\"1\"><v>no</v></c>");
  EXPECT_EQ(read(book(cells, {styles})), "| 2014-08-19 | 2014-08-19 | 41870 |\n");
  EXPECT_EQ(
      read(book(cells,
                {{"xl/workbook.xml",
                  "<workbook xmlns:r=\"http://r.example\"><workbookPr date1904=\"1\"/><sheets>"
                  "<sheet r:id=\"r1\"/></sheets></workbook>"},
                 styles})),
      "| 2018-08-20 | 2018-08-20 | 41870 |\n");
}

TEST(Xlsx, HiddenAndMergedAndHeaders) {
  EXPECT_EQ(
      read(book("<cols><col min=\"3\" max=\"4\" hidden=\"1\"/></cols><sheetData><row r=\"1\">"
                "<c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c><c r=\"C1\"><v>3</v></c></row>"
                "<row r=\"2\" hidden=\"true\"><c r=\"A2\"><v>4</v></c></row>"
                "<row r=\"3\"><c r=\"A3\"><v>5</v></c></row></sheetData>"
                "<mergeCells><mergeCell ref=\"A3:$B$3\"/><mergeCell ref=\"A1\"/><mergeCell "
                "ref=\"?:B9\"/></mergeCells>"
                "<headerFooter><oddHeader>&amp;C&amp;14标题</oddHeader></headerFooter>")),
      "| 1 | 2 |\n|  |  |\n| 5>2 |\n# 标题\n");
}

TEST(Xlsx, HiddenSheetsAndChartsAreLeftOut) {
  const std::string other = "<worksheet>" + rows("<c><v>2</v></c>") + "</worksheet>";
  const auto list = [](const std::string& state) {
    return "<sheet r:id=\"r1\"/><sheet r:id=\"r3\"/><sheet r:id=\"none\"/><sheet state=\"" + state +
           "\" r:id=\"r2\"/>";
  };
  const ZipEntry second{"xl/worksheets/sheet2.xml", other};
  EXPECT_EQ(read(book(rows("<c><v>1</v></c>"), {second}, list("visible"))), "| 1 |\n| 2 |\n");
  EXPECT_EQ(read(book(rows("<c><v>1</v></c>"), {second}, list("hidden"))), "| 1 |\n");
  EXPECT_EQ(read(book(rows("<c><v>1</v></c>"), {second}, list("veryHidden"))), "| 1 |\n");
}

TEST(Xlsx, TextBoxesOfShownSheets) {
  const auto box = [](const std::string& text) {
    return "<xdr:wsDr xmlns:xdr=\"x\" xmlns:a=\"a\"><xdr:sp><xdr:nvSpPr><t>name</t></xdr:nvSpPr>"
           "<xdr:txBody><a:p><a:r><a:t>" +
           text +
           "</a:t></a:r><a:br/><a:r><a:t>2</a:t></a:r></a:p>"
           "</xdr:txBody></xdr:sp></xdr:wsDr>";
  };
  EXPECT_EQ(read(book(rows("<c><v>1</v></c>"),
                      {{"xl/worksheets/_rels/sheet1.xml.rels",
                        std::string("<Relationships>") + relation +
                            "drawing\" Id=\"d\" Target=\"../drawings/drawing1.xml\"/>" + relation +
                            "drawing\" Id=\"e\" Target=\"http://host.example/drawing1.xml\" "
                            "TargetMode=\"External\"/></Relationships>"},
                       {"xl/drawings/drawing1.xml", box("框")},
                       {"xl/drawings/drawing2.xml", box("of another sheet")}})),
            "| 1 |\n# 框/2\n");
}

TEST(Xlsx, WhatIsNotReadIsNamed) {
  const ZipEntry types{"[Content_Types].xml", "<Types/>"};
  EXPECT_EQ(read(zip_file({types, {"xl/workbook.bin", "x"}})).substr(0, 12), "!unsupported");
  EXPECT_EQ(read(zip_file({types, {"xl/styles.xml", "<a/>"}})).substr(0, 8), "!damaged");
  EXPECT_EQ(read(book("", {}, "<sheet r:id=\"r2\"/>")).substr(0, 8), "!damaged") << "no such part";
  EXPECT_EQ(read(book("", {}, "<sheet r:id=\"r1\"/><sheet r:id=\"r1\"/>")).substr(0, 8),
            "!damaged");
  EXPECT_EQ(read(book("<sheetData>")).substr(0, 8), "!damaged");
  EXPECT_EQ(read(book("", {{"xl/styles.xml", "<a>"}})).substr(0, 8), "!damaged");
  EXPECT_EQ(read(book("", {{"xl/sharedStrings.xml", "<!DOCTYPE a><a/>"}})).substr(0, 8),
            "!damaged");
  EXPECT_EQ(read(zip_file({types, {"xl/workbook.xml", "<a/>", false, true}})).substr(0, 10),
            "!encrypted");
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(Xlsx, Limits) {
  const auto refused = [](const std::string& bytes) {
    return read(bytes).starts_with("!over_limit");
  };
  EXPECT_TRUE(refused(book("", {}, repeated("<sheet/>", limits::sheets + 1))));
  EXPECT_TRUE(
      refused(book("", {{"xl/sharedStrings.xml",
                         "<sst>" + repeated("<si/>", limits::sheet_strings + 1) + "</sst>"}})));
  for (const std::string list : {"cellXfs", "fonts"}) {
    const std::string each = list == "fonts" ? "<font/>" : "<xf/>";
    EXPECT_TRUE(refused(
        book("", {{"xl/styles.xml", "<a><" + list + ">" + repeated(each, limits::sheet_styles + 1) +
                                        "</" + list + "></a>"}})))
        << list;
  }
  std::string formats;
  for (std::size_t i = 0; i <= limits::sheet_styles; ++i) {
    formats += "<numFmt numFmtId=\"" + std::to_string(i) + "\"/>";
  }
  EXPECT_TRUE(refused(book("", {{"xl/styles.xml", "<a>" + formats + "</a>"}})));
  EXPECT_TRUE(refused(book("<sheetData>" +
                           repeated("<row><c><v>1</v></c></row>", limits::document_cells + 1) +
                           "</sheetData>")));
}

TEST(Xlsx, RelationsAreCapped) {
  std::string many;
  for (std::size_t i = 0; i < limits::document_parts + 9; ++i) {
    many += "<Relationship Id=\"" + std::to_string(i) + "\"/>";
  }
  const auto relations = read_relations("<a>" + many + "</a>", "");
  EXPECT_EQ(relations.size(), limits::document_parts + 1);
}

TEST(Xlsx, PlacesAndTargets) {
  EXPECT_EQ(place_of("A1"), (SheetPlace{0, 0}));
  EXPECT_EQ(place_of("$AB$12"), (SheetPlace{11, 27}));
  EXPECT_EQ(place_of("XFD1048576"), (SheetPlace{1'048'575, 16'383}));
  for (const char* none : {"", "A", "1", "A0", "A-1", "XFE1", "A1048577", "a1", "A1B",
                           "AAAAAAAAAAAA1", "A99999999999"}) {
    EXPECT_EQ(place_of(none), std::nullopt) << none;
  }
  EXPECT_EQ(part_of_target("xl/worksheets", "../drawings/Drawing1.xml"),
            "xl/drawings/drawing1.xml");
  EXPECT_EQ(part_of_target("xl", "/xl/worksheets/a.xml"), "xl/worksheets/a.xml");
  EXPECT_EQ(part_of_target("xl", "../../../a.xml"), "a.xml");
  EXPECT_EQ(unescape_xstring("_x005F_x000D_ _x00_ _xZZZZ_ _x"), "_x000D_ _x00_ _xZZZZ_ _x");
}

TEST(Xlsx, EveryCutEndsInAValueOrAReason) {
  const std::string whole = test_data("documents/book.xlsx");
  for (std::size_t size = 0; size < whole.size(); size += 13) {
    (void)outline_of("a.xlsx", whole.substr(0, size));
    const auto read = read_xlsx(std::string_view(whole).substr(0, size));
    EXPECT_TRUE(!read || !read->blocks.empty());
  }
}

}  // namespace
}  // namespace dengji
