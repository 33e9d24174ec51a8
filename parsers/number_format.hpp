// What a spreadsheet shows for a number: a date, a time, leading zeros, else the number itself.
// Formats by their built-in number (ECMA-376 part 1 18.8.30, with the Chinese ones 27-36 and 50-58)
// or by their code ("yyyy\-mm\-dd", 18.8.31).
#pragma once
#include <string>
#include <string_view>

namespace dengji {

struct NumberFormat {
  enum class Kind { plain, date, time, zeros } kind = Kind::plain;
  int digits = 0;  // of zeros: at least so many are shown
};

NumberFormat builtin_format(unsigned number);
NumberFormat parse_format(std::string_view code);

enum class DateSystem { from_1900, from_1904 };  // which day is 1

// A date as YYYY-MM-DD, a time as HH:MM or HH:MM:SS; numbers with the 15 digits that a spreadsheet
// keeps, without an exponent up to 40 of them. A number that is no day of the calendar is shown as
// a number.
std::string show_number(double value, const NumberFormat& format, DateSystem system);

}  // namespace dengji
