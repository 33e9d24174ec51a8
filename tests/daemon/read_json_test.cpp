// On the real files of tests/data.
#include "daemon/read_json.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/form_json.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(TEST_DATA) / "parsers";

Json read_bytes(const std::string& name, const std::string& bytes) {
  return Json::parse(read_json(name, bytes, test::shipped_config().forms));
}
Json read_data(const std::string& name) {
  return read_bytes(fs::path(name).filename(), test::read_file(data / name));
}

std::vector<std::string> names_in(const Json& json) {
  std::vector<std::string> names;
  for (const auto& part : json.at("parts")) names.push_back(part.at("name"));
  return names;
}

TEST(ReadJson, ShowsADocumentsTablesTextAndForm) {
  const Json json = read_data("documents/form.doc");
  EXPECT_EQ(json.at("kind"), "doc");
  EXPECT_FALSE(
      json.at("tables").at(0).at("rows").at(0).at(0).at("text").get<std::string>().empty());
  EXPECT_NE(json.at("text").get<std::string>().find("登记表"), std::string::npos);
  EXPECT_EQ(json.at("form").at("form"), "website");
  EXPECT_EQ(json.at("form").at("action"), "new");
  EXPECT_FALSE(json.at("form").at("registrant").at("name").get<std::string>().empty());
  EXPECT_FALSE(json.at("form").at("fields").at("site_name").get<std::string>().empty());
}

TEST(ReadJson, HasNoFormWhereNoneIs) {
  EXPECT_TRUE(read_data("documents/table_last.docx").at("form").is_null());
}

TEST(ReadJson, ListsAnArchivesMembersWithDecodedNames) {
  const Json json = read_data("archives/gbk.zip");
  EXPECT_EQ(json.at("kind"), "zip");
  const auto names = names_in(json);
  ASSERT_FALSE(names.empty());
  EXPECT_TRUE(std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.find("\xE7") != std::string::npos || name.find("\xE9") != std::string::npos;
  })) << json;
  EXPECT_EQ(json.at("parts").at(0).at("sha256").get<std::string>().size(), 64U);
}

TEST(ReadJson, SaysWhatCannotBeOpened) {
  EXPECT_NE(read_data("archives/encrypted.7z").at("error"), "");
  EXPECT_NE(read_bytes("a.pdf", "%PDF-1.4 cut").at("error"), "");
  EXPECT_EQ(read_bytes("a.png", "\x89PNG\r\n\x1A\n").at("error"), "a picture (png)");
  EXPECT_EQ(read_bytes("empty.doc", "").at("error"), "no bytes");
}

TEST(ReadJson, ListsAMessagesPartsAndWhatIsInThem) {
  const std::string zip = test::read_file(data / "archives/utf8.zip");
  const std::string head =
      "From: a@b.example\r\nSubject: s\r\nDate: x\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
      "Content-Type: text/plain\r\n\r\nhello\r\n--b\r\n"
      "Content-Type: application/zip; name=\"a.zip\"\r\n\r\n";
  const Json json = read_bytes("mail", head + zip + "\r\n--b--\r\n");
  EXPECT_EQ(json.at("kind"), "message");
  const auto& parts = json.at("parts");
  ASSERT_GE(parts.size(), 3U) << json;
  EXPECT_EQ(parts[0].at("declared"), "text/plain");
  EXPECT_EQ(parts[0].at("bytes"), 5);
  EXPECT_EQ(parts[1].at("name"), "a.zip");
  EXPECT_EQ(parts[1].at("bytes"), zip.size());
  EXPECT_EQ(parts[2].at("container"), "a.zip");
}

TEST(ReadJson, TakesAMailByItsNameWhereTheHeaderSaysLittle) {
  const std::string mail = "Subject: only this\r\n\r\nbody\r\n";
  EXPECT_EQ(read_bytes("a.eml", mail).at("kind"), "message");
  EXPECT_EQ(read_bytes("a.txt", mail).at("kind"), "text");
}

}  // namespace
}  // namespace dengji
