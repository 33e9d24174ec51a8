// One form in the layouts that people make of it.
#include <gtest/gtest.h>

#include <string>

#include "parsers/form.hpp"
#include "parsers/form_table.hpp"
#include "tests/support/documents.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji {
namespace {

using test::draw;
using test::forms;
using Values = std::map<std::string, std::string>;

// What stands at a place: the text of a cell, or of a paragraph.
std::string text_at(const Document& document, const Place& place) {
  if (place.table < 0) return document.blocks[static_cast<std::size_t>(place.row)].text;
  const Table& table = *all_tables(document)[static_cast<std::size_t>(place.table)];
  for (const Cell& cell : table.rows[static_cast<std::size_t>(place.row)]) {
    if (cell.column == place.column) return text_of(cell);
  }
  return "no such cell";
}

// Reads the form in the picture; every value must stand where it is said to.
void expect(const char* picture, const Values& expected) {
  const Document document = draw(picture);
  const auto form = read_form(document, forms());
  ASSERT_TRUE(form) << picture;
  for (const auto& [key, value] : expected) EXPECT_EQ(form->value(key), value) << key;
  for (const auto& [key, field] : form->fields) {
    const std::string there = text_at(document, field.place);
    const std::string begin = field.typed.substr(0, field.typed.find('\n'));
    const bool whole = there.find(begin) != std::string::npos;
    EXPECT_TRUE(whole || (!there.empty() && field.typed.starts_with(there)))
        << key << ": " << field.typed << " is not in " << there;
  }
}

TEST(FormLayout, TwoColumnsNumberedWithColons) {
  expect(R"(
网站登记表
| 1．登记类别： | 首次登记 |
| 2．网 站 名 称： | 梅子岭夜谈 |
| 3．网址： | www.meiziling.example |
| 4．主办单位名称* | 梅子岭中学 |
| 5．法定代表人姓名： | 林小满 |
| 6．法定代表人身份证号码： | 430502198001010013 |
| 7．网站负责人姓名： | 秦立春 |
| 8．身份证号码： | 430522199102140028 |
| 9．手机： | 13900001234 |
)",
         {{"site_name", "梅子岭夜谈"},
          {"site_url", "www.meiziling.example"},
          {"org_name", "梅子岭中学"},
          {"legal_id", "430502198001010013"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"}});
}

TEST(FormLayout, LabelAndValueInOneCell) {
  expect(R"(
网站登记表
| 登记类别：☑首次登记 □变更登记^2 |
| 网站名称：梅子岭夜谈 | 网址：http://www.meiziling.example |
| 主办单位名称：梅子岭中学¶证件号码：12430502000000001R^2 |
| 法定代表人姓名：林小满　　身份证号码：430502198001010013　联系电话：0739-5550100^2 |
| 填表人：秦立春　　　填表日期：2018年8月20日^2 |
| 单位意见：同意。¶负责人：林小满　　日期：2018年8月21日^2 |
)",
         {{"action", "首次登记"},
          {"site_name", "梅子岭夜谈"},
          {"site_url", "http://www.meiziling.example"},
          {"org_name", "梅子岭中学"},
          {"id_number", "12430502000000001R"},
          {"legal_id", "430502198001010013"},
          {"legal_phone", "0739-5550100"},
          {"filled_by", "秦立春"},
          {"filled_on", "2018-08-20"},
          {"manager_name", ""}});
}

TEST(FormLayout, LabelsAboveTheirValues) {
  expect(R"(
网站登记表
| 网站名称 | 网站网址（域名） | 开通时间 |
| 梅子岭夜谈 | www.meiziling.example | 2016-5-3 |
| 主办单位名称 | 单位性质 | 证件号码 |
| 梅子岭中学 | 事业单位 | 12430502000000001R |
| 内容简介^3 |
| 校园生活^3 |
)",
         {{"site_name", "梅子岭夜谈"},
          {"site_url", "www.meiziling.example"},
          {"opened_on", "2016-05-03"},
          {"org_name", "梅子岭中学"},
          {"org_nature", "事业单位"},
          {"id_number", "12430502000000001R"},
          {"summary", "校园生活"}});
}

TEST(FormLayout, SeveralOperatorsInRows) {
  expect(R"(
邵阳市互联网帐号、移动客户端调查登记表
| 账号名称^2 | 梅子岭微报^3 |
| 平台类型^2 | 微信公众号^3 |
| 账号ID^2 | gh_meiziling^3 |
| 开办主体名称^2 | 梅子岭中学^3 |
| 运营负责人 | 姓名 | 身份证号码 | 手机号码 | 电子邮箱 |
| < | 秦立春 | 430522199102140028 | 13900001234 | a@meiziling.example |
| < | 林小满 | 430502198001010013 | 13900005678 | b@meiziling.example |
)",
         {{"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"manager_email", "a@meiziling.example"}});
}

TEST(FormLayout, PeopleAsAHeaderRow) {
  expect(R"(
邵阳市互联网帐号、移动客户端调查登记表
| 账号名称 | 梅子岭微报 | 平台类型 | 微博 |
| 账号ID | meiziling | 开办主体名称 | 梅子岭中学 |
| 负责人 | 身份证号码 | 手机号码 | 电子邮箱 |
| 秦立春 | 430522199102140028 | 13900001234 | a@meiziling.example |
)",
         {{"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_email", "a@meiziling.example"}});
}

TEST(FormLayout, SectionsOverTheirRows) {
  expect(R"(
网站登记表
| 一、网站基本情况^4 |
| 网站名称 | 梅子岭夜谈 | 域名 | www.meiziling.example |
| 二、主办单位信息^4 |
| 名称 | 梅子岭中学 | 证件号码 | 12430502000000001R |
| 地址 | 双清区梅子岭1号 | 性质 | 事业单位 |
| 三、法定代表人情况^4 |
| 姓名 | 林小满 | 身份证号码 | 430502198001010013 |
| 电话 | 0739-5550100 |  |  |
| 四、网站负责人^4 |
| 姓名 | 秦立春 | 身份证号码 | 430522199102140028 |
| 手机 | 13900001234 | 邮箱 | a@meiziling.example |
)",
         {{"site_name", "梅子岭夜谈"},
          {"org_name", "梅子岭中学"},
          {"org_address", "双清区梅子岭1号"},
          {"org_nature", "事业单位"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"legal_phone", "0739-5550100"},
          {"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"manager_email", "a@meiziling.example"}});
}

TEST(FormLayout, GroupCellsRepeatedOrLeftBlankInsteadOfMerged) {
  expect(R"(
网站登记表
| 网站名称^2 | 梅子岭夜谈^3 |
| 主办单位名称^2 | 梅子岭中学^3 |
| 法定代表人 | 姓名 | 林小满 | 身份证号 | 430502198001010013 |
|  | 联系电话 | 0739-5550100^3 |
| 负责人 | 姓名 | 秦立春 | 职务 | 负责人 |
| 负责人 | 身份证号 | 430522199102140028 | 手机 | 13900001234 |
| 备注^2 |  |  |  |
)",
         {{"legal_name", "林小满"},
          {"legal_phone", "0739-5550100"},
          {"manager_name", "秦立春"},
          {"manager_title", "负责人"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"}});
}

TEST(FormLayout, AGroupsWordAsALabelOfItsOwn) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 网址 | www.meiziling.example |
| 主办单位 | 梅子岭中学 | 单位性质 | 事业单位 |
| 法定代表人 | 林小满 | 身份证号码 | 430502198001010013 |
| 网站负责人 | 秦立春 | 身份证号码 | 430522199102140028 |
| 联系电话 | 13900001234 | 电子邮箱 | a@meiziling.example |
)",
         {{"org_name", "梅子岭中学"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"}});
}

TEST(FormLayout, NestedTables) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 |
| 登记类别 | {☑首次登记!□变更登记;□停用!□注销} |
| 主办单位名称 | 梅子岭中学 |
| 法定代表人 | {姓名!林小满;身份证号码!430502198001010013} |
| 网站负责人 | {姓名!秦立春!手机!13900001234} |
)",
         {{"action", "首次登记"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"manager_name", "秦立春"},
          {"manager_mobile", "13900001234"}});
}

TEST(FormLayout, ATableAroundTheWholeForm) {
  expect(R"(
| {网站登记表;网站名称!梅子岭夜谈;网址!www.meiziling.example;主办单位名称!梅子岭中学;单位性质!事业单位} |
)",
         {{"site_name", "梅子岭夜谈"}, {"org_name", "梅子岭中学"}, {"org_nature", "事业单位"}});
}

TEST(FormLayout, WithoutAnyTable) {
  expect(R"(
网站登记表
登记类别：首次登记
网站名称：梅子岭夜谈
网站网址（域名）：http://www.meiziling.example
主办单位名称：梅子岭中学　　单位性质：事业单位
法定代表人：林小满　身份证号码：430502198001010013　联系电话：0739-5550100
网站负责人：秦立春　职务：站长
身份证号码：430522199102140028　手机号码：13900001234
填表日期：2018年8月20日
)",
         {{"action", "首次登记"},
          {"site_name", "梅子岭夜谈"},
          {"site_url", "http://www.meiziling.example"},
          {"org_name", "梅子岭中学"},
          {"org_nature", "事业单位"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"legal_phone", "0739-5550100"},
          {"manager_name", "秦立春"},
          {"manager_title", "站长"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"filled_on", "2018-08-20"}});
}

TEST(FormLayout, OptionsAndDigitsInCellsOfTheirOwn) {
  expect(R"(
网站登记表
| 登记类别 | ☑首次登记 | □变更登记 | □停用 | □注销 |
| 网站名称 | 梅子岭夜谈^4 |
| 主办单位名称 | 梅子岭中学^4 |
| 法定代表人姓名 | 林小满^4 |
| 法定代表人身份证号码 | 4|3|0|5|0|2|1|9|8|0|0|1|0|1|0|0|1|3 |
)",
         {{"action", "首次登记"}, {"legal_id", "430502198001010013"}, {"site_name", "梅子岭夜谈"}});
}

