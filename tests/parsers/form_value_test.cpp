#include "parsers/form_value.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dengji {
namespace {

std::string value(std::string_view typed, FieldType type = FieldType::text) {
  FieldSpec spec;
  spec.type = type;
  const auto field = read_value(spec, typed, {1, 2, 3});
  return field ? field->value : "(none)";
}

TEST(ReadValue, WithoutWhatTheFormPrints) {
  for (const char* typed : {"梅子岭中学", "（请填写全称）梅子岭中学", "梅子岭中学（请填写全称）",
                            "（与公章一致）\n梅子岭中学", "梅子岭中学（全称）", "__梅子岭中学____",
                            "____梅子岭中学", "＿＿梅子岭中学＿＿", "（如：某某中学）：梅子岭中学",
                            "（50字以内）梅子岭中学（必填）", "　梅子岭中学\n"}) {
    EXPECT_EQ(value(typed), "梅子岭中学") << typed;
  }
}

TEST(ReadValue, BracketsAndRulesOfTheValueStay) {
  for (const char* typed : {"梅子岭合伙企业（有限合伙）", "（0739）5550123",
                            "13900001234（微信同号）", "秦立春（苗族）", "梅子岭商行（个体工商户）",
                            "梅子岭（集团）公司", "梅子岭中心（事业单位）", "_meiziling", "a_b_"}) {
    EXPECT_EQ(value(typed), typed);
  }
}

TEST(ReadValue, NothingFilledIn) {
  for (const char* typed :
       {"", "　", "____", "（请填写全称）", "（18位）", "（200字以内）", "如：abc",
        "例如：梅子岭中学", "（如：http://www.a.example）", "____（盖章）"}) {
    EXPECT_EQ(value(typed), "(none)") << typed;
  }
  for (const char* typed :
       {"年　月　日", "20  年  月  日", "201  年  月  日", "（如：2018-08-20）"}) {
    EXPECT_EQ(value(typed, FieldType::date), "(none)") << typed;
  }
  for (const char* typed : {"无", "/", "—", "-"}) EXPECT_EQ(value(typed), typed);
  EXPECT_EQ(value("同意", FieldType::seal), "(none)");
}

TEST(ReadValue, DatesAreReadAndSaidWhereTheyCannotBe) {
  EXPECT_EQ(value("2018年8月20日（如：2018-08-20）", FieldType::date), "2018-08-20");
  FieldSpec spec;
  spec.type = FieldType::date;
  const auto month = read_value(spec, "2018年8月", {1, 2, 3});
  ASSERT_TRUE(month);
  EXPECT_EQ(month->value, "2018年8月");
  EXPECT_FALSE(month->understood);
  EXPECT_EQ(std::tuple(month->place.table, month->place.row, month->place.column),
            std::tuple(1, 2, 3));
}

TEST(ReadValue, AnyBytesOfAnyLength) {
  EXPECT_EQ(value(std::string(100'000, '(')), std::string(100'000, '('));
  EXPECT_NO_THROW(value("\xff\xfe("));
  std::string hints;
  for (int i = 0; i < 15; ++i) hints += "（请）";
  EXPECT_EQ(value(hints + "甲"), "甲");
  for (int i = 0; i < 100'000; ++i) hints += "（请）";
  EXPECT_NE(value(hints + "甲"), "甲") << "over the limit it is as typed";
}

}  // namespace
}  // namespace dengji
