#include <gtest/gtest.h>

#include <string>

#include "parsers/form.hpp"

namespace dengji {
namespace {

using Values = std::map<std::string, std::string>;

std::string registrant(const Values& values) {
  Form form;
  for (const auto& [key, value] : values) form.fields[key].value = value;
  const Registrant known = registrant_of(form);
  return known.name + " " + std::string(to_string(known.klass)) + " " +
         (known.id_type ? std::string(to_string(*known.id_type)) : "none") + " " + known.id_number;
}

TEST(RegistrantOf, TheNatureItStates) {
  EXPECT_EQ(registrant({{"org_name", "甲"},
                        {"org_nature", "党政机关"},
                        {"id_number", "1143 0522 0000 0000 2Y"}}),
            "甲 government uscc 11430522000000002Y");
  EXPECT_EQ(registrant({{"org_nature", "事业单位"}}), " government none ");
  EXPECT_EQ(registrant({{"org_nature", "人民团体"}, {"id_number", "13430581000000005G"}}),
            " government uscc 13430581000000005G");
  EXPECT_EQ(registrant({{"org_nature", "企业"}, {"id_number", "430502000000011"}}),
            " organisation licence 430502000000011");
  EXPECT_EQ(registrant({{"org_nature", "社会组织"}, {"id_number", "51430502000000003y"}}),
            " organisation uscc 51430502000000003Y");
  EXPECT_EQ(registrant({{"org_nature", "个人"}, {"id_number", "430502198001010013"}}),
            " individual citizen 430502198001010013");
  EXPECT_EQ(registrant({{"account_class", "公职人员"}, {"id_number", "430502198001010013"}}),
            " individual citizen 430502198001010013");
  EXPECT_EQ(registrant({{"account_class", "政务"}}), " government none ");
  EXPECT_EQ(registrant({{"org_nature", "民办非企业单位"}}), " organisation none ");
}

TEST(RegistrantOf, TheNumberWhereNothingIsStated) {
  EXPECT_EQ(registrant({{"id_number", "12430502000000001R"}}),
            " government uscc 12430502000000001R");
  EXPECT_EQ(registrant({{"id_number", "52430502000000004Y"}}),
            " organisation uscc 52430502000000004Y");
  EXPECT_EQ(registrant({{"id_number", "91430502MA4L000014"}}),
            " organisation uscc 91430502MA4L000014");
  EXPECT_EQ(registrant({{"id_number", "430522199102140028"}, {"id_type", "居民身份证"}}),
            " individual citizen 430522199102140028");
  EXPECT_EQ(registrant({{"id_number", "430502800101001"}, {"id_type", "身份证"}}),
            " individual citizen 430502800101001");
  EXPECT_EQ(registrant({{"id_number", "430502000000011"}}),
            " organisation licence 430502000000011");
}

TEST(RegistrantOf, TheNameWhereNothingElseTells) {
  EXPECT_EQ(registrant({{"org_name", "梅子岭中学"}}), "梅子岭中学 government none ");
  EXPECT_EQ(registrant({{"org_name", "梅子岭文化传播有限公司"}}),
            "梅子岭文化传播有限公司 organisation none ");
}

TEST(RegistrantOf, TheTypeItStatesWhereTheNumberHasNoShape) {
  EXPECT_EQ(registrant({{"id_type", "组织机构代码证"}, {"id_number", "1234"}}),
            " organisation orgcode 1234");
  EXPECT_EQ(registrant({{"id_type", "营业执照（统一社会信用代码）"}, {"id_number", "9143"}}),
            " organisation uscc 9143");
}

}  // namespace
}  // namespace dengji
