// What forms arrive as and what comes with them: each kind once, by a file that a real program
// wrote where there is one (tests/support/make_documents.py, make_odd_documents.py), with what
// comes out of it.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "parsers/container.hpp"
#include "parsers/form.hpp"
#include "parsers/identifier.hpp"
#include "tests/parsers/fixtures.hpp"
#include "tests/parsers/outline.hpp"
#include "tests/parsers/word_maker.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

const std::string form =
    "网站登记表（样例）\n"
    "| 网站名称 | 梅子岭夜谈 | 网址 | www.meiziling.example |\n"
    "| 主办单位v3 | 名称 | 梅子岭文化传播有限公司>2 |\n"
    "| 性质@1 | □政府　☑企业　□个人>2 |\n"
    "| 地址@1 | 第一行/第二行>2 |\n"
    "| 管理员 | {| 姓名 | 手机 |/| 林小满 | 13900001234 |/}>3 |\n"
    "| 简介 | >3 |\n"
    "| 意见（盖章）>4 |\n";
const std::string header = "页眉中的登记表标题\n";
const std::string form_and_header = form + "# " + header;
const std::string ticks =
    "☑甲☐乙☑丙☐丁\n| 表单域 | ☑是☐否 |\n| 字体 | ☑是☐否 |\n| 键入 | ☑是 □否 √ ■ |\n# " + header;
const std::string changes = "前加入后\n链接文字\n| 名称 | 新名 |\n末\n# " + header;
const std::string last = "表在最后\n| 一 | 二 |\n| 三 | 四 |\n# " + header;
const std::string embedded = "外层文字\n| 网站名称 | 梅子岭夜谈 |\n";

// LibreOffice's filter for it leaves out the cells that are merged down.
const std::string word_2003 =
    "网站登记表（样例）\n"
    "| 网站名称 | 梅子岭夜谈 | 网址 | www.meiziling.example |\n"
    "| 主办单位 | 名称 | 梅子岭文化传播有限公司>2 |\n"
    "| 性质 | □政府　☑企业　□个人>2 |\n"
    "| 地址 | 第一行/第二行>2 |\n"
    "| 管理员 | {| 姓名 | 手机 |/| 林小满 | 13900001234 |/}>3 |\n"
    "| 简介 | >3 |\n"
    "| 意见（盖章）>4 |\n"
    "# " +
    header;

struct Arrival {
  const char* what;
  const char* file;   // of tests/data/parsers
  const char* named;  // as it arrives
  std::string read;   // its outline, or how the outline begins where it was refused

  friend void PrintTo(const Arrival& arrival, std::ostream* out) { *out << arrival.file; }
};

class Arriving : public testing::TestWithParam<Arrival> {};

TEST_P(Arriving, SurvivesWithThisComingOut) {
  const Arrival& arrival = GetParam();
  const std::string read = outline_of(arrival.named, test_data(arrival.file));
  EXPECT_EQ(arrival.read.starts_with('!') ? read.substr(0, arrival.read.size()) : read,
            arrival.read);
}

