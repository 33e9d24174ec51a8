#include "daemon/text_table.hpp"

#include <gtest/gtest.h>

namespace dengji {

TEST(TextTable, LinesUpChineseAndLatin) {
  TextTable table({"platform", "n"});
  table.add({"邵阳夜话", "1"});
  table.add({"a", "23"});
  table.add({"", ""});
  EXPECT_EQ(table.text(), "platform  n\n邵阳夜话  1\na         23\n\n");
}

}  // namespace dengji
