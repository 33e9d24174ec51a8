#include "parsers/submission.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace dengji {
namespace {

constexpr std::string_view jpeg = "\xFF\xD8\xFF\xE0";

Form form_of(const std::string& platform, FormKind kind = FormKind::website,
             const std::string& registrant = "梅子岭中学") {
  Form form;
  form.kind = kind;
  form.name_key = "site_name";
  if (!platform.empty()) form.fields["site_name"].value = platform;
  form.fields["org_name"].value = registrant;
  form.fields["manager_name"].value = "秦立春";
  return form;
}

// A mail as its files, and what group() makes of it as one line for each submission:
// "双清夜话 read: form A.doc, scan B.jpg".
class Mail {
 public:
  Mail& subject(const std::string& subject) {
    message_.subject = subject;
    return *this;
  }
  Mail& text(const std::string& text) {
    message_.text = text;
    return *this;
  }
  Mail& remote(const std::string& name) {
    message_.remote.push_back(name);
    return *this;
  }
  Mail& form(const std::string& name, Form form, FileType type = FileType::doc) {
    return add(name, type, {ContentKind::form, std::move(form), {}});
  }
  Mail& document(const std::string& name) {
    return add(name, FileType::doc, {ContentKind::document, {}, {}});
  }
  Mail& locked(const std::string& name) {
    return add(name, FileType::doc,
               {ContentKind::unreadable, {}, Unreadable{Why::encrypted, "locked"}});
  }
  Mail& letter(const std::string& name) {
    return add(name, FileType::docx, {ContentKind::commitment, {}, {}});
  }
  Mail& file(const std::string& name, FileType type) { return add(name, type, {}); }
  Mail& picture(const std::string& name) { return add(name, FileType::jpeg, {}); }
  Mail& page(Role role, double confidence, const std::string& platform = "",
             const std::string& registrant = "", std::optional<FormKind> form = {}) {
    hints_.resize(files_.size());
    hints_.back().push_back({role, confidence, platform, registrant, form});
    return *this;
  }
  Mail& in(const std::string& container) {
    files_.back().container = container;
    return *this;
  }
  Mail& below(const std::string& folder) {
    files_.back().folder = folder;
    return *this;
  }
  Mail& problem(Why why) {
    files_.back().problem = Unreadable{why, "problem"};
    return *this;
  }
  Mail& inline_picture(const std::string& name, std::size_t bytes) {
    picture(name);
    files_.back().inline_image = true;
    files_.back().bytes.assign(bytes, 'x');
    return *this;
  }

  Grouping grouped() const { return group(message_, files_, contents_, hints_); }

  std::vector<std::string> lines() const {
    std::vector<std::string> lines;
    for (const Submission& submission : grouped().submissions) lines.push_back(line(submission));
    return lines;
  }