TEST(FormLayout, AValueThatBeginsWithALabelOfItsOwnField) {
  expect(R"(
邵阳市互联网帐号、移动客户端调查登记表
| 账号名称 | 梅子岭微报 | 平台类型 | 微信公众号 |
| 账号ID（下载地址） | 微信号：gh_meiziling | 认证情况 | 已认证 |
| 主要内容 | 内容简介：校园生活 | 开通时间 | 2016-5-3 |
)",
         {{"account_id", "微信号：gh_meiziling"}, {"verified", "已认证"}});
}

TEST(FormLayout, HeadlinesOverTablesAndLines) {
  expect(R"(
网站登记表
填报单位：　　　　　　填报日期：    年    月    日
一、网站基本情况
| 网站名称 | 梅子岭夜谈 | 域名 | www.meiziling.example |
二、主办单位信息
| 名称 | 梅子岭中学 | 证件号码 | 12430502000000001R |
三、法定代表人：
| 姓名 | 林小满 | 身份证号码 | 430502198001010013 |
四、负责人情况
姓名：秦立春　　手机：13900001234
五、其他
| 内容简介 | 校园生活 | 开通时间 | 2016-5-3 |
填表日期：2018年8月20日
)",
         {{"org_name", "梅子岭中学"},
          {"id_number", "12430502000000001R"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"manager_name", "秦立春"},
          {"manager_mobile", "13900001234"},
          {"summary", "校园生活"},
          {"filled_on", "2018-08-20"}});
}

