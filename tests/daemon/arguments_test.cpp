#include "daemon/arguments.hpp"

#include <gtest/gtest.h>

#include <array>

namespace dengji {
namespace {

template <std::size_t N>
Arguments parse(const std::array<const char*, N>& words) {
  return {static_cast<int>(N), words.data(), {"office"}, {"json"}};
}

TEST(Arguments, TakesOptionsAnywhereAndBothSpellings) {
  const auto a = parse(std::array{"check", "one", "--office", "city", "--json", "-"});
  EXPECT_EQ(a.value("office"), "city");
  EXPECT_TRUE(a.has("json"));
  EXPECT_EQ(a.words(), (std::vector<std::string>{"one", "-"}));
  EXPECT_EQ(parse(std::array{"check", "--office=city"}).value("office"), "city");
}

TEST(Arguments, EndsOptionsAtTwoDashes) {
  EXPECT_EQ(parse(std::array{"check", "--", "--json"}).words(), std::vector<std::string>{"--json"});
}

TEST(Arguments, SaysWhatIsWrong) {
  EXPECT_THROW(parse(std::array{"check", "--colour"}), UsageError);
  EXPECT_THROW(parse(std::array{"check", "--office"}), UsageError);
  EXPECT_THROW(parse(std::array{"check", "--json=yes"}), UsageError);
}

}  // namespace
}  // namespace dengji