 private:
  Mail& add(const std::string& name, FileType type, Content content) {
    Attachment attachment;
    attachment.name = name;
    attachment.type = type;
    attachment.bytes = std::string(jpeg) + std::string(100'000, 'x');
    files_.push_back(std::move(attachment));
    contents_.push_back(std::move(content));
    return *this;
  }

  std::string line(const Submission& submission) const {
    constexpr std::array<const char*, 4> states{"missing", "unknown", "unreadable", "read"};
    std::string out =
        submission.platform + " " + states[static_cast<std::size_t>(submission.form_state)] + ":";
    for (const Part& part : submission.parts) {
      out += part.attachment == submission.parts.front().attachment ? " " : ", ";
      out += std::string(to_string(part.role)) + " " + files_[part.attachment].name;
      for (const Role role : part.pages) out += "/" + std::string(to_string(role));
      if (part.shared) out += " (shared)";
      if (part.ambiguous) out += " (?)";
    }
    return out;
  }

  Message message_;
  std::vector<Attachment> files_;
  std::vector<Content> contents_;
  PageHints hints_;
};

using Lines = std::vector<std::string>;

TEST(Group, OnePlatformTakesEverything) {
  const Mail mail = Mail()
                        .form("附件1：梅子岭夜谈.doc", form_of("梅子岭夜谈"))
                        .picture("梅子岭夜谈-扫描件.jpg")
                        .picture("统一社会信用代码证书复印件.jpg")
                        .picture("承诺书.jpg")
                        .picture("mmexport1534493078123.jpg");
  EXPECT_EQ(mail.lines(),
            Lines{"梅子岭夜谈 read: form 附件1：梅子岭夜谈.doc, scan 梅子岭夜谈-扫描件.jpg, scan "
                  "mmexport1534493078123.jpg, certificate 统一社会信用代码证书复印件.jpg, "
                  "commitment 承诺书.jpg"});
  EXPECT_TRUE(mail.grouped().submissions[0].name_matches);
}

TEST(Group, TheFormsNameIsComparedAsAPersonWould) {
  const auto matches = [](const std::string& name, const std::string& platform) {
    return Mail().form(name, form_of(platform)).grouped().submissions.at(0).name_matches;
  };
  EXPECT_TRUE(matches("（梅子岭中学）７点看双清-登记表(1).doc", "7点看双清"));
  EXPECT_TRUE(matches("梅子嶺夜談.doc", "梅子岭夜谈"));
  EXPECT_TRUE(matches("🍊梅子岭夜谈.doc", "梅子岭夜谈"));
  EXPECT_TRUE(matches("《梅子岭 夜谈》.doc", "梅子岭夜谈"));
  EXPECT_TRUE(matches("登记表.doc", "")) << "nothing to compare with";
  EXPECT_FALSE(matches("邵阳市互联网登记表（填好）.doc", "梅子岭夜谈"));
  EXPECT_FALSE(matches("梅子岭中学.doc", "梅子岭夜谈"));
}

TEST(Group, WhatAPageSurelyShowsGoesBeforeItsName) {
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网"))
                .picture("甲网营业执照.jpg")
                .page(Role::scan, 0.9)
                .picture("IMG_0001.jpg")
                .page(Role::certificate, 0.5)
                .picture("承诺书.jpg")
                .page(Role::certificate, 0.5)
                .lines(),
            Lines{"甲网 read: form 甲网.doc, scan 甲网营业执照.jpg, certificate IMG_0001.jpg, "
                  "commitment 承诺书.jpg"});
}

TEST(Group, OneFileWithSeveralKindsOfPages) {
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网"))
                .file("甲网.pdf", FileType::pdf)
                .page(Role::scan, 0.9)
                .page(Role::other, 0.2)
                .page(Role::certificate, 0.9)
                .page(Role::commitment, 0.9)
                .lines(),
            Lines{"甲网 read: form 甲网.doc, scan 甲网.pdf/scan/scan/certificate/commitment"});
}

TEST(Group, SeveralPlatformsByName) {
  EXPECT_EQ(Mail()
                .form("双清社区.doc", form_of("双清社区", FormKind::forum))
                .form("双清.doc", form_of("双清"))
                .picture("双清(1).jpg")
                .picture("双清社区1.jpg")
                .picture("营业执照.jpg")
                .picture("双清-承诺书.jpg")
                .picture("双清社區承諾書.jpg")
                .lines(),
            (Lines{"双清社区 read: form 双清社区.doc, scan 双清社区1.jpg, certificate 营业执照.jpg "
                   "(shared), commitment 双清社區承諾書.jpg",
                   "双清 read: form 双清.doc, scan 双清(1).jpg, certificate 营业执照.jpg (shared), "
                   "commitment 双清-承诺书.jpg"}));
}

