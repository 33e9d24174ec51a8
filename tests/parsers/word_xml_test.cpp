#include "parsers/word_xml.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/limits.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

const std::string space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

std::string zipped(const std::string& document) {
  return zip_file({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", document}});
}

std::string read(const std::string& body, const std::string& uri = space) {
  return outline_of("a.docx", zipped("<x:document xmlns:x='" + uri + "'><x:body>" + body +
                                     "</x:body></x:document>"));
}

TEST(WordXml, AnyPrefixAndTheStrictNamespace) {
  const std::string text = "<x:p><x:r><x:t>a</x:t></x:r></x:p>";
  EXPECT_EQ(read(text), "a\n");
  EXPECT_EQ(read(text, "http://purl.oclc.org/ooxml/wordprocessingml/main"), "a\n");
}

TEST(WordXml, GridBeforeAndHorizontalMerge) {
  EXPECT_EQ(read("<x:tbl><x:tr><x:trPr><x:gridBefore x:val='2'/></x:trPr><x:tc><x:p/></x:tc>"
                 "<x:tc><x:tcPr><x:hMerge x:val='continue'/></x:tcPr><x:p/></x:tc></x:tr></x:tbl>"),
            "| @2>2 |\n");
}

TEST(WordXml, DeletedRowAndDeletedMark) {
  EXPECT_EQ(read("<x:tbl><x:tr><x:trPr><x:del/></x:trPr><x:tc><x:p/></x:tc></x:tr><x:tr><x:tc><x:p>"
                 "<x:pPr><x:rPr><x:del/></x:rPr></x:pPr><x:r><x:t>a</x:t></x:r></x:p><x:p><x:r>"
                 "<x:t>b</x:t></x:r></x:p></x:tc></x:tr></x:tbl>"),
            "| ab |\n");
}

TEST(WordXml, StruckOutTextIsLeftOut) {
  EXPECT_EQ(read("<x:p><x:r><x:rPr><x:strike/></x:rPr><x:t>a</x:t></x:r><x:r><x:rPr><x:strike "
                 "x:val='0'/></x:rPr><x:t>b</x:t></x:r><x:r><x:rPr><x:dstrike/></x:rPr><x:t>c"
                 "</x:t></x:r><x:r><x:t>d</x:t></x:r></x:p>"),
            "bd\n");
}

TEST(WordXml, Word2003InOneFile) {
  EXPECT_EQ(
      outline_of("a.doc",
                 "<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?>"
                 "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/word/2003/wordml'"
                 " xmlns:aml='http://schemas.microsoft.com/aml/2001/core'><w:body><w:tbl><w:tr>"
                 "<w:tc><w:tcPr><w:vmerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r>"
                 "</w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p>"
                 "<aml:annotation w:type='Word.Deletion' aml:id='1'><aml:content><w:r><w:t>x"
                 "</w:t></w:r></aml:content></aml:annotation></w:p></w:tc></w:tr></w:tbl>"
                 "</w:body></w:wordDocument>"),
      "| av2 |\n|\n");
}

TEST(WordXml, EntitiesAndDoctypesAreRefused) {
  EXPECT_EQ(outline_of("a.docx", zipped("<!DOCTYPE d [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
                                        "<x:document xmlns:x='" +
                                        space + "'>&e;</x:document>"))
                .substr(0, 8),
            "!damaged");
  EXPECT_EQ(read("<x:p><x:r><x:t>&undefined;</x:t></x:r></x:p>").substr(0, 8), "!damaged");
}

TEST(WordXml, TooDeepTooManyTooLarge) {
  std::string deep, cells;
  for (std::size_t i = 0; i < limits::xml_depth; ++i) deep += "<x:sdt>";
  EXPECT_EQ(read(deep).substr(0, 11), "!over_limit");
  for (std::size_t i = 0; i <= limits::document_cells; ++i) cells += "<x:tc/>";
  EXPECT_EQ(read("<x:tbl><x:tr>" + cells + "</x:tr></x:tbl>").substr(0, 11), "!over_limit");
  const std::string text(limits::document_text_bytes + 1, 'a');
  EXPECT_EQ(read("<x:p><x:r><x:t>" + text + "</x:t></x:r></x:p>").substr(0, 11), "!over_limit");
  EXPECT_EQ(read("<x:tbl><x:tr><x:tc><x:tcPr><x:gridSpan x:val='99999999'/></x:tcPr><x:p/></x:tc>"
                 "<x:tc><x:p/></x:tc></x:tr></x:tbl>")
                .substr(0, 11),
            "!over_limit");
}

TEST(WordXml, TooManyAttributesOrNamespaces) {
  const auto numbered = [](const std::string& name, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += " " + name + std::to_string(i) + " = 'b'";
    return out;
  };
  const std::string p = "<x:p><x:r><x:t>y</x:t></x:r></x:p>";
  EXPECT_EQ(read("<a" + numbered("a", limits::xml_attributes) + "/>" + p), "y\n");
  EXPECT_EQ(read("<a" + numbered("a", limits::xml_attributes + 1) + "/>").substr(0, 11),
            "!over_limit");
  const std::string half = "<a" + numbered("xmlns:a", limits::xml_namespaces / 2) + ">";
  EXPECT_EQ(read(half + "</a>" + half + "</a>" + half + "</a>" + p), "y\n");
  EXPECT_EQ(read(half + half + half + "</a></a></a>").substr(0, 11), "!over_limit");
}

TEST(WordXml, BrokenOrEncryptedPackages) {
  EXPECT_EQ(read("<x:p>").substr(0, 8), "!damaged");
  EXPECT_EQ(outline_of("a.docx", zip_file({{"[Content_Types].xml", "<Types/>"},
                                           {"word/document.xml", "x", false, true}}))
                .substr(0, 2),
            "!e");
  const std::string whole = test_data("documents/form.docx");
  for (std::size_t size = 0; size < whole.size(); size += 41) {
    static_cast<void>(read_docx(std::string_view(whole).substr(0, size)));
  }
}

}  // namespace
}  // namespace dengji
