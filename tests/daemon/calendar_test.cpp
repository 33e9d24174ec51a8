#include "daemon/calendar.hpp"

#include <gtest/gtest.h>

namespace dengji {

constexpr std::int64_t morning = 1534728600;  // 2018-08-20 09:30:00 in UTC+8

TEST(Calendar, ReckonsInTheOfficesZone) {
  EXPECT_EQ(day_of(morning), "2018-08-20");
  EXPECT_EQ(day_of(morning - 9 * 3600 - 1801), "2018-08-19");
  EXPECT_EQ(rfc3339(morning), "2018-08-20T09:30:00+08:00");
  EXPECT_EQ(rfc5322_date(morning), "Mon, 20 Aug 2018 09:30:00 +0800");
}

TEST(Calendar, ReadsAnyOffset) {
  EXPECT_EQ(seconds_of("2018-08-20T09:30:00+08:00"), morning);
  EXPECT_EQ(seconds_of("2018-08-20T01:30:00Z"), morning);
  EXPECT_EQ(seconds_of("2018-08-19T22:00:00.250-03:30"), morning);
}

TEST(Calendar, RefusesWhatIsNoTime) {
  for (const auto* text :
       {"", "2018-08-20", "2018-13-20T09:30:00Z", "2018-08-20T09:30:00", "2018-08-20T0a:30:00Z",
        "2018-08-20T09:30:00+8", "20180820T093000Z......."})
    EXPECT_FALSE(seconds_of(text)) << text;
}

TEST(Calendar, CountsDaysBetweenRealDays) {
  EXPECT_EQ(days_between("2018-08-20", "2018-09-20"), 31);
  EXPECT_EQ(days_between("2018-03-01", "2018-02-28"), -1);
  EXPECT_EQ(days_between("2016-02-28", "2016-03-01"), 2);
  EXPECT_FALSE(days_between("2018-02-29", "2018-03-01"));
  EXPECT_FALSE(days_between("long", "2018-03-01"));
}

}  // namespace dengji
