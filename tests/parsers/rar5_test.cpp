#include "parsers/rar5.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/parsers/fixtures.hpp"

namespace dengji {

using namespace std::string_literals;

TEST(Rar5, TellsThatItHasAPassword) {
  EXPECT_TRUE(is_encrypted_rar5(test_data("archives/rar5-password.rar")));
  EXPECT_TRUE(is_encrypted_rar5(test_data("archives/rar5-headers.rar")));
  EXPECT_FALSE(is_encrypted_rar5(test_data("archives/rar5-plain.rar")));
  EXPECT_FALSE(is_encrypted_rar5(test_data("archives/rar5-solid.rar")));
  EXPECT_FALSE(is_encrypted_rar5(test_data("archives/rar4-password.rar")));  // libarchive's to tell
}

TEST(Rar5, EndsOnAnyBytes) {
  const std::string whole = test_data("archives/rar5-password.rar");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const bool any = is_encrypted_rar5(whole.substr(0, length));
    EXPECT_TRUE(!any || length > 8) << length;
  }
  const std::string start = "Rar!\x1A\x07\x01\0"s;
  EXPECT_FALSE(is_encrypted_rar5(start));
  EXPECT_FALSE(is_encrypted_rar5(start + std::string(100'000, '\0')));
  EXPECT_FALSE(is_encrypted_rar5(start + std::string(100'000, '\xFF')));
  EXPECT_FALSE(is_encrypted_rar5(start + "crc.\x05\x02\x03\xFF\xFF\x7F"));
}

}  // namespace dengji