TEST(FormLayout, ABlankLabelOverATableOfItsPartyIsAHeadline) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 域名 | www.meiziling.example |
| 填报单位：^4 |
| 主办单位名称 | 梅子岭中学 | 手机号码 | 13900001234 |
| 3. 网站负责人：^4 |
| 姓名 | 秦立春 | 身份证号码 | 430522199102140028 |
法定代表人：
| 姓名 | 林小满 | 证件号码 | 430502198001010013 |
)",
         {{"org_name", "梅子岭中学"},
          {"manager_mobile", "13900001234"},
          {"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"legal_name", "林小满"},
          {"legal_id", "430502198001010013"}});
}

TEST(FormLayout, PartiesInRows) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 域名 | www.meiziling.example |
| 人员类别 | 姓名 | 身份证号码 | 联系电话 |
| 法定代表人 | 林小满 | 430502198001010013 | 0739-5550100 |
| 网站负责人 | 秦立春 | 430522199102140028 | 13900001234 |
| 主办单位名称 | 梅子岭中学 | 开通时间 | 2016-5-3 |
)",
         {{"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"legal_phone", "0739-5550100"},
          {"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"org_name", "梅子岭中学"},
          {"opened_on", "2016-05-03"}});
}

TEST(FormLayout, PartiesInColumns) {
  expect(R"(
网站登记表
| 网站名称^2 | 梅子岭夜谈 |
| 项目 | 法定代表人 | 网站负责人 |
| 姓名 | 林小满 | 秦立春 |
| 身份证号码 | 430502198001010013 | 430522199102140028 |
| 手机号码 | 0739-5550100 | 13900001234 |
| 主办单位名称^2 | 梅子岭中学 |
)",
         {{"legal_name", "林小满"},
          {"legal_id", "430502198001010013"},
          {"legal_phone", "0739-5550100"},
          {"manager_name", "秦立春"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"org_name", "梅子岭中学"}});
}