TEST(Group, ACertificateServesAllPlatformsOfItsRegistrantOnly) {
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网", FormKind::website, "梅子岭中学"))
                .form("乙网.doc", form_of("乙网", FormKind::website, "梅子岭中学"))
                .form("丙网.doc", form_of("丙网", FormKind::website, "秦立春"))
                .picture("甲网（证书）.jpg")
                .picture("秦立春身份证.jpg")
                .lines(),
            (Lines{"甲网 read: form 甲网.doc, certificate 甲网（证书）.jpg (shared)",
                   "乙网 read: form 乙网.doc, certificate 甲网（证书）.jpg (shared)",
                   "丙网 read: form 丙网.doc, certificate 秦立春身份证.jpg"}));
}

TEST(Group, ARegistrantsNameThatHoldsThePlatforms) {
  EXPECT_EQ(Mail()
                .form("梅子岭.doc", form_of("梅子岭", FormKind::website, "梅子岭中学"))
                .form("夜谈.doc", form_of("夜谈", FormKind::website, "梅子岭中学"))
                .picture("梅子岭中学法人证书.jpg")
                .lines(),
            (Lines{"梅子岭 read: form 梅子岭.doc, certificate 梅子岭中学法人证书.jpg (shared)",
                   "夜谈 read: form 夜谈.doc, certificate 梅子岭中学法人证书.jpg (shared)"}));
}

TEST(Group, CameraNamesByWhatTheyShow) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).form("乙网.doc", form_of("乙网", FormKind::account));
  mail.picture("IMG_1.jpg").page(Role::scan, 0.9, "乙网");
  mail.picture("IMG_2.jpg").page(Role::scan, 0.9, "", "", FormKind::website);
  mail.picture("IMG_3.jpg").page(Role::commitment, 0.9, "甲网");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan IMG_2.jpg, commitment IMG_3.jpg",
                                 "乙网 read: form 乙网.doc, scan IMG_1.jpg"}));
}

TEST(Group, ASwappedNameGivesWayToASureLook) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).form("乙网.doc", form_of("乙网"));
  mail.picture("甲网.jpg").page(Role::scan, 0.9, "乙网");
  mail.picture("乙网.jpg").page(Role::scan, 0.9, "甲网");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan 乙网.jpg",
                                 "乙网 read: form 乙网.doc, scan 甲网.jpg"}));
}

TEST(Group, ScansThatNothingTellsApartAreAmbiguous) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).form("乙网.doc", form_of("乙网"));
  mail.picture("IMG_1.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan IMG_1.jpg (?)",
                                 "乙网 read: form 乙网.doc, scan IMG_1.jpg (?)"}));
  mail.picture("IMG_2.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan IMG_1.jpg (?)",
                                 "乙网 read: form 乙网.doc, scan IMG_2.jpg (?)"}));
  mail.picture("甲网.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan 甲网.jpg",
                                 "乙网 read: form 乙网.doc, scan IMG_1.jpg, scan IMG_2.jpg"}))
      << "only one has no scan of its own";
}

TEST(Group, OneLetterForAllPlatforms) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).form("乙网.doc", form_of("乙网")).picture("承诺书.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, commitment 承诺书.jpg (shared)",
                                 "乙网 read: form 乙网.doc, commitment 承诺书.jpg (shared)"}));
}

TEST(Group, OneFileWithTheScansOfSeveralPlatforms) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).form("乙网.doc", form_of("乙网"));
  mail.file("扫描件.pdf", FileType::pdf)
      .page(Role::scan, 0.9, "甲网")
      .page(Role::scan, 0.9, "乙网");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 甲网.doc, scan 扫描件.pdf/scan/other (shared)",
                                 "乙网 read: form 乙网.doc, scan 扫描件.pdf/other/scan (shared)"}));
}

TEST(Group, OneNameForPlatformsOfTwoKinds) {
  Mail mail;
  mail.form("梅子岭.doc", form_of("梅子岭", FormKind::website));
  mail.form("梅子岭（公众号）.doc", form_of("梅子岭", FormKind::account));
  mail.picture("梅子岭网站.jpg").picture("梅子岭公众号.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"梅子岭 read: form 梅子岭.doc, scan 梅子岭网站.jpg",
                                 "梅子岭 read: form 梅子岭（公众号）.doc, scan 梅子岭公众号.jpg"}));
}

