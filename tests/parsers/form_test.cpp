// Which form a document is, and what each kind of field is read as.
#include "parsers/form.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/documents.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

using test::draw;
using test::forms;

const std::string website = R"(
邵阳市互联网网站调查登记表
| 登记类别^2 | ☑首次登记 □变更登记 □停用 □注销^3 |
| 网站名称^2 | 梅子岭夜谈 | 网站网址（域名） | http://www.meiziling.example/ |
| 网站类型^2 | □新闻类 □政务类 ☑商业类 □其他^3 |
| 主办单位 | 名称 | 梅子岭文化传播有限公司^3 |
| < | 单位性质 | □党政机关 □事业单位 □人民团体 □社会组织 ☑企业 □个人^3 |
| < | 证件类型 | 营业执照 | 证件号码 | 91430502MA4L000014 |
| < | 单位地址 | 邵阳市双清区梅子岭1号^3 |
| 法定代表人 | 姓名 | 林小满 | 身份证号码 | 430502198001010013 |
| < | 联系电话 | 0739-5550100^3 |
| 网站负责人 | 姓名 | 秦立春 | 职务 | 站长 |
| < | 身份证号码 | 430522199102140028 | 手机号码 | 13900001234 |
| < | 电子邮箱 | editor@meiziling.example^3 |
| ICP备案号（许可证号）^2 |  | 公安机关备案号 |  |
| 服务器所在地^2 | 湖南长沙 | 系统维护方式 | □本单位自行维护 ☑托管 |
| 开通时间^2 | 2016年5月3日 | 日均访问量 | 1.2万 |
| 内容简介^2 | 第一行¶第二行^3 |
| 填表人^2 | 秦立春 | 填表日期 | 2018.8.20 |
| 单位意见（盖章）^2 | 同意¶负责人：　　　2018年8月21日^3 |
| 网信部门意见^2 | （盖章）¶年  月  日^3 |
)";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(ReadForm, EveryFieldOfAGroupedTable) {
  const auto form = read_form(draw(website), forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->kind, FormKind::website);
  EXPECT_EQ(form->action, Action::create);
  EXPECT_EQ(form->platform(), "梅子岭夜谈");
  EXPECT_EQ(form->title, "邵阳市互联网网站调查登记表");
  std::map<std::string, std::string> values;
  for (const auto& [key, field] : form->fields) values[key] = field.value;
  const std::map<std::string, std::string> expected{{"action", "首次登记"},
                                                    {"site_name", "梅子岭夜谈"},
                                                    {"site_url", "http://www.meiziling.example/"},
                                                    {"site_type", "商业类"},
                                                    {"org_name", "梅子岭文化传播有限公司"},
                                                    {"org_nature", "企业"},
                                                    {"id_type", "营业执照"},
                                                    {"id_number", "91430502MA4L000014"},
                                                    {"org_address", "邵阳市双清区梅子岭1号"},
                                                    {"legal_name", "林小满"},
                                                    {"legal_id", "430502198001010013"},
                                                    {"legal_phone", "0739-5550100"},
                                                    {"manager_name", "秦立春"},
                                                    {"manager_title", "站长"},
                                                    {"manager_id", "430522199102140028"},
                                                    {"manager_mobile", "13900001234"},
                                                    {"manager_email", "editor@meiziling.example"},
                                                    {"server_place", "湖南长沙"},
                                                    {"hosting", "托管"},
                                                    {"opened_on", "2016-05-03"},
                                                    {"daily_visits", "1.2万"},
                                                    {"summary", "第一行第二行"},
                                                    {"filled_by", "秦立春"},
                                                    {"filled_on", "2018-08-20"}};
  EXPECT_EQ(values, expected);
}

TEST(ReadForm, SaysWhereAValueStands) {
  const auto form = read_form(draw(website), forms());
  ASSERT_TRUE(form);
  const Place name = form->fields.at("site_name").place;
  EXPECT_EQ(std::tuple(name.table, name.row, name.column), std::tuple(0, 1, 2));
  const Place id = form->fields.at("legal_id").place;
  EXPECT_EQ(std::tuple(id.table, id.row, id.column), std::tuple(0, 7, 4));
  EXPECT_EQ(form->fields.at("opened_on").typed, "2016年5月3日");
}

