#include "ocr/lookalike.hpp"

#include <gtest/gtest.h>

namespace dengji {
namespace {

constexpr auto npos = std::string::npos;

TEST(AsNumber, TakesLettersThatTheKindCannotHoldForDigits) {
  EXPECT_EQ(as_number(IdType::uscc, "I2430500MB1Z34S67N"), "12430500MB1234567N");
  EXPECT_EQ(as_number(IdType::citizen, "43O500I98003070017"), "430500198003070017");
  EXPECT_EQ(as_number(IdType::uscc, "12430500MBQ234567N"), "12430500MBQ234567N");
  EXPECT_EQ(as_number(IdType::uscc, ""), "");
}

TEST(AsNumber, AsksTheCheckDigitOfAnOrganisationCode) {
  ASSERT_TRUE(check_id(IdType::orgcode, "0PRTY1UF9").ok());
  EXPECT_EQ(as_number(IdType::orgcode, "OPRTY1UF9"), "0PRTY1UF9");
  EXPECT_EQ(as_number(IdType::orgcode, "0PRTY1UF9"), "0PRTY1UF9");
  EXPECT_EQ(as_number(IdType::orgcode, "OPRTY1UF8"), "OPRTY1UF8");  // neither way is right
  EXPECT_EQ(as_number(IdType::orgcode, "OOOOOIIII"), "OOOOOIIII");  // could be anything
}

TEST(FindNumber, OverlooksLettersThatLookLikeDigits) {
  EXPECT_EQ(find_number("代码91430522HBBJOEO42A", "91430522HBBJ0E042A"), 6u);
  EXPECT_EQ(find_number("91430522HBBJQE042A", "91430522HBBJ0E042A"), npos);
  EXPECT_EQ(find_number("C2KONDR63", "C2K0NDR63"), 0u);
  EXPECT_EQ(find_number("C2K0NDR63", "C2KONDR63"), 0u);
  EXPECT_EQ(find_number("SC2K0NDR6", "5C2K0NDR6"), npos);  // a letter of its own here
}

}  // namespace
}  // namespace dengji
