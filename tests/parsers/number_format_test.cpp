#include "parsers/number_format.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace dengji {
namespace {

using Kind = NumberFormat::Kind;

std::string plain(double value) { return show_number(value, {}, DateSystem::from_1900); }
std::string as(const std::string& code, double value) {
  return show_number(value, parse_format(code), DateSystem::from_1900);
}

TEST(NumberFormat, NumbersHaveFifteenDigitsAndNoExponent) {
  EXPECT_EQ(plain(0), "0");
  EXPECT_EQ(plain(-0.0), "0");
  EXPECT_EQ(plain(12), "12");
  EXPECT_EQ(plain(-1.5), "-1.5");
  EXPECT_EQ(plain(0.1 + 0.2), "0.3");
  EXPECT_EQ(plain(0.000012), "0.000012");
  EXPECT_EQ(plain(13900001234), "13900001234");
  EXPECT_EQ(plain(430502197001011234.0), "430502197001011000") << "a spreadsheet keeps 15 digits";
  EXPECT_EQ(plain(1e300), "1e300");
  EXPECT_EQ(plain(1.25e-300), "125e-302");
  EXPECT_EQ(plain(std::numeric_limits<double>::infinity()), "");
  EXPECT_EQ(plain(std::nan("")), "");
}

TEST(NumberFormat, BuiltInOnes) {
  for (const unsigned date : {14u, 17u, 22u, 27u, 31u, 36u, 50u, 54u, 57u, 58u}) {
    EXPECT_EQ(builtin_format(date).kind, Kind::date) << date;
  }
  for (const unsigned time : {18u, 21u, 32u, 35u, 45u, 47u, 55u, 56u}) {
    EXPECT_EQ(builtin_format(time).kind, Kind::time) << time;
  }
  for (const unsigned plain : {0u, 1u, 13u, 23u, 37u, 49u, 59u, 4000u}) {
    EXPECT_EQ(builtin_format(plain).kind, Kind::plain) << plain;
  }
}

TEST(NumberFormat, CodesOfDatesAndTimes) {
  for (const char* code : {"yyyy\\-mm\\-dd", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "m/d", "mmm\\-yy",
                           "[DBNum1][$-804]yyyy\"年\"m\"月\"", "e\"年\"", "yyyy/m/d h:mm", "D"}) {
    EXPECT_EQ(parse_format(code).kind, Kind::date) << code;
  }
  for (const char* code : {"h:mm", "mm:ss", "[h]:mm:ss", "h:mm AM/PM", "[mm]"}) {
    EXPECT_EQ(parse_format(code).kind, Kind::time) << code;
  }
  for (const char* code : {"General", "0.00E+00", "#,##0.00_);[Red]\\(#,##0.00\\)", "@", "0\"d\"",
                           "\"yyyy\"", "0_d", "[Red]0", "", "\"", "\\", "[", "0;yyyy"}) {
    EXPECT_NE(parse_format(code).kind, Kind::date) << code;
    EXPECT_NE(parse_format(code).kind, Kind::time) << code;
  }
}

TEST(NumberFormat, DatesOfBothSystems) {
  EXPECT_EQ(as("yyyy-m-d", 43332), "2018-08-20");
  EXPECT_EQ(as("yyyy-m-d", 43332.75), "2018-08-20");
  EXPECT_EQ(as("yyyy-m-d", 1), "1900-01-01");
  EXPECT_EQ(as("yyyy-m-d", 59), "1900-02-28");
  EXPECT_EQ(as("yyyy-m-d", 61), "1900-03-01");
  EXPECT_EQ(as("yyyy-m-d", 2958465), "9999-12-31");
  EXPECT_EQ(show_number(41870, builtin_format(14), DateSystem::from_1904), "2018-08-20");
}

TEST(NumberFormat, WhatIsNoDayStaysANumber) {
  EXPECT_EQ(as("yyyy-m-d", -1), "-1");
  EXPECT_EQ(as("yyyy-m-d", 2958466), "2958466");
  EXPECT_EQ(as("yyyy-m-d", 20180820), "20180820");
  EXPECT_EQ(as("yyyy-m-d", 1e300), "1e300");
  EXPECT_EQ(as("yyyy-m-d", std::nan("")), "");
}

TEST(NumberFormat, TimesAndLeadingZeros) {
  EXPECT_EQ(as("h:mm", 0.375), "09:00");
  EXPECT_EQ(as("h:mm:ss", 0.5 + 1.0 / 86400), "12:00:01");
  EXPECT_EQ(as("h:mm", 0.9999999), "00:00");
  EXPECT_EQ(as("h:mm", 43332.5), "2018-08-20");
  EXPECT_EQ(as("00000000000", 7395300001), "07395300001");
  EXPECT_EQ(as("000", -5), "-5");
  EXPECT_EQ(as("000", 1.5), "1.5");
  EXPECT_EQ(as(std::string(1000, '0'), 1), "00000000000000000001");
}

}  // namespace
}  // namespace dengji