TEST(ReadForm, ActionsByTheTickedChoice) {
  const auto action = [](const std::string& ticked) {
    const auto form =
        read_form(draw(replaced(website, "☑首次登记 □变更登记 □停用 □注销", ticked)), forms());
    return form ? to_string(form->action) : "none";
  };
  EXPECT_EQ(action("□首次登记 ☑变更登记 □停用 □注销"), "change");
  EXPECT_EQ(action("□首次登记 □变更登记 √停用 □注销"), "suspend");
  EXPECT_EQ(action("注销"), "cancel");
  EXPECT_EQ(action("□首次登记 □变更登记 □停用 □注销"), "new");
}

TEST(ReadForm, NotUnderstoodIsKeptAsTyped) {
  const auto form = read_form(
      draw(replaced(replaced(website, "2016年5月3日", "2016年2月30日"), "☑商业类", "☑生活类")),
      forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("opened_on"), "2016年2月30日");
  EXPECT_FALSE(form->fields.at("opened_on").understood);
  EXPECT_TRUE(form->fields.at("filled_on").understood);
  EXPECT_FALSE(form->fields.at("site_type").understood);
}

TEST(ReadForm, WhatTheFormPrintsIsNoValue) {
  for (const char* blank :
       {"", "　　", "____________", "年  月  日", "    年    月    日", "（请填写）", "（盖章）"}) {
    const auto form = read_form(draw(replaced(website, "2018.8.20", blank)), forms());
    ASSERT_TRUE(form);
    EXPECT_EQ(form->fields.count("filled_on"), 0U) << blank;
  }
  const auto none = read_form(draw(replaced(website, "1.2万", "无")), forms());
  EXPECT_EQ(none->value("daily_visits"), "无");
}

TEST(ReadForm, AnEmptyMandatoryFieldIsAbsentWhateverStandsAround) {
  const auto form = read_form(draw("填报单位：梅子岭文化传播有限公司　　　　编号：\n" +
                                   replaced(website, "| 梅子岭文化传播有限公司^3 |", "| ^3 |")),
                              forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->fields.count("org_name"), 0U);
  EXPECT_EQ(form->value("legal_name"), "林小满");
}

TEST(ReadForm, AWrongOrMissingTitleChangesNothing) {
  for (const char* title : {"", "邵阳市互联网论坛、社区、贴吧调查登记表", "附件1", "登记表"}) {
    const auto form =
        read_form(draw(replaced(website, "邵阳市互联网网站调查登记表", title)), forms());
    ASSERT_TRUE(form) << title;
    EXPECT_EQ(form->kind, FormKind::website) << title;
    EXPECT_EQ(form->fields.size(), 24U) << title;
  }
}

TEST(ReadForm, TheTitleMayStandInAHeader) {
  Document document = draw(replaced(website, "邵阳市互联网网站调查登记表", ""));
  document.margins.push_back("　邵阳市互联网网站调查登记表 ");
  EXPECT_EQ(read_form(document, forms())->title, "邵阳市互联网网站调查登记表");
}

TEST(ReadForm, TheAccountForm) {
  const auto form = read_form(draw(R"(
邵阳市互联网帐号、移动客户端调查登记表
| 登记类别 | 首次登记 |
| 账号（客户端）名称 | 梅子岭微报 |
| 平台类型 | □微博 ☑微信公众号 □网络直播 □今日头条号 □移动客户端 □其他 |
| 账号ID（下载地址） | gh_meiziling |
| 账号类别 | □政务 □公职人员 ☑商业 □社会组织 □个人 |
| 开办主体 | 名称 | 梅子岭文化传播有限公司 |
| < | 证件类型 | 统一社会信用代码 |
| < | 证件号码 | 91430502MA4L000014 |
| 运营负责人 | 姓名 | 秦立春 |
| < | 手机号码 | 13900001234 |
| 认证情况 | 未认证 |
| 粉丝数（下载量） | 约2万 |
)"),
                              forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->kind, FormKind::account);
  EXPECT_EQ(form->platform(), "梅子岭微报");
  EXPECT_EQ(form->value("platform_type"), "微信公众号");
  EXPECT_EQ(form->value("account_class"), "商业");
  EXPECT_EQ(form->value("id_type"), "统一社会信用代码") << "an answer that looks like a label";
  EXPECT_EQ(form->value("id_number"), "91430502MA4L000014");
  EXPECT_EQ(form->value("manager_name"), "秦立春");
  EXPECT_EQ(form->value("followers"), "约2万");
}

