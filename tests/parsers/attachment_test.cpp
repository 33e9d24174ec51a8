#include "parsers/attachment.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/parsers/fixtures.hpp"

namespace dengji {

using namespace std::string_literals;

TEST(Sniff, KnowsMagicNumbers) {
  const std::vector<std::pair<std::string, FileType>> cases{
      {"", FileType::empty},
      {"\x89PNG\r\n\x1A\n....", FileType::png},
      {"\xFF\xD8\xFF\xE0....", FileType::jpeg},
      {"II*\0\x08\0\0\0"s, FileType::tiff},
      {"MM\0*\0\0\0\x08"s, FileType::tiff},
      {"GIF89a..", FileType::gif},
      {"BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"s, FileType::bmp},
      {"RIFF\x10\0\0\0WEBPVP8 "s, FileType::webp},
      {"\0\0\0\x18"
       "ftypheic\0\0\0\0mif1heic"s,
       FileType::heic},
      {"\0\0\0\x18"
       "ftypmif1\0\0\0\0mif1heic"s,
       FileType::heic},
      {"\0\0\0\x18"
       "ftypmp42\0\0\0\0mp42isom"s,
       FileType::unknown},
      {"Rar!\x1A\x07\x01\0"s, FileType::rar},
      {"7z\xBC\xAF\x27\x1C\0\x04"s, FileType::sevenzip},
      {"\x1F\x8B\x08\0"s, FileType::gzip},
      {"\x78\x9F\x3E\x22\0\0"s, FileType::tnef},
      {std::string(257, '\0') + "ustar" + std::string(250, '\0'), FileType::tar},
      {"%PDF-1.4\n%\xE2\xE3", FileType::pdf},
      {"\n\n junk %PDF-1.4\n", FileType::pdf},
      {"{\\rtf1\\ansi", FileType::rtf},
      {" \r\n{\\rtf1\\ansi", FileType::rtf},
      {"AC1015\0\0\0\0\0"s, FileType::unknown},
      {"登记表已附上", FileType::text},
      {"\xB5\xC7\xBC\xC7\xB1\xED\r\n", FileType::text},
      {"BM is also how a text may begin, and go on for long.", FileType::text},
  };
  for (const auto& [bytes, type] : cases) {
    EXPECT_EQ(to_string(sniff(bytes)), to_string(type)) << bytes.substr(0, 16);
  }
}

TEST(Sniff, KnowsWhatIsInAnOleFile) {
  EXPECT_EQ(sniff(ole_file({"WordDocument", "1Table"})), FileType::doc);
  EXPECT_EQ(sniff(ole_file({"Workbook"})), FileType::xls);
  EXPECT_EQ(sniff(ole_file({"EncryptionInfo", "EncryptedPackage"})), FileType::docx);
  EXPECT_EQ(sniff(ole_file({"CONTENTS", "SPELLING"})), FileType::works);
  EXPECT_EQ(sniff(ole_file({"PowerPoint Document"})), FileType::ole);
}

TEST(Sniff, EndsOnADirectoryThatBitesItsTail) {
  std::string file = ole_file({"Other"});
  file.replace(512 + 4, 4, "\1\0\0\0"s);            // the directory's sector follows itself
  file.replace(1024 + 128 + 0x44, 4, "\1\0\0\0"s);  // and so does the entry
  EXPECT_EQ(sniff(file), FileType::ole);
}

TEST(Sniff, NeverReadsBeyondACutFile) {
  const std::string whole = ole_file({"WordDocument"});
  const std::string zip =
      zip_file({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<a/>"}});
  for (std::size_t length = 0; length < whole.size(); length += 7) {
    EXPECT_NE(sniff(whole.substr(0, length)), FileType::xls);
  }
  for (std::size_t length = 0; length < zip.size(); ++length) {
    EXPECT_NE(sniff(zip.substr(0, length)), FileType::xlsx);
  }
}

TEST(Sniff, TellsOfficeFilesFromArchives) {
  EXPECT_EQ(sniff(zip_file({{"a.doc", "x"}})), FileType::zip);
  EXPECT_EQ(sniff(zip_file({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<a/>"}})),
            FileType::docx);
  EXPECT_EQ(sniff(zip_file({{"[Content_Types].xml", "<Types/>"}, {"xl/workbook.xml", "<a/>"}})),
            FileType::xlsx);
  EXPECT_EQ(
      sniff(zip_file({{"[Content_Types].xml", "<Types/>"}, {"ppt/presentation.xml", "<a/>"}})),
      FileType::unknown);
  EXPECT_EQ(sniff(zip_file({{"mimetype", "application/vnd.oasis.opendocument.text"}})),
            FileType::odt);
  EXPECT_EQ(sniff(zip_file({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}})),
            FileType::unknown);
  EXPECT_EQ(sniff(zip_file({{"word/登记表.doc", "x"}})), FileType::zip);
  EXPECT_EQ(sniff(zip_file({{"OFD.xml", "<a/>"}})), FileType::unknown);
  EXPECT_EQ(sniff(zip_file({{"preview.jpg", "x"}, {"Index/Document.iwa", "x"}})),
            FileType::unknown);
}

TEST(Sniff, TellsKindsOfText) {
  EXPECT_EQ(sniff("\xEF\xBB\xBF<!DOCTYPE html><html>"), FileType::html);
  EXPECT_EQ(sniff("<table><tr><td>登记表"), FileType::html);
  EXPECT_EQ(sniff("\xFF\xFE<\0h\0t\0m\0l\0>\0"s), FileType::html);
  EXPECT_EQ(sniff("<?xml version=\"1.0\"?>\n<?mso-application "
                  "progid=\"Word.Document\"?>\n<w:wordDocument>"),
            FileType::wordml);
  EXPECT_EQ(sniff("<?xml version=\"1.0\"?><html xmlns=\"x\">"), FileType::html);
  EXPECT_EQ(sniff("<?xml version=\"1.0\"?><rss/>"), FileType::text);
  EXPECT_EQ(sniff("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n--a"),
            FileType::mht);
  EXPECT_EQ(
      sniff("From: <saved by a browser>\r\nSubject: x\r\nDate: Mon, 1 Jan 2018 00:00:00 +0800\r\n"
            "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n"),
      FileType::mht);
  EXPECT_EQ(sniff("Received: from a\r\n\tby b\r\nFrom: a@b.example\r\nTo: c@d.example\r\n"
                  "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n"),
            FileType::message);
  EXPECT_EQ(sniff("From: somebody\nThis is no header."), FileType::text);
}

TEST(Sniff, KnowsWordsLockFile) {
  std::string lock(162, '\0');
  lock.replace(0, 5, "\x04user");
  lock.replace(54, 10, "\x04\0u\0s\0e\0r\0"s);
  EXPECT_EQ(sniff(lock), FileType::lock_file);
  EXPECT_EQ(sniff(std::string(162, 'a')), FileType::text);
}

TEST(FileTypes, AreSortedIntoKinds) {
  EXPECT_TRUE(is_document(FileType::pdf) && is_picture(FileType::pdf));
  EXPECT_TRUE(is_document(FileType::doc) && !is_picture(FileType::doc));
  EXPECT_TRUE(is_container(FileType::tnef) && is_container(FileType::zip));
  EXPECT_FALSE(is_container(FileType::docx) || is_document(FileType::unknown));
  EXPECT_EQ(to_string(FileType::sevenzip), "7z");
}

TEST(CleanName, KeepsTheLastComponentOnly) {
  EXPECT_EQ(clean_name("C:\\我的文档\\登记表.doc"), "登记表.doc");
  EXPECT_EQ(clean_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(clean_name("材料/"), "材料");
  EXPECT_EQ(clean_name(".."), "");
}

TEST(CleanName, TakesOutWhatCannotBeSeen) {
  EXPECT_EQ(clean_name("登记\0表\r\n\u202Ecod.exe"s), "登记表cod.exe");
  EXPECT_EQ(clean_name(" 登记表 .doc\t"), "登记表 .doc");
  EXPECT_EQ(clean_name("cafe\u0301.doc"), "café.doc");
  EXPECT_EQ(clean_name("７点（1）.doc"), "７点（1）.doc");
}

TEST(CleanName, IsCutBetweenCharactersBeforeTheExtension) {
  std::string longest;
  for (int i = 0; i < 200; ++i) longest += "登";
  const std::string name = clean_name(longest + ".docx");
  EXPECT_LE(name.size(), 255u);
  EXPECT_TRUE(name.ends_with("登.docx"));
  EXPECT_LE(clean_name(longest + ".登登").size(), 255u);
  EXPECT_LE(clean_name("登." + std::string(300, '-') + "doc").size(), 255u);
}

TEST(Stem, KnowsOnlyExtensions) {
  EXPECT_EQ(stem("a.b.doc"), "a.b");
  EXPECT_EQ(stem("登记表.DOCX"), "登记表");
  EXPECT_EQ(stem("登记表.doc.jpg"), "登记表");
  EXPECT_EQ(stem("www.site.example"), "www.site.example");
  EXPECT_EQ(stem("1.附件"), "1.附件");
  EXPECT_EQ(stem(".doc"), ".doc");
}

TEST(MakeAttachment, FillsInWhatTheBytesShow) {
  const Attachment attachment = make_attachment("dir/abc.jpg", "abc");
  EXPECT_EQ(attachment.name, "abc.jpg");
  EXPECT_EQ(attachment.type, FileType::text);
  EXPECT_EQ(attachment.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_FALSE(attachment.problem);
}

}  // namespace dengji