TEST(FormLayout, AnAnswerThatIsAPartysTitle) {
  expect(R"(
网站登记表
| 网站名称 | 负责人手机 |
| 梅子岭夜谈 | 13900001234 |
| 职务 | 网站负责人身份证号码 |
| 法定代表人 | 430522199102140028 |
| 网站类型 | （单选）☑商业类 □其他 |
)",
         {{"manager_title", "法定代表人"},
          {"manager_id", "430522199102140028"},
          {"manager_mobile", "13900001234"},
          {"site_type", "商业类"}});
}

TEST(FormLayout, OneColumn) {
  expect(R"(
网站登记表
| 网站名称 |
| 梅子岭夜谈 |
| 主办单位 |
| 梅子岭中学 |
| 负责人 |
| 秦立春 |
| 职务 |
| 法定代表人 |
| 手机号码 |
| 13900001234 |
)",
         {{"site_name", "梅子岭夜谈"},
          {"org_name", "梅子岭中学"},
          {"manager_name", "秦立春"},
          {"manager_title", "法定代表人"},
          {"manager_mobile", "13900001234"}});
}

TEST(FormLayout, LinesWithoutColons) {
  expect(R"(
网站登记表
【网站名称】梅子岭夜谈
网站网址	http://www.meiziling.example
主办单位名称　　梅子岭中学
负责人　　姓名：秦立春
手机号码=13900001234
电子邮箱——a@meiziling.example
职务 站长
（填报日期：2018年8月20日）
)",
         {{"site_name", "梅子岭夜谈"},
          {"site_url", "http://www.meiziling.example"},
          {"org_name", "梅子岭中学"},
          {"manager_name", "秦立春"},
          {"manager_mobile", "13900001234"},
          {"manager_email", "a@meiziling.example"},
          {"manager_title", "站长"},
          {"filled_on", "2018-08-20"}});
}

TEST(FormLayout, LabelsThatNobodyListed) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 服务器所在地点 | 湖南长沙 |
| 网站开通的时间 | 2016-5-3 | 日均访问人次 | 3200 |
| 主办单位名称 | 梅子岭中学 | 手机号码 | 13900001234 |
| 技术负责人 | 段立言 | 法定代表人职务 | 校长 |
| 登记类别 | 首次登记 | 域名 | www.meiziling.example |
公安联网备案编号：43050202000001
)",
         {{"server_place", "湖南长沙"},
          {"opened_on", "2016-05-03"},
          {"daily_visits", "3200"},
          {"police_no", "43050202000001"},
          {"manager_name", ""},
          {"legal_name", ""},
          {"manager_title", ""}});
}

TEST(FormLayout, UnlistedLabelsInAHeaderRow) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 开通时间 |  |
| 登记类别 | 网站首页的地址 | 服务器所在地点 |
| □首次登记 ☑变更登记 | www.meiziling.example | 湖南长沙 |
| 主办单位名称 | 梅子岭中学 | 手机号码 |
| 证件类型 | 营业执照 |
| 统一社会信用代码 | 91430502MA4L000014 |
)",
         {{"action", "变更登记"},
          {"site_url", "www.meiziling.example"},
          {"server_place", "湖南长沙"},
          {"org_name", "梅子岭中学"},
          {"id_type", "营业执照"},
          {"id_number", "91430502MA4L000014"}});
}

TEST(FormLayout, APairOverAnUnlistedLabelIsNoHeader) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 与首页的名称一致 |
| 登记类别 | ☑首次登记 □变更登记 | 证件上的号码 |
| 网站首页的地址 | www.meiziling.example | 必填 |
| 开通时间 | 2016-5-3 | 证件上的号码 |
| 服务器所在地点 | 湖南长沙 | 必填 |
| 证件类型 | 营业执照（三证合一） |
| 统一社会信用代码 | 91430502MA4L000014 |
| 日均访问量： | 服务器物理所在地：北京 |
)",
         {{"action", "首次登记"},
          {"opened_on", "2016-05-03"},
          {"server_place", "湖南长沙"},
          {"id_type", "营业执照（三证合一）"},
          {"id_number", "91430502MA4L000014"},
          {"daily_visits", ""}});
}

