#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "parsers/submission.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/word_maker.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

Attachment file_of(const std::string& folder, const std::string& name) {
  std::ifstream file(folder + name, std::ios::binary);
  return make_attachment(name, {std::istreambuf_iterator<char>(file), {}});
}

Attachment blank(const std::string& name) { return file_of(SOURCE_DIR "/etc/forms/", name); }

Content content(const Attachment& attachment) {
  return read_contents({attachment}, test::forms()).at(0);
}

TEST(ReadContents, TheBlankFormsAreFormsWithoutValues) {
  const std::pair<const char*, FormKind> blanks[] = {{"网站登记表.docx", FormKind::website},
                                                     {"账号登记表.docx", FormKind::account},
                                                     {"论坛登记表.docx", FormKind::forum}};
  for (const auto& [name, kind] : blanks) {
    const Content read = content(blank(name));
    ASSERT_EQ(read.kind, ContentKind::form) << name;
    EXPECT_EQ(read.form->kind, kind) << name;
    for (const auto& [key, field] : read.form->fields) ADD_FAILURE() << key << " " << field.value;
  }
}

TEST(ReadContents, TheBlankLetterIsACommitment) {
  EXPECT_EQ(content(blank("依法办网承诺书.docx")).kind, ContentKind::commitment);
}

TEST(ReadContents, AWorkbookIsAForm) {
  for (const char* name : {"book.xls", "book.xlsx"}) {
    const Attachment file = file_of(TEST_DATA "/parsers/documents/", name);
    const Content read = content(file);
    ASSERT_EQ(read.kind, ContentKind::form) << name;
    const auto submissions = group({}, {file}, {read}).submissions;
    ASSERT_EQ(submissions.size(), 1u) << name;
    EXPECT_EQ(submissions[0].form_state, FormState::read) << name;
    EXPECT_EQ(submissions[0].platform, "梅子岭夜谈") << name;
    EXPECT_EQ(read.form->kind, FormKind::website) << name;
    EXPECT_EQ(read.form->platform(), "梅子岭夜谈") << name;
    EXPECT_EQ(read.form->value("org_nature"), "企业") << name;
    EXPECT_EQ(read.form->value("legal_name"), "林小满") << name;
    EXPECT_EQ(read.form->value("opened_on"), "2018-08-20") << name;
  }
}

TEST(ReadContents, OtherDocumentsAndPictures) {
  EXPECT_EQ(content(file_of(TEST_DATA "/parsers/documents/", "ticks.docx")).kind,
            ContentKind::document);
  EXPECT_EQ(content(make_attachment("a.jpg", "\xFF\xD8\xFF\xE0 not a document")).kind,
            ContentKind::none);
  EXPECT_EQ(content(make_attachment("a.dwg", "AC1015\x01\x02\x03")).kind, ContentKind::none);
}

TEST(ReadContents, WhatIsCalledADocumentAndIsNone) {
  const Content empty = content(make_attachment("双清夜话.doc", ""));
  ASSERT_EQ(empty.kind, ContentKind::unreadable);
  EXPECT_EQ(empty.problem->why, Why::empty);
  const Content noise =
      content(make_attachment("双清夜话.DOC", std::string("\x01\x02\xff\xfe\x00\x80", 6)));
  ASSERT_EQ(noise.kind, ContentKind::unreadable);
  EXPECT_EQ(noise.problem->why, Why::damaged);
}

TEST(ReadContents, DocumentsOfOtherProgramsAreNotCalledDamaged) {
  const std::string ofd = zip_file({{"OFD.xml", "<a/>"}});
  const std::string pages = zip_file({{"Index/Document.iwa", "x"}});
  const std::string ods =
      zip_file({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}});
  const std::string xlsb = zip_file({{"[Content_Types].xml", "<a/>"}, {"xl/workbook.bin", "x"}});
  for (const auto& [name, bytes] : {std::pair{"双清夜话.ofd", ofd},
                                    {"双清夜话.pages", pages},
                                    {"双清夜话.ods", ods},
                                    {"双清夜话.xlsb", xlsb},
                                    {"双清夜话.wps", make_ole({{"MatOST", "x"}})}}) {
    const Content read = content(make_attachment(name, bytes));
    ASSERT_EQ(read.kind, ContentKind::unreadable) << name;
    EXPECT_EQ(read.problem->why, Why::unsupported) << name;
  }
}

TEST(ReadContents, ADamagedDocumentSaysWhy) {
  Attachment half = blank("网站登记表.docx");
  half = make_attachment(half.name, half.bytes.substr(0, half.bytes.size() / 2));
  const Content read = content(half);
  EXPECT_EQ(read.kind, ContentKind::unreadable);
  EXPECT_TRUE(read.problem.has_value());
}

}  // namespace
}  // namespace dengji
