// A calendar date as people write it. Pure; any bytes in.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

// A date in any usual writing (2018-8-20, 2018.8.20, 2018/8/20, 2018年8月20日, 20180820,
// 二〇一八年八月二十日, full width, blanks anywhere) as YYYY-MM-DD; none where it is no date, a
// part of one (2018年8月) or a day that the calendar does not have.
std::optional<std::string> read_date(std::string_view text);

}  // namespace dengji