TEST(Group, ArchivesTellWhoseTheirFilesAre) {
  Mail mail;
  mail.form("登记表.doc", form_of("甲网"))
      .in("甲网材料.zip")
      .picture("扫描件.jpg")
      .in("甲网材料.zip");
  mail.form("登记表2.doc", form_of("乙网")).in("2.zip").picture("扫描件2.jpg").in("2.zip");
  EXPECT_EQ(mail.lines(), (Lines{"甲网 read: form 登记表.doc, scan 扫描件.jpg",
                                 "乙网 read: form 登记表2.doc, scan 扫描件2.jpg"}));
}

TEST(Group, FoldersWithinAnArchiveTellWhoseTheirFilesAre) {
  Mail mail;
  const auto in = [&](const std::string& folder) { mail.in("材料.zip").below(folder); };
  mail.form("登记表.doc", form_of("甲网", FormKind::website, "梅子岭中学")), in("1");
  mail.picture("扫描件.jpg"), in("1/扫描");
  mail.picture("承诺书.jpg"), in("1");
  mail.form("登记表.doc", form_of("乙网", FormKind::website, "梅子岭医院")), in("梅子岭医院");
  mail.picture("扫描件.jpg"), in("梅子岭医院");
  mail.picture("证书.jpg"), in("梅子岭医院");
  mail.form("丙网登记表.doc", form_of("丙网", FormKind::website, "梅子岭小学")), in("");
  mail.picture("扫描件.jpg"), in("丙网");
  EXPECT_EQ(mail.lines(),
            (Lines{"甲网 read: form 登记表.doc, scan 扫描件.jpg, commitment 承诺书.jpg",
                   "乙网 read: form 登记表.doc, scan 扫描件.jpg, certificate 证书.jpg",
                   "丙网 read: form 丙网登记表.doc, scan 扫描件.jpg"}));
}

TEST(Group, FilesNamedAfterTheRegistrantOrADepartment) {
  Mail mail;
  mail.form("梅子岭中学.doc", form_of("甲网", FormKind::website, "双清区梅子岭中学"));
  mail.form("宣传部-乙网.doc", form_of("乙网", FormKind::website, "双清区委宣传部"));
  mail.picture("双清区梅子岭中学扫描件.jpg").picture("双清区委宣传部-登记表盖章.jpg");
  EXPECT_EQ(mail.lines(),
            (Lines{"甲网 read: form 梅子岭中学.doc, scan 双清区梅子岭中学扫描件.jpg",
                   "乙网 read: form 宣传部-乙网.doc, scan 双清区委宣传部-登记表盖章.jpg"}));
}

TEST(Group, TheSameFileAttachedTwice) {
  EXPECT_EQ(
      Mail()
          .form("甲网.doc", form_of("甲网"))
          .form("甲网 - 副本.doc", form_of("甲网"))
          .picture("甲网.jpg")
          .picture("甲网(1).jpg")
          .lines(),
      Lines{"甲网 read: form 甲网.doc, form 甲网 - 副本.doc, scan 甲网.jpg, scan 甲网(1).jpg"});
}

TEST(Group, AWrongExtensionChangesNothing) {
  EXPECT_EQ(Mail()
                .form("甲网.docx", form_of("甲网"), FileType::html)
                .file("甲网扫描件.jpg", FileType::pdf)
                .file("甲网营业执照.doc", FileType::jpeg)
                .lines(),
            Lines{"甲网 read: form 甲网.docx, scan 甲网扫描件.jpg, certificate 甲网营业执照.doc"});
}

