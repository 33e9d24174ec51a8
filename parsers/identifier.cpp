#include "parsers/identifier.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::string_view uscc_characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
constexpr std::string_view uscc_authorities = "123456789ANY";
// GB/T 2260, first two digits; 83 is on residence permits of Taiwan, 10 is the State itself.
constexpr std::string_view provinces =
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 "
    "61 62 63 64 65 71 81 82 83";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
int digit(char c) { return c - '0'; }

bool all_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

// No prefix of a county is refused: areas were renamed and renumbered for sixty years.
bool is_province(std::string_view two) {
  return two.size() == 2 && provinces.find(two) != std::string_view::npos;
}

bool is_area(std::string_view number) {
  return is_province(number.substr(0, 2)) || number.substr(0, 2) == "10";
}

int number_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits) value = value * 10 + digit(c);
  return value;
}

bool is_birth_date(int year, int month, int day) {
  constexpr std::array<int, 12> days{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1880 || year > 2099 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  const int last = days[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
  return day <= last;
}

bool is_birth_date(std::string_view eight) {
  return is_birth_date(number_of(eight.substr(0, 4)), number_of(eight.substr(4, 2)),
                       number_of(eight.substr(6, 2)));
}

char uscc_check(std::string_view number) {
  std::size_t sum = 0, weight = 1;
  for (const char c : number.substr(0, 17)) {
    sum += uscc_characters.find(c) * weight;
    weight = weight * 3 % 31;
  }
  return uscc_characters[(31 - sum % 31) % 31];
}

char orgcode_check(std::string_view number) {
  constexpr std::array<int, 8> weights{3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    sum += (is_digit(number[i]) ? digit(number[i]) : number[i] - 'A' + 10) * weights[i];
  }
  return "0X987654321"[sum % 11];
}

char licence_check(std::string_view number) {  // ISO 7064, hybrid system MOD 11,10
  int product = 10;
  for (const char c : number.substr(0, 14)) {
    const int sum = (digit(c) + product) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return static_cast<char>('0' + (11 - product) % 10);
}

char citizen_check(std::string_view number) {  // ISO 7064, MOD 11-2
  int sum = 0;
  for (const char c : number.substr(0, 17)) sum = (sum + digit(c)) * 2 % 11;
  return "10X98765432"[sum];
}

IdCheck fault(IdFault what, std::size_t position) {
  return {.fault = what, .position = static_cast<int>(position)};
}

// The first character of `number` that `allowed` refuses, as a fault; ok if there is none.
template <class Predicate>
IdCheck characters(std::string_view number, Predicate allowed) {
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (!allowed(i, number[i])) return fault(IdFault::character, i + 1);
  }
  return {};
}

IdCheck against(std::string_view number, char expected) {
  if (number.back() == expected) return {};
  IdCheck check = fault(IdFault::check, number.size());
  check.expected = expected;
  return check;
}

// The organisation code inside (positions 9 to 17) has a check character of its own, which issuers
// did not always keep to; the last character covers it anyway.
IdCheck check_uscc(std::string_view number) {
  if (number.size() != 18) return fault(IdFault::length, 0);
  const IdCheck check = characters(number, [](std::size_t i, char c) {
    if (i == 0) return uscc_authorities.find(c) != std::string_view::npos;
    return i >= 2 && i < 8 ? is_digit(c) : uscc_characters.find(c) != std::string_view::npos;
  });
  if (!check.ok()) return check;
  if (!is_area(number.substr(2))) return fault(IdFault::area, 3);
  return against(number, uscc_check(number));
}

IdCheck check_orgcode(std::string_view number) {
  if (number.size() != 9) return fault(IdFault::length, 0);
  const IdCheck check = characters(number, [](std::size_t i, char c) {
    return is_digit(c) || (i < 8 ? is_capital(c) : c == 'X');
  });
  return check.ok() ? against(number, orgcode_check(number)) : check;
}

IdCheck check_licence(std::string_view number) {
  if (number.size() != 15) return fault(IdFault::length, 0);
  const IdCheck check = characters(number, [](std::size_t, char c) { return is_digit(c); });
  if (!check.ok()) return check;
  if (!is_area(number)) return fault(IdFault::area, 1);
  return against(number, licence_check(number));
}

IdCheck check_old_citizen(std::string_view number) {
  IdCheck check = characters(number, [](std::size_t, char c) { return is_digit(c); });
  if (check.ok() && !is_province(number.substr(0, 2))) check = fault(IdFault::area, 1);
  if (check.ok() && !is_birth_date("19" + std::string(number.substr(6, 6)))) {
    check = fault(IdFault::date, 7);
  }
  check.old_form = true;
  return check;
}

IdCheck check_citizen(std::string_view number) {
  if (number.size() == 15) return check_old_citizen(number);
  if (number.size() != 18) return fault(IdFault::length, 0);
  const IdCheck check = characters(
      number, [](std::size_t i, char c) { return is_digit(c) || (i == 17 && c == 'X'); });
  if (!check.ok()) return check;
  if (!is_province(number.substr(0, 2))) return fault(IdFault::area, 1);
  if (!is_birth_date(number.substr(6, 8))) return fault(IdFault::date, 7);
  return against(number, citizen_check(number));
}

// 17 digits and a digit or X: a citizen's number, or a code that happens to have no letters. Only
// the former has a date of birth at 7.
bool is_citizen_shape(std::string_view number, bool person) {
  if (!all_digits(number.substr(0, 17)) || !(is_digit(number[17]) || number[17] == 'X')) {
    return false;
  }
  return person || (is_province(number.substr(0, 2)) && is_birth_date(number.substr(6, 8)));
}

bool is_dash(char32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0x30FC || c == 0x2E3A;
}

bool is_alphanumeric(char c) { return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z'); }

// The end of the number that starts at `at`: letters and digits, also in groups of digits divided
// by single blanks or dashes.
std::size_t number_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (is_alphanumeric(text[at])) {
      ++at;
    } else if ((text[at] == ' ' || text[at] == '-') && at + 1 < text.size() &&
               is_digit(text[at - 1]) && is_digit(text[at + 1])) {
      at += 2;
    } else {
      break;
    }
  }
  return at;
}

std::size_t longest_digits(std::string_view run) {
  std::size_t longest = 0, length = 0;
  for (const char c : run) {
    length = is_digit(c) ? length + 1 : 0;
    longest = std::max(longest, length);
  }
  return longest;
}

bool must_be_masked(std::string_view run) {
  const auto digits = static_cast<std::size_t>(std::count_if(run.begin(), run.end(), is_digit));
  const auto others = static_cast<std::size_t>(std::count_if(
      run.begin(), run.end(), [](char c) { return is_alphanumeric(c) && !is_digit(c); }));
  const std::size_t longest = longest_digits(run);
  // Words may stick to a number; a digest is letters and digits by turns.
  if (longest >= 11) return others <= 1 || run.size() <= 20 || longest * 2 > run.size();
  // A code with letters has 18 characters; longer mixtures are digests and message numbers.
  return digits + others < run.size() ? digits >= 15 : run.size() == 18 && digits >= 8;
}

}  // namespace

