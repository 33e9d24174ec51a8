#include "parsers/container.hpp"

#include <gtest/gtest.h>

#include "parsers/archive.hpp"
#include "parsers/limits.hpp"
#include "tests/parsers/fixtures.hpp"

namespace dengji {

using namespace std::string_literals;

namespace {

std::vector<Attachment> opened(const std::string& file) {
  return unpack({make_attachment(file, test_data("archives/" + file))});
}

// "folder/name=bytes" of each, for short expectations.
std::vector<std::string> told(const std::vector<Attachment>& attachments) {
  std::vector<std::string> out;
  for (const Attachment& each : attachments) {
    out.push_back((each.folder.empty() ? "" : each.folder + "/") + each.name + "=" + each.bytes);
  }
  return out;
}

std::optional<Why> problem_of(const std::string& file) {
  const std::vector<Attachment> left = opened(file);
  if (left.size() != 1 || left[0].name != file || !left[0].problem) return std::nullopt;
  return left[0].problem->why;
}

const std::vector<std::string> both{"双清在线/登记表.doc=form", "双清在线/盖章.jpg=scan"};

}  // namespace

TEST(Unpack, TakesTheMembersOfEveryKindOfArchive) {
  for (const char* file : {"gbk.zip", "utf8.zip", "macos.zip", "plain.7z", "gbk.rar", "rar5.rar",
                           "rar4-plain.rar", "rar5-plain.rar", "rar5-solid.rar"}) {
    EXPECT_EQ(told(opened(file)), both) << file;
    for (const Attachment& each : opened(file)) {
      EXPECT_EQ(each.container, file);
      EXPECT_EQ(each.type, FileType::text);
      EXPECT_EQ(each.sha256.size(), 64u);
    }
  }
  EXPECT_EQ(told(opened("folder.tar.gz")), std::vector<std::string>{"双清在线/登记表.doc=form"});
  EXPECT_EQ(told(opened("one.gz")), std::vector<std::string>{"one=form"});
}

TEST(Unpack, KeepsTheOrder) {
  std::vector<Attachment> all{make_attachment("a.doc", "a"),
                              make_attachment("b.zip", zip_file({{"c", "c"}, {"d", "d"}})),
                              make_attachment("e.doc", "e")};
  EXPECT_EQ(told(unpack(all)), (std::vector<std::string>{"a.doc=a", "c=c", "d=d", "e.doc=e"}));
}

TEST(Unpack, KeepsWhatIsEncrypted) {
  for (const char* file : {"encrypted.zip", "aes.zip", "encrypted.7z", "encrypted-names.7z",
                           "encrypted.rar", "encrypted5.rar", "rar4-password.rar",
                           "rar4-headers.rar", "rar5-password.rar", "rar5-headers.rar"}) {
    EXPECT_EQ(problem_of(file), Why::encrypted) << file;
  }
}

TEST(Unpack, SaysWhatItCannotUnpack) {
  const std::vector<Attachment> solid = opened("rar4-solid.rar");
  ASSERT_EQ(solid.size(), 2u);
  EXPECT_EQ(solid[0].bytes, "form");
  EXPECT_EQ(solid[1].problem->why, Why::unsupported);

  std::string deflate64 = zip_file({{"a.doc", "form"}});
  const std::size_t local = 8, central = deflate64.find("PK\1\2") + 10;  // the method's places
  deflate64[local] = deflate64[central] = 9;
  const std::vector<Attachment> left = unpack({make_attachment("a.zip", deflate64)});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].problem->why, Why::unsupported);
}

TEST(Unpack, RefusesBombsBeforeTheyAreInflated) {
  EXPECT_EQ(problem_of("bomb.zip"), Why::over_limit);
  EXPECT_EQ(problem_of("members.zip"), Why::over_limit);
}

TEST(Unpack, OpensTwoLevelsAndNoMore) {
  const std::vector<Attachment> two = opened("nested2.zip");
  EXPECT_EQ(told(two), std::vector<std::string>{"一/登记表.doc=form"});
  EXPECT_EQ(two[0].container, "nested2.zip");
  const std::vector<Attachment> three = opened("nested3.zip");
  ASSERT_EQ(three.size(), 1u);
  EXPECT_EQ(three[0].name, "一.zip");
  EXPECT_EQ(three[0].problem->why, Why::over_limit);
}

TEST(Unpack, KeepsAnArchiveThatIsCutAndWhatCameBefore) {
  const std::string whole = test_data("archives/gbk.rar");
  const auto left = unpack({make_attachment("a.rar", whole.substr(0, whole.size() - 30))});
  ASSERT_FALSE(left.empty());
  EXPECT_EQ(left.back().name, "a.rar");
  EXPECT_EQ(left.back().problem->why, Why::damaged);
}

TEST(Unpack, NeverFailsOnACutArchive) {
  for (const char* file : {"gbk.zip", "plain.7z", "gbk.rar", "rar5.rar", "folder.tar.gz"}) {
    const std::string whole = test_data(std::string("archives/") + file);
    for (std::size_t length = 0; length < whole.size(); ++length) {
      EXPECT_FALSE(unpack({make_attachment("a", whole.substr(0, length))}).empty());
    }
  }
}

TEST(Unpack, NeverTakesAPathForOne) {
  const auto members = unpack(
      {make_attachment("a.zip", zip_file({{"../../etc/cron.d/x", "1"}, {"C:\\win\\y.doc", "2"}}))});
  EXPECT_EQ(told(members), (std::vector<std::string>{"etc/cron.d/x=1", "C:/win/y.doc=2"}));
}

TEST(Unpack, ReadsANameWhoseCharactersEndInABackslash) {
  const auto members =
      unpack({make_attachment("a.zip", zip_file({{"\x81\x5C\x87\xD1.doc", "1"}}))});
  EXPECT_EQ(told(members), std::vector<std::string>{"乗囇.doc=1"});
}

TEST(Unpack, SaysThatAnArchiveIsEmpty) {
  const auto left = unpack({make_attachment("a.zip", zip_file({}))});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].problem->why, Why::empty);
}

TEST(Unpack, OpensAMessageAttachedAsAFile) {
  const std::string eml =
      "From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nContent-Type: multipart/mixed; "
      "boundary=b\r\n\r\n--b\r\nContent-Disposition: attachment; filename=\"登记表.doc\"\r\n\r\n"
      "form\r\n--b--\r\n";
  EXPECT_EQ(told(unpack({make_attachment("转发.eml", eml)})),
            std::vector<std::string>{"登记表.doc=form"});
}

TEST(Unpack, LeavesDocumentsAlone) {
  const std::string docx =
      zip_file({{"[Content_Types].xml", "<Types/>"}, {"word/document.xml", "<a/>"}});
  const auto left = unpack({make_attachment("a.docx", docx)});
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].type, FileType::docx);
  EXPECT_FALSE(left[0].problem);
}

TEST(UnpackBudget, HoldsTheWholeAndTheRatio) {
  UnpackBudget small(1000);
  EXPECT_TRUE(small.take_bytes(limits::container_ratio_from));
  EXPECT_FALSE(small.take_bytes(1));
  UnpackBudget large(50 * limits::MiB);
  EXPECT_TRUE(large.take_bytes(limits::container_bytes_out));
  EXPECT_FALSE(large.take_bytes(1));
  UnpackBudget many(1000);
  for (std::size_t i = 0; i < limits::container_members; ++i) EXPECT_TRUE(many.take_member());
  EXPECT_FALSE(many.take_member());
}

}  // namespace dengji
