#include "parsers/file_name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/mail_words.hpp"

namespace dengji {
namespace {

std::string core(std::string_view name) { return read_file_name(name).core; }

std::string role(std::string_view name) {
  const auto role = read_file_name(name).role;
  return role ? std::string(to_string(*role)) : "none";
}

TEST(FileName, WhatPeoplePutAroundAPlatformsName) {
  for (const char* name : {"双清夜话.doc",
                           "附件1：双清夜话.doc",
                           "附件一 双清夜话.docx",
                           "附件双清夜话.doc",
                           "附1-双清夜话.doc",
                           "01-双清夜话.doc",
                           "1、双清夜话.wps",
                           "双清夜话登记表.doc",
                           "双清夜话-登记表.doc",
                           "双清夜话_登記表.doc",
                           "登记表-双清夜话.doc",
                           "双清夜话调查登记表(最终版).doc",
                           "双清夜话(1).doc",
                           "双清夜话（２）.jpg",
                           "双清夜话 - 副本.doc",
                           "复件 双清夜话.doc",
                           "双清夜话扫描件.jpg",
                           "双清夜话登记表盖章.pdf",
                           "（邵阳市双清区梅子岭中学）双清夜话.wps",
                           "双清夜话（橙果（湖南）公司）.doc",
                           "【双清夜话】登记表.docx",
                           "双清夜话 扫描件.jpeg",
                           "双清夜话（营业执照）.png",
                           "双清夜话营業執照.jpg",
                           "双清夜话-承诺书.pdf",
                           "承诺书_双清夜话.pdf",
                           "双清夜话的登记材料.zip",
                           "双清夜话.doc.doc",
                           "附件（1）双清夜话.doc",
                           "【附件1】双清夜话.doc",
                           "附件1-1 双清夜话.doc",
                           "①双清夜话.doc",
                           "01双清夜话.doc",
                           "双清夜话 - 副本 (2).doc",
                           "双清夜话~copy.doc",
                           "Copy of 双清夜话.doc",
                           "双清夜话 copy 2.doc",
                           "双清夜话20180820.doc",
                           "双清夜话登记表2018.8.20.doc",
                           "2018-08-20 双清夜话.doc",
                           "双清夜话 申请表 (2018年8月20日).doc",
                           "双清夜话登记表V1.0.doc",
                           "双清夜话v2.doc",
                           "双清夜话登记表（最新）.doc",
                           "双清夜话（修订稿）.doc",
                           "双清夜话（网站）.doc",
                           "双清夜话第1页.jpg",
                           "双清夜话_p2.jpg",
                           "双清夜话-1.jpg",
                           "双清夜话公章扫描件.jpg",
                           "双清夜话 盖章后.jpg",
                           "双清夜话加盖公章.jpg",
                           "双清夜话身份证国徽面.jpg",
                           "双清夜话网络信息安全承诺书.pdf",
                           "邵阳市互联网网站调查登记表-双清夜话.doc",
                           "邵阳市互联网网站调查登记表（双清夜话）.doc",
                           "梅子岭中学-双清夜话.doc",
                           "梅子岭中学+双清夜话+登记表.doc",
                           "县委宣传部_双清夜话_登记表_20180820.doc",
                           "登记表 - 双清夜话 - 梅子岭中学.doc",
                           "双清夜话.pages"}) {
    EXPECT_EQ(core(name), "双清夜话") << name;
  }
}

TEST(FileName, TheNameIsKeptAsWritten) {
  EXPECT_EQ(core("７点看武冈-登记表.doc"), "７点看武冈");
  EXPECT_EQ(core("🍊绥宁在线(1).pdf"), "🍊绥宁在线");
  EXPECT_EQ(core("《邵东风物》-营业执照.jpg"), "《邵东风物》");
  EXPECT_EQ(core("武冈 1号店（身份证）.jpg"), "武冈 1号店");
  EXPECT_EQ(core("双清社区.doc"), "双清社区");
  for (const char* name :
       {"5G双清", "24小时双清", "360双清", "V风尚", "双清2018", "武冈·1-2", "双清1"}) {
    EXPECT_EQ(core(std::string(name) + ".doc"), name);
  }
}

TEST(FileName, NamesThatSayNothing) {
  for (const char* name : {"登记表.doc",
                           "邵阳市互联网网站调查登记表.doc",
                           "邵阳市互联网登记表（填好）.doc",
                           "网站登记表.doc",
                           "扫描件.jpg",
                           "營業執照.jpg",
                           "身份证复印件.jpg",
                           "身份证正面.jpg",
                           "法人身份证正反面.jpg",
                           "负责人身份证复印件.jpg",
                           "身份证国徽面.jpg",
                           "证件照.jpg",
                           "公章扫描件.jpg",
                           "网络信息安全承诺书.jpg",
                           "关于依法办网的承诺.jpg",
                           "营业执照（副本）复印件.jpg",
                           "1、登记表 2、承诺书.pdf",
                           "登记表20180820.doc",
                           "承诺书.pdf",
                           "附件.rar",
                           "统一社会信用代码证书.pdf",
                           "2018.doc",
                           "",
                           "()"}) {
    EXPECT_EQ(core(name), "") << name;
  }
}

TEST(FileName, NamesThatMachinesGive) {
  for (const char* name : {"IMG_20180812_184907.jpg",
                           "IMG_0123.JPG",
                           "mmexport1534493078123.jpg",
                           "微信图片_20180824071735.jpg",
                           "扫描全能王 2018-08-20 10.20.jpg",
                           "新文档 2018-08-20_1.jpg",
                           "QQ截图20180820.png",
                           "Screenshot_20180820-093000.png",
                           "0a1b2c3d4e5f60718293.jpg",
                           "新建 Microsoft Word 文档.doc",
                           "新建文本文档.txt",
                           "SCN_0001.pdf",
                           "TIM截图20180820093000.png",
                           "QQ浏览器截图20180820.png",
                           "扫描全能王 2018-08-20 09.30_1.jpg",
                           "CamScanner 08-20-2018 09.30.pdf",
                           "DSC00012.jpg",
                           "scan0001.pdf",
                           "20180820093000.jpg",
                           "image001.png",
                           "photo.jpg"}) {
    const NameClues clues = read_file_name(name);
    EXPECT_TRUE(clues.camera) << name;
    EXPECT_EQ(clues.core, "") << name;
    EXPECT_FALSE(clues.role) << name;
  }
  for (const char* name : {"双清夜话.jpg", "BBS.doc", "a.b.doc", "扫描件.jpg", "V风尚1.jpg"}) {
    EXPECT_FALSE(read_file_name(name).camera) << name;
  }
}

TEST(FileName, RolesByWords) {
  EXPECT_EQ(role("双清夜话登记表.doc"), "form");
  EXPECT_EQ(role("双清夜话登记表盖章.pdf"), "scan");
  EXPECT_EQ(role("双清夜话 扫描件.jpeg"), "scan");
  EXPECT_EQ(role("邵阳市双清区梅子岭研究会社会团体登记证书.jpg"), "certificate");
  EXPECT_EQ(role("统一社会信用代码证书扫描件.jpg"), "certificate");
  EXPECT_EQ(role("秦立春身份证（反面）.jpg"), "certificate");
  EXPECT_EQ(role("双清夜话（承諾書）.pdf"), "commitment");
  EXPECT_EQ(role("承诺书扫描件.pdf"), "commitment");
  EXPECT_EQ(role("双清夜话.jpg"), "none");
  for (const char* name : {"公章扫描件.jpg", "双清夜话加盖公章.jpg", "双清夜话盖章页.jpg"}) {
    EXPECT_EQ(role(name), "scan") << name;
  }
  for (const char* name : {"营业执照副本.jpg", "组织机构代码证（正本）.jpg", "身份证国徽面.jpg",
                           "法人身份证正反面.jpg", "证件照.jpg", "民办非企业单位登记证书.jpg"}) {
    EXPECT_EQ(role(name), "certificate") << name;
  }
  for (const char* name :
       {"双清夜话责任书.pdf", "双清夜话保证书扫描.pdf", "关于依法办网的承诺.jpg"}) {
    EXPECT_EQ(role(name), "commitment") << name;
  }
}

TEST(FileName, TheRegistrantInBrackets) {
  EXPECT_EQ(read_file_name("（梅子岭中学）双清夜话.doc").bracket, "梅子岭中学");
  EXPECT_EQ(read_file_name("双清夜话(1).doc").bracket, "");
  EXPECT_EQ(read_file_name("双清夜话（最新）.doc").bracket, "");
  EXPECT_EQ(read_file_name("梅子岭中学-双清夜话.doc").bracket, "梅子岭中学");
  EXPECT_EQ(read_file_name("登记表 - 双清夜话 - 梅子岭中学.doc").bracket, "梅子岭中学");
}

TEST(FileName, AnyBytesOfAnyLength) {
  std::string brackets;
  for (int i = 0; i < 5000; ++i) brackets += "（";
  EXPECT_NO_THROW(read_file_name(brackets));
  std::string nested = brackets;
  for (int i = 0; i < 5000; ++i) nested += "）";
  EXPECT_NO_THROW(read_file_name(nested));
  EXPECT_EQ(core("\xff\xfe\x01"), read_file_name("\xff\xfe\x01").core);
  std::string words;
  for (int i = 0; i < 300; ++i) words += "登记表";
  EXPECT_LE(core("甲" + words).size(), 3U * 200U);
}

TEST(LikeOrganisation, ByItsLastWord) {
  EXPECT_TRUE(like_organisation("邵东县云山电子商务有限公司"));
  EXPECT_TRUE(like_organisation("隆回县摄影爱好者协会 "));
  EXPECT_FALSE(like_organisation("双清夜话"));
  EXPECT_FALSE(like_organisation(""));
}

TEST(PlatformInMail, FromTheBodyThenFromTheSubject) {
  EXPECT_EQ(platform_in_mail("登记表", "现报送“邵东门户网”调查登记表，纸质件另寄。"), "邵东门户网");
  EXPECT_EQ(platform_in_mail("登记表", "领导好：附件为７点看武冈的登记表、盖章扫描件。"),
            "７点看武冈");
  EXPECT_EQ(platform_in_mail("登记表", "我单位开办的“双清·资江印象等2个平台”"), "双清·资江印象");
  EXPECT_EQ(platform_in_mail("梅子岭中学-双清夜话", ""), "双清夜话");
  EXPECT_EQ(platform_in_mail("转发: 回复：双清夜话登记材料", "请审核。"), "双清夜话");
  EXPECT_EQ(platform_in_mail("报送互联网平台登记表（梅子岭（湖南）有限公司）", ""), "");
  EXPECT_EQ(platform_in_mail("咨询登记事宜", "“登记表”在哪里下载？"), "");
  EXPECT_EQ(platform_in_mail("", std::string(100'000, '"')), "");
}

}  // namespace
}  // namespace dengji
