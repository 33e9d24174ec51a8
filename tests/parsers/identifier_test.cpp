#include "parsers/identifier.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace dengji {

TEST(CanonicalId, TakesNumbersAsPeopleTypeThem) {
  EXPECT_EQ(canonical_id(" ４３０５０３ 19900307 002x "), "43050319900307002X");
  EXPECT_EQ(canonical_id("71234567-0"), "712345670");
  EXPECT_EQ(canonical_id("71234567－0"), "712345670");
  EXPECT_EQ(canonical_id("71234567—0"), "712345670");
}

struct Case {
  IdType type;
  const char* number;
  IdFault fault;
  int position;
  char expected;
};

TEST(CheckId, FindsTheFaultAndWhatWasExpected) {
  const std::vector<Case> cases{
      // The worked examples of the standards.
      {IdType::citizen, "11010519491231002X", IdFault::none, 0, 0},
      {IdType::citizen, "440524188001010014", IdFault::none, 0, 0},
      {IdType::orgcode, "D2143569X", IdFault::none, 0, 0},
      {IdType::licence, "110108000000016", IdFault::none, 0, 0},
      {IdType::uscc, "91350100M000100Y43", IdFault::none, 0, 0},
      // One wrong character each.
      {IdType::citizen, "110105194912310023", IdFault::check, 18, 'X'},
      {IdType::orgcode, "D21435690", IdFault::check, 9, 'X'},
      {IdType::licence, "110108000000015", IdFault::check, 15, '6'},
      {IdType::uscc, "91350100M000100Y42", IdFault::check, 18, '3'},
      // Structure.
      {IdType::citizen, "1101051949123100", IdFault::length, 0, 0},
      {IdType::citizen, "110105194912O1002X", IdFault::character, 13, 0},
      {IdType::citizen, "990105194912310020", IdFault::area, 1, 0},
      {IdType::citizen, "110105194902290020", IdFault::date, 7, 0},
      {IdType::citizen, "110105177612310020", IdFault::date, 7, 0},
      {IdType::uscc, "91350100M000100Y4", IdFault::length, 0, 0},
      {IdType::uscc, "B1350100M000100Y43", IdFault::character, 1, 0},
      {IdType::uscc, "913501O0M000100Y43", IdFault::character, 7, 0},
      {IdType::uscc, "91350100M000I00Y43", IdFault::character, 13, 0},
      {IdType::uscc, "91990100M000100Y43", IdFault::area, 3, 0},
      {IdType::licence, "11010800000001X", IdFault::character, 15, 0},
      {IdType::licence, "990108000000016", IdFault::area, 1, 0},
      {IdType::orgcode, "D214356", IdFault::length, 0, 0},
      {IdType::orgcode, "D2143569Y", IdFault::character, 9, 0},
  };
  for (const Case& each : cases) {
    const IdCheck check = check_id(each.type, each.number);
    EXPECT_EQ(check.fault, each.fault) << each.number;
    EXPECT_EQ(check.position, each.position) << each.number;
    EXPECT_EQ(check.expected, each.expected) << each.number;
  }
}

TEST(CheckId, TakesNumbersOfBefore1999) {
  const IdCheck check = check_id(IdType::citizen, "430502640229001");
  EXPECT_TRUE(check.ok());
  EXPECT_TRUE(check.old_form);
  EXPECT_EQ(check_id(IdType::citizen, "430502630229001").fault, IdFault::date);
}

TEST(CheckId, TakesAreasThatAreNoMore) {
  EXPECT_TRUE(check_id(IdType::citizen, "43262119650203001X").ok());
}

// GB 11643's and GB 32100's promise: any one wrong character and any two neighbours swapped are
// found.
TEST(CheckId, FindsEverySingleMistakeInACitizensNumber) {
  const std::string right = "11010519491231002X";
  for (std::size_t i = 0; i + 1 < right.size(); ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      std::string wrong = right;
      if (wrong[i] == c) continue;
      wrong[i] = c;
      EXPECT_FALSE(check_id(IdType::citizen, wrong).ok()) << wrong;
    }
  }
}

TEST(IdShape, IsDecidedByLengthAndCharacters) {
  EXPECT_EQ(id_shape("91350100M000100Y43", false), IdType::uscc);
  EXPECT_EQ(id_shape("11010519491231002X", false), IdType::citizen);
  EXPECT_EQ(id_shape("124305007654321098", false), IdType::uscc);
  EXPECT_EQ(id_shape("110105194999990021", true), IdType::citizen);
  EXPECT_EQ(id_shape("110108000000016", false), IdType::licence);
  EXPECT_EQ(id_shape("430502640229001", true), IdType::citizen);
  EXPECT_EQ(id_shape("D2143569X", false), IdType::orgcode);
  EXPECT_EQ(id_shape("13900000000", false), std::nullopt);
  EXPECT_EQ(id_shape("无", false), std::nullopt);
}

TEST(IdType, IsReadFromTheWordsOfForms) {
  EXPECT_EQ(id_type_from("统一社会信用代码"), IdType::uscc);
  EXPECT_EQ(id_type_from("营业执照（统一社会信用代码）"), IdType::uscc);
  EXPECT_EQ(id_type_from("组织机构代码证"), IdType::orgcode);
  EXPECT_EQ(id_type_from("营业执照注册号"), IdType::licence);
  EXPECT_EQ(id_type_from("居民身份证"), IdType::citizen);
  for (const IdType type : {IdType::uscc, IdType::orgcode, IdType::licence, IdType::citizen}) {
    EXPECT_EQ(id_type_from(to_string(type)), type);
  }
  EXPECT_EQ(id_type_from("护照"), std::nullopt);
}

TEST(Mask, ShowsSixAndFourAtMost) {
  EXPECT_EQ(mask_id("11010519491231002X"), "110105********002X");
  EXPECT_EQ(mask_id("110108000000016"), "11010*******016");
  EXPECT_EQ(mask_id("D2143569X"), "D21****9X");
  EXPECT_EQ(mask_id(""), "");
}

TEST(Mask, FindsNumbersInText) {
  EXPECT_EQ(mask_numbers("身份证11010519491231002X，电话13900000000"),
            "身份证110105********002X，电话139******00");
  EXPECT_EQ(mask_numbers("代码 91350100M000100Y43。"), "代码 913501********0Y43。");
  EXPECT_EQ(mask_numbers("2018-08-20 13900000000"), "2018-0************0000");
  EXPECT_EQ(mask_numbers("430502 19640229 0012"), "430502**********0012");
  EXPECT_EQ(mask_numbers("2018-08-20 09:30, 第18位, 登记表1"), "2018-08-20 09:30, 第18位, 登记表1");
}

TEST(MaskNumbers, MasksNumbersThatWordsStickTo) {
  EXPECT_EQ(mask_numbers("430502198001010013scan.jpg").find("198001010013"), std::string::npos);
}

}  // namespace dengji