TEST(FormLayout, NotesAreNoFields) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 开通时间 | 2016-5-3 |
| 主办单位名称 | 梅子岭中学 | 登记事项 | 登记内容 |
| 备注 | 联系电话：0739-5550199 | 登记类别 | 变更登记 |
注：1.本表一式两份。2.联系电话：0739-5550199。
)",
         {{"manager_mobile", ""}, {"action", "变更登记"}});
}

TEST(FormLayout, ColumnsDrawnForTheirLooks) {
  expect(R"(
网站登记表
| 网站名称 |  | 梅子岭夜谈 | 域名 | www.meiziling.example |
| 主办单位名称 |  | 梅子岭中学 | 证件号码 | 12430502000000001R |
| 内容简介 |  |  | 开通时间 | 2016-5-3 |
)",
         {{"site_name", "梅子岭夜谈"},
          {"site_url", "www.meiziling.example"},
          {"org_name", "梅子岭中学"},
          {"summary", ""},
          {"opened_on", "2016-05-03"}});
}

TEST(FormLayout, ANoteBesideABlankIsNoValue) {
  expect(R"(
网站登记表
| 网站名称 | 梅子岭夜谈 | 与首页一致 |
| 域名 |  | 多个请全部填写 |
| 主办单位名称 | 梅子岭中学 | 与公章一致 |
| 证件号码 | 12430502000000001R | 证件上的号码 |
)",
         {{"site_name", "梅子岭夜谈"}, {"site_url", ""}, {"org_name", "梅子岭中学"}});
}

TEST(FormLayout, UnknownLabelsInAHeaderRow) {
  expect(R"(
网站登记表
| 网站名称 | 所属行业 | 域名 | 开通时间 |
| 梅子岭夜谈 | 文化传媒 | www.meiziling.example | 2016-5-3 |
| 主办单位名称 | 证件类型 | 证件有效期 | 证件号码 |
| 梅子岭中学 | 统一社会信用代码 | 长期 | 12430502000000001R |
)",
         {{"site_name", "梅子岭夜谈"},
          {"site_url", "www.meiziling.example"},
          {"opened_on", "2016-05-03"},
          {"org_name", "梅子岭中学"},
          {"id_type", "统一社会信用代码"},
          {"id_number", "12430502000000001R"}});
}

TEST(FormLayout, ColonsThatEndNoLabel) {
  expect(R"(
网站登记表
| 网站名称：梅子岭:夜谈 | 开通时间（如：2018-08-20）：2016-5-3 |
| 网站备案号：/ | 公安备案号：— |
| 网站类型：请选择：□新闻类　　☑其他：____ | 职务：法定代表人 |
| 日均访问量 | （单位：人次）不详 |
填报人：　　　　审核人：林小满　　　　填报日期：2018年8月20日
)",
         {{"site_name", "梅子岭:夜谈"},
          {"opened_on", "2016-05-03"},
          {"icp", "/"},
          {"police_no", "—"},
          {"site_type", "其他"},
          {"manager_title", "法定代表人"},
          {"daily_visits", "不详"},
          {"filled_by", ""},
          {"filled_on", "2018-08-20"}});
}

TEST(FormLayout, LinesThatGoOnWithoutATable) {
  expect(R"(
网站登记表
登记类别：
□首次登记
☑变更登记
网站名称：梅子岭夜谈
内容简介：记录乡土文化，
分享摄影与旅行。
二、其他信息
主办单位名称：梅子岭中学
开通时间：2016-5-3
)",
         {{"action", "变更登记"},
          {"site_name", "梅子岭夜谈"},
          {"summary", "记录乡土文化，分享摄影与旅行。"},
          {"org_name", "梅子岭中学"}});
}

TEST(FormLayout, ShuffledFields) {
  expect(R"(
网站登记表
| 手机号码 | 13900001234 | 填表日期 | 2018/8/20 |
| 单位地址 | 双清区梅子岭1号 | 网站负责人身份证号码 | 430522199102140028 |
| 法定代表人联系电话 | 0739-5550100 | 电子邮箱 | a@meiziling.example |
| 法定代表人姓名 | 林小满 | 手机号码（备用） |  |
| 网站名称 | 梅子岭夜谈 | 网站负责人姓名 | 秦立春 |
)",
         {{"manager_mobile", "13900001234"},
          {"legal_phone", "0739-5550100"},
          {"manager_id", "430522199102140028"},
          {"manager_name", "秦立春"},
          {"site_name", "梅子岭夜谈"}});
}

}  // namespace
}  // namespace dengji
