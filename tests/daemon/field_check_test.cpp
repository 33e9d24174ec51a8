#include "daemon/field_check.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

constexpr auto today = "2018-09-01";

bool right(FieldType type, const std::string& value, const std::string& key = "x") {
  FieldSpec spec;
  spec.key = key;
  spec.type = type;
  spec.mandatory = true;
  Field field;
  field.value = field.typed = value;
  return !field_fault(spec, field, today);
}

TEST(FieldCheck, TakesTelephonesAsPeopleWriteThem) {
  for (const auto* value :
       {"13800001234", "138 0000 1234", "+86 13800001234", "0739-5550100", "0739—5550100",
        "（0739）5550100", "07395550100", "5550100", "400-800-1234", "12345",
        "0739-5550100/13800001234", "0739-5550100转801", "１３８００００１２３４",
        "13800001234、13900001234"})
    EXPECT_TRUE(right(FieldType::phone, value)) << value;
}

TEST(FieldCheck, RefusesTelephonesThatCannotBe) {
  for (const auto* value :
       {"0739-3810", "1380000123", "138000012345", "12800001234", "无", "电话", "0739"})
    EXPECT_FALSE(right(FieldType::phone, value)) << value;
}

TEST(FieldCheck, KnowsMailAddresses) {
  for (const auto* value :
       {"a@b.example", "a.b-c_d@mail.b.example", "ａ＠ｂ.example", "a@b.example；c@d.example"})
    EXPECT_TRUE(right(FieldType::email, value)) << value;
  for (const auto* value : {"a.b.example", "a@b", "a@", "@b.example", "a b@c", "a@@b.example"})
    EXPECT_FALSE(right(FieldType::email, value)) << value;
}

TEST(FieldCheck, KnowsWebAddresses) {
  for (const auto* value :
       {"www.a.example", "http://a.example/index.html", "https://a.example:8080/?x=1", "ａ.example",
        "邵阳.中国", "http://192.0.2.8/bbs", "首页：\nwww.a.example",
        "http://a.example/ www.b.example"})
    EXPECT_TRUE(right(FieldType::url, value)) << value;
  for (const auto* value :
       {"0.0.0.0", "无", "暂无", "http://", "a..example", "ftp://a.example", "example"})
    EXPECT_FALSE(right(FieldType::url, value)) << value;
}

TEST(FieldCheck, RefusesDaysThatDoNotExistOrLieAhead) {
  EXPECT_TRUE(right(FieldType::date, "2018-08-31"));
  EXPECT_TRUE(right(FieldType::date, "2018-09-02"));
  EXPECT_FALSE(right(FieldType::date, "2018-09-03"));
  EXPECT_FALSE(right(FieldType::date, "2018-02-30"));
  EXPECT_FALSE(right(FieldType::date, "去年"));
}

TEST(FieldCheck, AsksForFullNamesAndForOneChoice) {
  EXPECT_FALSE(right(FieldType::text, "王先生", "manager_name"));
  EXPECT_TRUE(right(FieldType::text, "王先生", "summary"));
  EXPECT_TRUE(right(FieldType::text, "欧阳晓兰", "manager_name"));
  EXPECT_FALSE(right(FieldType::text, "http://a.example", "site_name"));
  EXPECT_FALSE(right(FieldType::choice, "新闻类、商业类"));
  EXPECT_TRUE(right(FieldType::choice, "新闻类"));
}

TEST(FieldCheck, SaysWhichDigitOfANumberIsWrong) {
  // 43052119700619846X is right: GB 11643's weights give 10, written X.
  EXPECT_FALSE(id_fault("43052119700619846X", {}, true));
  EXPECT_FALSE(id_fault("43052119700619846x", {}, true));
  EXPECT_EQ(id_fault("430521197006198463", {}, true), "第18位应为X，表中为3");
  EXPECT_EQ(id_fault("43052119701319846X", {}, true), "其中的出生日期不存在");
  EXPECT_TRUE(id_fault("4305211970", {}, true));
  EXPECT_TRUE(id_fault("无", {}, false));
}

}  // namespace
}  // namespace dengji