TEST(Group, ANameThatBeginsAnother) {
  Mail mail;
  mail.form("双清.doc", form_of("双清")).form("双清在线.doc", form_of("双清在线"));
  mail.form("双清在线教育.doc", form_of("双清在线教育"));
  mail.picture("双清扫描件.jpg")
      .picture("双清在线扫描件.jpg")
      .picture("双清在线教育（扫描件）.jpg");
  EXPECT_EQ(mail.lines(),
            (Lines{"双清 read: form 双清.doc, scan 双清扫描件.jpg",
                   "双清在线 read: form 双清在线.doc, scan 双清在线扫描件.jpg",
                   "双清在线教育 read: form 双清在线教育.doc, scan 双清在线教育（扫描件）.jpg"}));
}

TEST(Group, ThePlatformIsNamedInTheMailAlone) {
  EXPECT_EQ(Mail().locked("登记表.doc").picture("扫描件.jpg").subject("梅子岭夜谈登记材料").lines(),
            Lines{"梅子岭夜谈 unreadable: form 登记表.doc, scan 扫描件.jpg"});
  EXPECT_EQ(Mail()
                .locked("登记表.doc")
                .picture("IMG_20180820_093000.jpg")
                .text("现将我单位开办的“梅子岭夜谈”登记材料报上")
                .lines(),
            Lines{"梅子岭夜谈 unreadable: form 登记表.doc, scan IMG_20180820_093000.jpg"});
}

TEST(Group, ASlipOfTheKeyboard) {
  Mail mail;
  mail.form("梅子岭夜谈.doc", form_of("梅子岭夜谈")).form("乙网.doc", form_of("乙网"));
  mail.picture("梅子领夜谈.jpg");
  EXPECT_EQ(mail.lines(), (Lines{"梅子岭夜谈 read: form 梅子岭夜谈.doc, scan 梅子领夜谈.jpg",
                                 "乙网 read: form 乙网.doc"}));
}

TEST(Group, AFormThatCannotBeReadIsNamedAfterItsFile) {
  const Mail mail = Mail().locked("７点看双清.doc").picture("７点看双清登记表盖章.jpg");
  EXPECT_EQ(mail.lines(),
            Lines{"７点看双清 unreadable: form ７点看双清.doc, scan ７点看双清登记表盖章.jpg"});
  EXPECT_EQ(mail.grouped().submissions[0].form_problem->why, Why::encrypted);
}

TEST(Group, AnotherDocumentWhereAFormShouldStand) {
  EXPECT_EQ(Mail().document("甲网(1).rtf").picture("甲网(1).jpeg").lines(),
            Lines{"甲网 unknown: form 甲网(1).rtf, scan 甲网(1).jpeg"});
  EXPECT_EQ(Mail().document("值班安排.doc").picture("IMG_1.jpg").text("现报送“甲网”登记表").lines(),
            Lines{"甲网 unknown: form 值班安排.doc, scan IMG_1.jpg"});
  EXPECT_EQ(Mail().form("甲网.doc", form_of("甲网")).document("情况说明.docx").lines(),
            Lines{"甲网 read: form 甲网.doc, other 情况说明.docx"});
  EXPECT_EQ(Mail().document("情况说明.doc").locked("登记表.doc").picture("甲网.jpg").lines(),
            Lines{"甲网 unreadable: form 登记表.doc, scan 甲网.jpg, other 情况说明.doc"});
}

TEST(Group, ASecondPlatformWhoseFormIsLocked) {
  EXPECT_EQ(Mail().form("甲网.doc", form_of("甲网")).locked("乙网.doc").picture("乙网.jpg").lines(),
            (Lines{"甲网 read: form 甲网.doc", "乙网 unreadable: form 乙网.doc, scan 乙网.jpg"}));
}

TEST(Group, PlatformsWithoutAForm) {
  EXPECT_EQ(Mail().picture("甲网(1).png").picture("甲网（营业执照）.png").lines(),
            Lines{"甲网 missing: scan 甲网(1).png, certificate 甲网（营业执照）.png"});
  EXPECT_EQ(Mail().picture("IMG_1.jpg").subject("梅子岭中学-甲网").lines(),
            Lines{"甲网 missing: scan IMG_1.jpg"});
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网"))
                .picture("甲网.jpg")
                .picture("乙网.jpg")
                .picture("乙网承诺书.jpg")
                .lines(),
            (Lines{"甲网 read: form 甲网.doc, scan 甲网.jpg",
                   "乙网 missing: scan 乙网.jpg, commitment 乙网承诺书.jpg"}));
}

