#include "ocr/lookalike.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace dengji {
namespace {

struct Pair {
  char letter, digit;
};
constexpr std::array look_alike = {Pair{'O', '0'}, Pair{'I', '1'}, Pair{'S', '5'}, Pair{'Z', '2'}};
constexpr std::size_t same_shape = 2;     // O and I: alike wherever both may stand
constexpr std::size_t most_doubtful = 4;  // characters of an organisation code that may be either

std::string as_digits(std::string_view text, std::size_t pairs) {
  std::string folded(text);
  for (std::size_t i = 0; i < pairs; ++i)
    std::replace(folded.begin(), folded.end(), look_alike[i].letter, look_alike[i].digit);
  return folded;
}

// Letters that look like digits may be meant only in an organisation code.
std::size_t pairs_in(std::string_view number) {
  return number.size() == 9 ? same_shape : look_alike.size();
}

char other_way(char c) {
  for (std::size_t i = 0; i < same_shape; ++i) {
    if (c == look_alike[i].letter) return look_alike[i].digit;
    if (c == look_alike[i].digit) return look_alike[i].letter;
  }
  return c;
}

// The one way of reading its O and I that the check digit allows, else `code`.
std::string as_checked(std::string code) {
  if (check_id(IdType::orgcode, code).ok()) return code;
  std::vector<std::size_t> doubtful;
  for (std::size_t i = 0; i < code.size(); ++i)
    if (other_way(code[i]) != code[i]) doubtful.push_back(i);
  if (doubtful.size() > most_doubtful) return code;
  std::string right;
  for (unsigned ways = 1; ways < 1U << doubtful.size(); ++ways) {
    auto other = code;
    for (std::size_t k = 0; k < doubtful.size(); ++k)
      if ((ways >> k & 1U) != 0) other[doubtful[k]] = other_way(code[doubtful[k]]);
    if (!check_id(IdType::orgcode, other).ok()) continue;
    if (!right.empty()) return code;
    right = std::move(other);
  }
  return right.empty() ? code : right;
}

}  // namespace

std::string_view readable(IdType type) {
  switch (type) {
    case IdType::citizen:
      return "0123456789X";
    case IdType::orgcode:
      return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    case IdType::licence:
    case IdType::uscc:
      break;
  }
  return "0123456789ABCDEFGHIJKLMNOPQRSTUWXYZ";
}

std::string as_number(IdType type, std::string reading) {
  if (reading.size() == 9 && type == IdType::orgcode) return as_checked(std::move(reading));
  return as_digits(reading, pairs_in(reading));
}

std::size_t find_number(std::string_view reading, std::string_view number) {
  const auto pairs = pairs_in(number);
  return as_digits(reading, pairs).find(as_digits(number, pairs));
}

}  // namespace dengji
