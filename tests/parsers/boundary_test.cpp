#include "parsers/boundary.hpp"

#include <gtest/gtest.h>

#include "parsers/limits.hpp"

namespace dengji {

TEST(Delimiter, IsALineThatBeginsWithABoundary) {
  const std::vector<OpenPart> open{{"--b", "", false}, {"", "", false}, {"--bb", "", false}};
  const auto told = [&open](std::string_view line) -> std::string {
    const auto found = delimiter(open, line);
    return found ? std::to_string(found->level) + (found->closing ? " closes" : "") : "none";
  };
  EXPECT_EQ(told("--b"), "0");
  EXPECT_EQ(told("--bb \t"), "2");
  EXPECT_EQ(told("--b and words"), "0");
  EXPECT_EQ(told("--bb--"), "2 closes");
  EXPECT_EQ(told("--b -- and words"), "0 closes");
  for (const char* line : {"", "b", "-b", "--", "--bc", "--bb-", "--bbb--", " --b", "--b--c"}) {
    EXPECT_EQ(told(line), "none") << line;
  }
}

TEST(UsedBoundary, IsTheNamedOneWhereItComes) {
  EXPECT_EQ(used_boundary("b", "preamble\r\n--b\r\n", {}), "b");
  EXPECT_EQ(used_boundary("b", "--x\r\nContent-Type: text/plain\r\n--b\r\n", {}), "b");
  EXPECT_EQ(used_boundary("b", "--b--\r\n--b\r\n", {}), "");  // it closes what never opened
  EXPECT_EQ(used_boundary("b", "text", {}), "");
}

TEST(UsedBoundary, IsGuessedWhereTheNamedOneNeverComes) {
  const std::string parts = "--xyz \r\ncontent-type: text/plain\r\n\r\n1\r\n--xyz--\r\n";
  EXPECT_EQ(used_boundary("", parts, {}), "xyz");
  EXPECT_EQ(used_boundary("b", parts, {}), "xyz");
  EXPECT_EQ(used_boundary("b", "-----Original Message-----\r\nFrom: y\r\n", {}), "");
  EXPECT_EQ(used_boundary("b", "--" + std::string(300, 'x') + "\r\nContent-Type: a/b\r\n", {}), "");
  EXPECT_EQ(used_boundary("b", parts, {{"--xyz", "", false}}), "");  // of the multipart around
}

TEST(UsedBoundary, IsNotLookedForBehindAPreambleOverTheLimit) {
  const std::string preamble(limits::header_block_bytes - 10, 'x');
  EXPECT_EQ(used_boundary("b", preamble + "\r\n--b\r\n", {}), "b");
  EXPECT_EQ(used_boundary("b", preamble + "xxxxxxxxxx\r\n--b\r\n", {}), "");
}

}  // namespace dengji
