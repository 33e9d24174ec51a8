#include "parsers/label.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

class LabelTest : public testing::Test {
 protected:
  std::string meant(std::string_view text, const std::string& group = "",
                    const std::string& last = "") const {
    Surroundings around;
    if (!group.empty()) around.group = book_.group(group);
    if (!last.empty()) around.last = book_.group(last);
    const Meaning meaning = book_.read(text, around);
    if (!meaning.candidates.empty()) return meaning.candidates.front().field->key;
    return meaning.group ? "group " + meaning.group->key : meaning.known ? "known" : "unknown";
  }

  LabelBook book_{test::forms().of(FormKind::website)};
};

TEST_F(LabelTest, HoweverItIsWritten) {
  for (const char* text : {"网站名称",
                           "网站名称：",
                           "网站名称:",
                           "＊网站名称",
                           "网站名称*",
                           "1.网站名称",
                           "1、网站名称",
                           "（一）网站名称",
                           "(1) 网站名称",
                           "一、网站名称：",
                           "①网站名称",
                           "网 站 名 称",
                           "网站　名称",
                           "网站\n名称",
                           "网站名称（必填）",
                           "【网站名称】",
                           "網站名稱",
                           "网站名称（全称）：",
                           "\u200B网站名称\u00A0",
                           "★①网站名称",
                           "*1.网站名称",
                           "1.*网站名称",
                           "1.2 网站名称",
                           "3 网站名称",
                           "❸网站名称",
                           "【网站名称】（必填）：*",
                           "（必填）网站名称",
                           "网站名称（如：梅子岭夜谈）：",
                           "网站名称：____"}) {
    EXPECT_EQ(meant(text), "site_name") << text;
  }
}

TEST_F(LabelTest, BracketsBelongToALabelOrNot) {
  for (const char* text :
       {"网站网址（域名）", "网站网址(域名)", "网站网址", "网站网址／域名", "域名"}) {
    EXPECT_EQ(meant(text), "site_url") << text;
  }
  EXPECT_EQ(meant("ICP备案号（许可证号）"), "icp");
  EXPECT_EQ(meant("ＩＣＰ 备案号"), "icp");
}

TEST_F(LabelTest, AHintBehindALabelWithABracketOfItsOwn) {
  for (const char* text : {"网站网址（域名）（必填）", "网站网址（域名）*（多个请全部填写）",
                           "网站网址\n（域名）（如：http://www.a.example）："}) {
    EXPECT_EQ(meant(text), "site_url") << text;
  }
}

TEST_F(LabelTest, ALabelWithItsValueIsNoLabel) {
  for (const char* text : {"网站备案号：/", "网站备案号:—", "【职务】：法定代表人", "10.3.14 域名",
                           "430502198001010013 域名"}) {
    EXPECT_EQ(meant(text), "unknown") << text;
  }
}

TEST_F(LabelTest, TheGroupDecidesWhoseItIs) {
  EXPECT_EQ(meant("姓名", "legal"), "legal_name");
  EXPECT_EQ(meant("姓名", "manager"), "manager_name");
  EXPECT_EQ(meant("身份证号码", "legal"), "legal_id");
  EXPECT_EQ(meant("身份证号码", "manager"), "manager_id");
  EXPECT_EQ(meant("手机号码", "legal"), "legal_phone");
  EXPECT_EQ(meant("手机号码", "manager"), "manager_mobile");
  EXPECT_EQ(meant("名称", "org"), "org_name");
  EXPECT_EQ(meant("名称"), "site_name");
  EXPECT_EQ(meant("联系电话", "org"), "known");
  EXPECT_EQ(meant("域名", "org"), "site_url");
}

TEST_F(LabelTest, TheLabelBeforeHelpsAShortOne) {
  EXPECT_EQ(meant("身份证号码", "", "legal"), "legal_id");
  EXPECT_EQ(meant("身份证号码"), "manager_id");
  EXPECT_EQ(meant("手机号码", "", "legal"), "manager_mobile") << "the form prints this label";
}

TEST_F(LabelTest, GroupAndShortLabelInOneText) {
  EXPECT_EQ(meant("负责人手机号"), "manager_mobile");
  EXPECT_EQ(meant("法人代表身份证号"), "legal_id");
  EXPECT_EQ(meant("主办单位地址"), "org_address");
  EXPECT_EQ(meant("站长姓名"), "manager_name");
}

TEST_F(LabelTest, TitlesOfGroupsAndLabelsFromElsewhere) {
  EXPECT_EQ(meant("开办主体"), "group org");
  EXPECT_EQ(meant("主办单位基本情况"), "group org");
  EXPECT_EQ(meant("三、法定代表人信息："), "group legal");
  EXPECT_EQ(meant("备注"), "known");
  EXPECT_EQ(meant("编号"), "known");
  EXPECT_EQ(meant("双清夜话"), "unknown");
  EXPECT_EQ(meant("2018年8月20日"), "unknown");
}

TEST_F(LabelTest, ALongTextIsNoLabel) {
  EXPECT_TRUE(label_keys(std::string(49 * 3, '\xe4')).empty());
  std::string text;
  for (int i = 0; i < 49; ++i) text += "网";
  EXPECT_TRUE(label_keys(text).empty());
  EXPECT_TRUE(label_keys("").empty());
  EXPECT_TRUE(label_keys("　").empty());
}

}  // namespace
}  // namespace dengji