std::string_view to_string(IdType type) {
  switch (type) {
    case IdType::uscc:
      return "uscc";
    case IdType::orgcode:
      return "orgcode";
    case IdType::licence:
      return "licence";
    case IdType::citizen:
      return "citizen";
  }
  return "";
}

std::optional<IdType> id_type_from(std::string_view word) {
  struct Word {
    std::string_view part;
    IdType type;
  };
  // The order matters: a licence may carry the credit code, and then the code is meant.
  static constexpr std::array<Word, 13> words{{{"uscc", IdType::uscc},
                                               {"信用代码", IdType::uscc},
                                               {"三证合一", IdType::uscc},
                                               {"社会信用", IdType::uscc},
                                               {"orgcode", IdType::orgcode},
                                               {"机构代码", IdType::orgcode},
                                               {"citizen", IdType::citizen},
                                               {"身份证", IdType::citizen},
                                               {"身份号码", IdType::citizen},
                                               {"licence", IdType::licence},
                                               {"营业执照", IdType::licence},
                                               {"工商", IdType::licence},
                                               {"注册号", IdType::licence}}};
  const std::string folded = fold_name(word);
  for (const Word& known : words) {
    if (folded.find(known.part) != std::string::npos) return known.type;
  }
  return std::nullopt;
}

std::string canonical_id(std::string_view typed) {
  std::u32string text = code_points(squeeze(fold_width(typed)));
  std::erase_if(text, is_dash);
  for (char32_t& c : text) {
    if (c >= 'a' && c <= 'z') c -= 'a' - 'A';
  }
  return from_code_points(text);
}

IdCheck check_id(IdType type, std::string_view canonical) {
  switch (type) {
    case IdType::uscc:
      return check_uscc(canonical);
    case IdType::orgcode:
      return check_orgcode(canonical);
    case IdType::licence:
      return check_licence(canonical);
    case IdType::citizen:
      return check_citizen(canonical);
  }
  return fault(IdFault::character, 0);
}

std::optional<IdType> id_shape(std::string_view canonical, bool person) {
  const bool plain = std::all_of(canonical.begin(), canonical.end(),
                                 [](char c) { return is_digit(c) || is_capital(c); });
  if (!plain) return std::nullopt;
  if (canonical.size() == 18) {
    return is_citizen_shape(canonical, person) ? IdType::citizen : IdType::uscc;
  }
  if (canonical.size() == 15 && all_digits(canonical)) {
    return person ? IdType::citizen : IdType::licence;
  }
  if (canonical.size() == 9 && (is_digit(canonical[8]) || canonical[8] == 'X')) {
    return IdType::orgcode;
  }
  return std::nullopt;
}

std::string mask_id(std::string_view number) {
  const std::u32string text = code_points(number);
  const std::size_t head = std::min<std::size_t>(6, text.size() / 3);
  const std::size_t tail = std::min<std::size_t>(4, text.size() / 4);
  std::u32string masked(text.size(), U'*');
  std::copy_n(text.begin(), head, masked.begin());
  std::copy_n(text.rbegin(), tail, masked.rbegin());
  return from_code_points(masked);
}

std::string mask_numbers(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_alphanumeric(text[at])) {
      out += text[at++];
      continue;
    }
    const std::size_t end = number_end(text, at);
    const std::string_view run = text.substr(at, end - at);
    out += must_be_masked(run) ? mask_id(run) : std::string(run);
    at = end;
  }
  return out;
}

}  // namespace dengji