TEST(ReadForm, TheForumForm) {
  const auto form = read_form(draw(R"(
| 邵阳市互联网论坛、社区、贴吧调查登记表^4 |
| 登记类别 | ■首次登记 □变更登记 | 论坛（社区、贴吧）名称 | 梅子岭茶馆 |
| 网址 | bbs.meiziling.example | 类型 | □论坛 ■社区 □贴吧 □留言板 |
| 所属平台 | 自建 | 开办主体名称 | 秦立春 |
| 证件类型 | 居民身份证 | 证件号码 | 430522199102140028 |
| 管理员（版主、吧主）姓名 | 秦立春 | 管理员身份证号码 | 430522199102140028 |
| 注册用户数 | 860 | 日均发帖量 | 60 |
)"),
                              forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->kind, FormKind::forum);
  EXPECT_EQ(form->platform(), "梅子岭茶馆");
  EXPECT_EQ(form->value("forum_url"), "bbs.meiziling.example");
  EXPECT_EQ(form->value("forum_type"), "社区");
  EXPECT_EQ(form->value("host_platform"), "自建");
  EXPECT_EQ(form->value("manager_id"), "430522199102140028");
  EXPECT_EQ(form->value("daily_posts"), "60");
}

TEST(ReadForm, OtherDocumentsAreNone) {
  for (const char* text :
       {"", "会议纪要\n为规范值班工作，现通知如下。\n值班电话：0739-5550100\n日期：2018年8月20日",
        "关于报送《邵阳市互联网网站调查登记表》的函\n网站名称：梅子岭夜谈\n联系人：秦立春\n联系电话"
        "：13900001234",
        "| 序号 | 姓名 | 身份证号码 | 联系电话 | 职务 |\n| 1 | 秦立春 | 430522199102140028 | "
        "13900001234 | 站长 |",
        "采购申请表\n| 申请单位 | 梅子岭 | 日期 | 2018.8.20 |\n| 负责人 | 林小满 | 联系电话 | 0739 "
        "|\n| 备注 | 无 |"}) {
    EXPECT_FALSE(read_form(draw(text), forms())) << text;
  }
}

TEST(ReadForm, ValuesOfSeveralLines) {
  const auto form = read_form(
      draw(replaced(replaced(website, "editor@meiziling.example", "editor@meizi¶ling.example"),
                    "91430502MA4L000014", "91430502¶MA4L000014")),
      forms());
  ASSERT_TRUE(form);
  EXPECT_EQ(form->value("manager_email"), "editor@meiziling.example");
  EXPECT_EQ(form->value("id_number"), "91430502MA4L000014");
  EXPECT_EQ(form->fields.at("id_number").typed, "91430502\nMA4L000014");
}

TEST(ReadForm, AnyNumberOfCells) {
  Document document;
  Table table;
  for (int row = 0; row < 3000; ++row) {
    table.rows.push_back({Cell{"网站名称：甲", 0, 1, 3000, {}}, Cell{"网址：乙", 1, 1, 1, {}}});
  }
  document.blocks.push_back({"", {table}});
  EXPECT_FALSE(read_form(document, forms()));
}

TEST(IsCommitment, ByTitleAndPhrases) {
  EXPECT_TRUE(is_commitment(draw("依法办网承诺书\n本单位郑重承诺：遵守法律法规，所填内容真实，自觉"
                                 "承担责任。\n承诺单位（盖章）："),
                            forms()));
  EXPECT_FALSE(is_commitment(draw("依法办网承诺书"), forms()));
  EXPECT_FALSE(is_commitment(draw("会议纪要\n遵守法律法规，承诺内容真实，承担责任。"), forms()));
  EXPECT_FALSE(is_commitment(draw(website), forms()));
}

}  // namespace
}  // namespace dengji
