#include "parsers/date.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dengji {
namespace {

TEST(ReadDate, AnyUsualWriting) {
  for (const char* text : {"2018-08-20",
                           "2018-8-20",
                           "2018.8.20",
                           "2018/08/20",
                           "2018年8月20日",
                           "2018年08月20号",
                           "２０１８年８月２０日",
                           "２０１８－８－２０",
                           "二〇一八年八月二十日",
                           "二○一八年八月二十日",
                           "二零一八年八月二十日",
                           "20180820",
                           " 2018 年 8 月 20 日 ",
                           "2018年8月20日（星期一）",
                           "2018年8月20",
                           "2018、8、20",
                           "公元2018年8月20日",
                           "2018\\8\\20",
                           "2018-08-20 09:30",
                           "2018年8月20日 9：30",
                           "2018-08-20T09:30:00"}) {
    EXPECT_EQ(read_date(text), "2018-08-20") << text;
  }
}

TEST(ReadDate, ChineseNumeralsOfEveryLength) {
  EXPECT_EQ(read_date("二〇一七年十二月三十一日"), "2017-12-31");
  EXPECT_EQ(read_date("二〇一七年十月十日"), "2017-10-10");
  EXPECT_EQ(read_date("二〇一七年一月二十一日"), "2017-01-21");
  EXPECT_EQ(read_date("贰零壹捌年零捌月贰拾日"), "2018-08-20");
}

TEST(ReadDate, OnlyDaysThatTheCalendarHas) {
  EXPECT_EQ(read_date("2016-02-29"), "2016-02-29");
  for (const char* text : {"2018-02-29", "2018-13-01", "2018-00-10", "2018-04-31", "2018-1-0",
                           "0018-08-20", "2018-256-1", "20181301"}) {
    EXPECT_EQ(read_date(text), std::nullopt) << text;
  }
}

TEST(ReadDate, NoDateOrPartOfOne) {
  for (const char* text : {"", "   ", "年  月  日", "2018年8月", "2018", "8月20日", "无", "-",
                           "2018-08", "2018-08-20至2018-09-20", "18-8-20", "1.2.3", "第2018.8.20号",
                           "2018.8年20", "十", "2018-08-20-01", "99999999999-1-1"}) {
    EXPECT_EQ(read_date(text), std::nullopt) << text;
  }
}

TEST(ReadDate, AnyBytes) {
  EXPECT_EQ(read_date("\xff\xfe\x00"), std::nullopt);
  EXPECT_EQ(read_date(std::string(1'000'000, '1')), std::nullopt);
  EXPECT_EQ(read_date(std::string(60, '1') + "-1-1"), std::nullopt);
}

}  // namespace
}  // namespace dengji
