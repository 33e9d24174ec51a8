// What LibreOffice wrote from one source in several formats reads the same from each of them.
#include "parsers/document.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"

namespace dengji {
namespace {

class SameInEveryFormat : public testing::TestWithParam<const char*> {
 protected:
  std::string read(const std::string& name) { return outline_of_file(name + "." + GetParam()); }
};

// Chosen so that each case also has merged cells, a nested table or a header.
TEST_P(SameInEveryFormat, FormWithMergedAndNestedCells) {
  EXPECT_EQ(read("form"),
            "网站登记表（样例）\n"
            "| 网站名称 | 梅子岭夜谈 | 网址 | www.meiziling.example |\n"
            "| 主办单位v3 | 名称 | 梅子岭文化传播有限公司>2 |\n"
            "| 性质@1 | □政府　☑企业　□个人>2 |\n"
            "| 地址@1 | 第一行/第二行>2 |\n"
            "| 管理员 | {| 姓名 | 手机 |/| 林小满 | 13900001234 |/}>3 |\n"
            "| 简介 | >3 |\n"
            "| 意见（盖章）>4 |\n"
            "# 页眉中的登记表标题\n");
}

TEST_P(SameInEveryFormat, EveryKindOfTick) {
  // LibreOffice does not write the state of a form field to RTF.
  const std::string field = std::string(GetParam()) == "rtf" ? "☐是☐否" : "☑是☐否";
  EXPECT_EQ(read("ticks"),
            "☑甲☐乙☑丙☐丁\n"
            "| 表单域 | " +
                field +
                " |\n"
                "| 字体 | ☑是☐否 |\n"
                "| 键入 | ☑是 □否 √ ■ |\n"
                "# 页眉中的登记表标题\n");
}

TEST_P(SameInEveryFormat, DeletedAndHiddenTextIsLeftOut) {
  EXPECT_EQ(read("changes"),
            "前加入后\n"
            "链接文字\n"
            "| 名称 | 新名 |\n"
            "末\n"
            "# 页眉中的登记表标题\n");
}

TEST_P(SameInEveryFormat, TextBoxIsAMargin) {
  const std::string text = read("boxed");
  EXPECT_NE(text.find("正文\n"), std::string::npos) << text;
  EXPECT_NE(text.find("# 框中的标题\n"), std::string::npos) << text;
  EXPECT_EQ(text.find("框中的标题"), text.rfind("框中的标题")) << "the fallback repeats it";
}

TEST_P(SameInEveryFormat, TableThatEndsTheDocument) {
  EXPECT_EQ(read("table_last"), "表在最后\n| 一 | 二 |\n| 三 | 四 |\n# 页眉中的登记表标题\n");
}

INSTANTIATE_TEST_SUITE_P(Word, SameInEveryFormat, testing::Values("doc", "docx", "rtf", "odt"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST(Document, StruckOutTextOfOdtIsLeftOut) {
  const std::string content =
      "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
      "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
      "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0'><office:automatic-styles>"
      "<style:style style:name='T1' style:family='text'><style:text-properties "
      "style:text-line-through-style='solid'/></style:style></office:automatic-styles>"
      "<office:body><office:text><text:p>a<text:span text:style-name='T1'>b</text:span>c</text:p>"
      "</office:text></office:body></office:document-content>";
  EXPECT_EQ(outline_of("a.odt", zip_file({{"mimetype", "application/vnd.oasis.opendocument.text"},
                                          {"content.xml", content}})),
            "ac\n");
}

TEST(Document, ContentControlsShowTheirStateAndNoPrompt) {
  EXPECT_EQ(outline_of_file("controls.docx"),
            "| 控件 | ☑是☐否 |\n| 姓名 | 林小满 |\n| 电话 |  |\n# 页眉中的登记表标题\n");
}

TEST(Document, PdfShowsTheSameTableByItsLines) {
  // Between two tables there are columns where only one of them has a line.
  const std::string text = outline_of_file("form.pdf");
  EXPECT_NE(text.find("网站登记表（样例）\n"), std::string::npos) << text;
  EXPECT_NE(text.find("| 主办单位v3 | 名称"), std::string::npos) << text;
  EXPECT_NE(text.find("| 地址@1"), std::string::npos) << text;
  EXPECT_NE(text.find("第一行/第二行"), std::string::npos) << text;
  EXPECT_NE(text.find("☑企业"), std::string::npos) << text;
}

TEST(Document, HtmlHasTheHeaderInItsBody) {
  std::string expected = outline_of_file("form.docx");
  const std::string header = "# 页眉中的登记表标题\n";
  expected.erase(expected.find(header));
  EXPECT_EQ(outline_of_file("form.html"), header.substr(2) + expected);
}

TEST(Document, MhtIsHtmlInAMessage) {
  const std::string mail =
      "From: <Saved>\r\nSubject: a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; "
      "boundary=\"b\"; type=\"text/html\"\r\n\r\n--b\r\nContent-Type: text/html; "
      "charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n"
      "Content-Location: file:///a.htm\r\n\r\n<html><body><table><tr><td>=C3=FB=B3=C6</td>"
      "<td colspan=3D2>b</td></tr></table></body></html>\r\n--b\r\nContent-Type: image/png\r\n"
      "Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b--\r\n";
  EXPECT_EQ(outline_of("a.doc", mail), "| 名称 | b>2 |\n");
}

class SameInEveryBook : public testing::TestWithParam<const char*> {};

// Merged cells, a date, numbers of every kind, ticks, hidden rows, columns and sheets.
TEST_P(SameInEveryBook, FormAsAWorkbook) {
  EXPECT_EQ(outline_of_file(std::string("book.") + GetParam()),
            "| 邵阳市互联网网站调查登记表>4 |\n"
            "| 网站名称 | 梅子岭夜谈 | 网站网址（域名） | www.meiziling.example |\n"
            "| 主办单位名称 | 梅子岭文化传播有限公司>3 |\n"
            "| 单位性质 | □政府　☑企业　□个人>3 |\n"
            "| 证件类型 | 统一社会信用代码 | 证件号码 | 91430500MA4L0XXX0X |\n"
            "| 法定代表人v2 | 姓名 | 林小满>2 |\n"
            "| 身份证号码@1 | 430502197001010000>2 |\n"
            "|  |  |  |  |\n"
            "| 开通时间 | 2018-08-20 | 从业人员数 | 12 |\n"
            "| 办公电话 | 07395300001 | 简介 | 第一行/第二行 |\n"
            "| 备注 |  |  |  |\n"
            "| 字体 | ☑ | ☑是☐否 |  |\n"
            "| 数 | -1.5 | 0.1 | 123456789012 |\n"
            "| 式 | 甲乙 | TRUE | 09:30 |\n"
            "| 错 | #DIV/0! |  |  |\n"
            "# 页眉中的编号\n# 框中的说明\n# 页眉中的编号\n");
}

TEST_P(SameInEveryBook, CellsFarApart) {
  EXPECT_EQ(outline_of_file(std::string("book_sparse.") + GetParam()),
            "| 左上 |  |  |\n|  |  |  |\n|  |  | 右下 |\n# 页眉中的编号\n");
}

INSTANTIATE_TEST_SUITE_P(Excel, SameInEveryBook, testing::Values("xls", "xlsx"),
                         [](const auto& kind) { return std::string(kind.param); });

TEST(Document, PlainTextIsItsLines) {
  EXPECT_EQ(outline_of("a.doc", "\xC3\xFB\xB3\xC6\xA3\xBA\xB2\xE2\xCA\xD4\r\n\r\nb\n"),
            "名称：测试\nb\n");
}

TEST(Document, TheExtensionDecidesNothing) {
  EXPECT_EQ(outline_of("form.docx", test_data("documents/form.doc")), outline_of_file("form.doc"));
  EXPECT_EQ(outline_of("form.doc", test_data("documents/form.docx")), outline_of_file("form.docx"));
}

TEST(Document, EmptyAndLockFilesHoldNothing) {
  EXPECT_EQ(outline_of("a.doc", "").substr(0, 7), "!empty:");
  std::string lock(162, '\0');
  lock.replace(0, 5, "\x04user");
  EXPECT_EQ(outline_of("~$a.doc", lock).substr(0, 7), "!empty:");
}

}  // namespace
}  // namespace dengji