INSTANTIATE_TEST_SUITE_P(
    Names, Arriving,
    testing::Values(Arrival{"LockFile", "odd/lock_file.docx", "~$登记表.doc",
                            "!empty: a lock file"},
                    Arrival{"TextAsDoc", "odd/text.txt", "登记表.doc",
                            "网站名称：梅子岭夜谈\n网址：www.meiziling.example\n"},
                    Arrival{"HtmlAsDoc", "documents/form.html", "登记表.doc", header + form},
                    Arrival{"MhtAsDoc", "odd/page.mht", "登记表.doc", header + form},
                    Arrival{"RtfAsDoc", "documents/form.rtf", "登记表.doc", form_and_header},
                    Arrival{"DocxAsDoc", "documents/form.docx", "登记表.doc", form_and_header},
                    Arrival{"OdtAsDoc", "documents/form.odt", "登记表.doc", form_and_header},
                    Arrival{"Word2003XmlAsDoc", "odd/word_2003.xml", "登记表.doc", word_2003},
                    Arrival{"DocAsDocx", "documents/form.doc", "登记表.docx", form_and_header},
                    Arrival{"KingsoftsOld", "documents/form.doc", "登记表.wps", form_and_header},
                    Arrival{"KingsoftsNew", "documents/form.docx", "登记表.wps", form_and_header}),
    [](const auto& item) { return std::string(item.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Contents, Arriving,
    testing::Values(
        Arrival{"EmbeddedInDoc", "odd/embedded.doc", "a.doc", embedded},
        Arrival{"EmbeddedInDocx", "odd/embedded.docx", "a.docx", embedded},
        Arrival{"EmbeddedInOdt", "odd/embedded.odt", "a.odt", embedded},
        Arrival{"EmbeddedInRtf", "odd/embedded.rtf", "a.rtf", embedded},
        Arrival{"TableEndsDoc", "documents/table_last.doc", "a.doc", last},
        Arrival{"TableEndsDocx", "documents/table_last.docx", "a.docx", last},
        Arrival{"MergedAndNestedInDoc", "documents/form.doc", "a.doc", form_and_header},
        Arrival{"MergedAndNestedInDocx", "documents/form.docx", "a.docx", form_and_header},
        Arrival{"TrackedInDoc", "documents/changes.doc", "a.doc", changes},
        Arrival{"TrackedInDocx", "documents/changes.docx", "a.docx", changes},
        Arrival{"ContentControls", "documents/controls.docx", "a.docx",
                "| 控件 | ☑是☐否 |\n| 姓名 | 林小满 |\n| 电话 |  |\n# " + header},
        Arrival{"BoxesInDoc", "documents/ticks.doc", "a.doc", ticks},
        Arrival{"BoxesInDocx", "documents/ticks.docx", "a.docx", ticks},
        Arrival{"TextBoxInDoc", "documents/boxed.doc", "a.doc", "正文\n# 框中的标题\n# " + header},
        Arrival{"TextBoxInDocx", "documents/boxed.docx", "a.docx",
                "正文\n# 框中的标题\n# " + header}),
    [](const auto& item) { return std::string(item.param.what); });

INSTANTIATE_TEST_SUITE_P(
    Harm, Arriving,
    testing::Values(Arrival{"EncryptedDoc", "odd/locked.doc", "a.doc", "!encrypted"},
                    Arrival{"EncryptedDocx", "odd/locked.docx", "a.docx", "!encrypted"},
                    Arrival{"EncryptedOdt", "odd/locked.odt", "a.odt", "!encrypted"},
                    Arrival{"ExternalImageInDoc", "odd/linked.doc", "a.doc", "图在别处\n"},
                    Arrival{"ExternalImageInDocx", "odd/linked.docx", "a.docx", "图在别处\n"},
                    Arrival{"ExternalImageInOdt", "odd/linked.odt", "a.odt", "图在别处\n"},
                    Arrival{"ExternalImageInHtml", "odd/linked.html", "a.doc", "图在别处\n"},
                    Arrival{"BombDeep", "odd/bomb_deep.docx", "a.docx", "!over_limit"},
                    Arrival{"BombWide", "odd/bomb_wide.docx", "a.docx", "!over_limit"},
                    Arrival{"BombLong", "odd/bomb_long.docx", "a.docx", "!over_limit"},
                    Arrival{"BombOfEntities", "odd/bomb_entities.docx", "a.docx",
                            "!damaged: word/document.xml: XML with a document type"},
                    Arrival{"EntityFromOutside", "odd/outside_entity.docx", "a.docx",
                            "!damaged: word/document.xml: XML with a document type"}),
    [](const auto& item) { return std::string(item.param.what); });

TEST(Survive, EmptyFile) { EXPECT_EQ(outline_of("登记表.doc", ""), "!empty: no bytes"); }

// No program at hand writes Works files; these are the names of their streams.
TEST(Survive, MicrosoftWorks) {
  EXPECT_EQ(outline_of("登记表.wps", make_ole({{"CONTENTS", "x"}, {"MatOST", "x"}})),
            "!unsupported: Microsoft Works");
}

TEST(Survive, SizeThatIsNoMultipleOf512) {
  std::string file = test_data("documents/form.doc");
  file.resize(file.find_last_not_of('\0') + 1);
  ASSERT_NE(file.size() % 512, 0u);
  EXPECT_EQ(outline_of("a.doc", file), form_and_header);
}

// LibreOffice writes all text in one piece.
TEST(Survive, FastSaved) {
  const std::string in_table = sprm(0x2416, "\1"), row_end = in_table + sprm(0x2417, "\1");
  const MadeWord word{{{{{u"表前\r", ""}}, ""},
                       {{{u"网站名称\a", ""}}, in_table},
                       {{{u"梅子岭夜谈\a", ""}}, in_table},
                       {{{u"\a", ""}}, row_end + row_definition({0, 900, 3000}, {0, 0})},
                       {{{u"表后\r", ""}}, ""}},
                      true};
  EXPECT_EQ(outline_of("a.doc", make_word(word)), "表前\n| 网站名称 | 梅子岭夜谈 |\n表后\n");
}

TEST(Survive, LockedArchives) {
  for (const char* name : {"encrypted.zip", "aes.zip", "encrypted.7z", "encrypted-names.7z",
                           "encrypted.rar", "encrypted5.rar"}) {
    const auto left = unpack({make_attachment(name, test_data("archives/" + std::string(name)))});
    ASSERT_EQ(left.size(), 1u) << name;
    ASSERT_TRUE(left[0].problem) << name;
    EXPECT_EQ(left[0].problem->why, Why::encrypted) << name;
  }
}

TEST(Survive, NamesInAnArchive) {
  const auto gbk = unpack({make_attachment("a.zip", test_data("archives/gbk.zip"))});
  ASSERT_EQ(gbk.size(), 2u);
  EXPECT_EQ(gbk[0].name, "登记表.doc");
  EXPECT_EQ(gbk[0].folder, "双清在线");
  const auto outside = unpack({make_attachment("a.zip", test_data("odd/outside.zip"))});
  ASSERT_EQ(outside.size(), 4u);
  for (const Attachment& member : outside) {
    EXPECT_EQ(member.name, "登记表.doc");
    EXPECT_EQ(member.folder.find(".."), std::string::npos) << member.folder;
    EXPECT_FALSE(member.folder.starts_with('/')) << member.folder;
  }
}

TEST(Survive, ArchivesInArchives) {
  EXPECT_EQ(unpack({make_attachment("a.zip", test_data("archives/nested2.zip"))})[0].name,
            "登记表.doc");
  for (const char* bomb : {"nested3.zip", "bomb.zip", "members.zip"}) {
    const auto left = unpack({make_attachment(bomb, test_data("archives/" + std::string(bomb)))});
    ASSERT_EQ(left.size(), 1u) << bomb;
    ASSERT_TRUE(left[0].problem) << bomb;
    EXPECT_EQ(left[0].problem->why, Why::over_limit) << bomb;
  }
}

TEST(Survive, OldIdentityNumbers) {
  const auto document =
      read_document(make_attachment("登记表.doc", test_data("odd/old_numbers.doc")));
  ASSERT_TRUE(document);
  const auto read = read_form(*document, test::forms());
  ASSERT_TRUE(read);
  std::vector<std::string> numbers;
  for (const auto& [key, field] : read->fields) {
    if (id_shape(field.value, true) == IdType::citizen) numbers.push_back(field.value);
  }
  std::sort(numbers.begin(), numbers.end());
  EXPECT_EQ(numbers, (std::vector<std::string>{"430502640229001", "43262119650203001X"}));
  for (const std::string& number : numbers) EXPECT_TRUE(check_id(IdType::citizen, number).ok());
}

TEST(Survive, EveryOldPrefixOfShaoyang) {
  for (const char* prefix : {"432621", "432622", "432623", "432624", "432625", "432626", "432627",
                             "430504", "430526", "432523", "432525", "439011"}) {
    EXPECT_TRUE(check_id(IdType::citizen, prefix + std::string("650203001")).ok()) << prefix;
  }
}

// A server that counts who asks.
class Listener {
 public:
  Listener() : socket_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    EXPECT_EQ(bind(socket_, plain, size), 0);
    EXPECT_EQ(listen(socket_, 16), 0);
    EXPECT_EQ(getsockname(socket_, plain, &size), 0);
    url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/logo.png";
  }
  ~Listener() { close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  const std::string& url() const { return url_; }
  bool asked() const {
    pollfd waiting{socket_, POLLIN, 0};
    return poll(&waiting, 1, 0) > 0;
  }

 private:
  int socket_;
  std::string url_;
};

std::string docx_with_picture(const std::string& url) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return zip_file(
      {{"[Content_Types].xml", "<Types/>"},
       {"word/_rels/document.xml.rels",
        "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
        "<Relationship Id='p' Type='" +
            office + "/image' Target='" + url + "' TargetMode='External'/></Relationships>"},
       {"word/document.xml",
        "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
        "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:r='" +
            office +
            "'><w:body><w:p><w:r><w:t>a</w:t><w:drawing><a:blip r:link='p'/></w:drawing></w:r>"
            "</w:p></w:body></w:document>"}});
}

TEST(Survive, NobodyIsAskedForWhatStandsElsewhere) {
  const Listener listener;
  const std::string& url = listener.url();
  EXPECT_EQ(outline_of("a.docx", docx_with_picture(url)), "a\n");
  EXPECT_EQ(outline_of("a.html", "<html><head><link rel=stylesheet href='" + url +
                                     "'></head><body><p>a<img src='" + url + "'></p><iframe src='" +
                                     url + "'></iframe></body></html>"),
            "a\n");
  const std::string doctype = "<!DOCTYPE x SYSTEM '" + url + "'>";
  EXPECT_EQ(outline_of("a.xml", "<?xml version='1.0'?>" + doctype +
                                    "<w:wordDocument xmlns:w='http://schemas.microsoft.com/office/"
                                    "word/2003/wordml'/>")
                .substr(0, 1),
            "!");
  EXPECT_FALSE(listener.asked());
}

}  // namespace
}  // namespace dengji