TEST(Group, PhotographsAndPeopleAreNoPlatforms) {
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网"))
                .picture("办公楼.jpg")
                .picture("办公楼2.jpg")
                .picture("秦立春.jpg")
                .picture("秦立春身份证.jpg")
                .grouped()
                .submissions.size(),
            1U);
}

TEST(Group, APdfBesideTheSameFormIsItsScan) {
  EXPECT_EQ(Mail()
                .form("甲网.pdf", form_of("甲网"), FileType::pdf)
                .form("甲网.doc", form_of("甲网"))
                .form("甲网(1).doc", form_of("甲网"))
                .lines(),
            Lines{"甲网 read: form 甲网.doc, form 甲网(1).doc, scan 甲网.pdf"});
  EXPECT_EQ(Mail().form("甲网.pdf", form_of("甲网"), FileType::pdf).picture("甲网.jpg").lines(),
            Lines{"甲网 read: form 甲网.pdf, scan 甲网.jpg"});
}

TEST(Group, TypesThatAreNotReadKeepTheRoleOfTheirName) {
  EXPECT_EQ(Mail()
                .form("甲网.doc", form_of("甲网"))
                .file("甲网-扫描件.dwg", FileType::unknown)
                .file("甲网.mp4", FileType::unknown)
                .file("现场照片.zip", FileType::zip)
                .problem(Why::over_limit)
                .letter("承诺书.docx")
                .lines(),
            Lines{"甲网 read: form 甲网.doc, scan 甲网-扫描件.dwg, commitment 承诺书.docx, other "
                  "甲网.mp4, other 现场照片.zip"});
}

TEST(Group, OnlyAnArchiveThatCannotBeOpened) {
  const Mail mail = Mail().file("甲网登记材料.rar", FileType::rar).problem(Why::encrypted);
  EXPECT_EQ(mail.lines(), Lines{"甲网 unreadable: other 甲网登记材料.rar"});
  EXPECT_EQ(mail.grouped().submissions[0].form_problem->why, Why::encrypted);
}

TEST(Group, OnlyARemoteLink) {
  EXPECT_EQ(Mail().remote("甲网登记材料.rar").lines(), Lines{"甲网 missing:"});
  EXPECT_EQ(Mail().remote("https://drive.example/x").subject("甲网").lines(),
            Lines{"甲网 missing:"});
}

TEST(Group, AQuestionIsNoSubmission) {
  EXPECT_TRUE(Mail().subject("咨询登记事宜").text("“公众号”要登记吗？").lines().empty());
  const Mail logo =
      Mail().inline_picture("image001.png", 400).file("~$网.doc", FileType::lock_file);
  EXPECT_TRUE(logo.lines().empty());
  EXPECT_EQ(logo.grouped().unused, (std::vector<std::size_t>{0, 1}));
}

TEST(Group, AScanPastedIntoTheBody) {
  Mail mail;
  mail.form("甲网.doc", form_of("甲网")).inline_picture("image002.jpg", 200'000);
  EXPECT_EQ(mail.lines(), Lines{"甲网 read: form 甲网.doc, scan image002.jpg"});
  mail.page(Role::other, 0.9);
  EXPECT_EQ(mail.lines(), Lines{"甲网 read: form 甲网.doc"});
}

TEST(Group, AFormWithoutAPlatformsName) {
  EXPECT_EQ(Mail().form("甲网.doc", form_of("")).lines(), Lines{"甲网 read: form 甲网.doc"});
  EXPECT_EQ(Mail().form("登记表.doc", form_of("")).text("附件为甲网的登记表").lines(),
            Lines{"甲网 read: form 登记表.doc"});
}

}  // namespace
}  // namespace dengji
