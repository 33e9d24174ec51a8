#include "store/search.hpp"

#include "store/queue.hpp"
#include "tests/store/support.hpp"

namespace dengji {
namespace {

TEST(SearchWords, ChineseIsKeptInPairsAndTheRestAsItIs) {
  EXPECT_EQ(index_words("石桥网Ab.cd"), "石桥 桥网 网 ab.cd ");
  EXPECT_EQ(match_words("石桥网"), "\"石桥 桥网 \" ");
  EXPECT_EQ(match_words("石 SQ2018-0"), "\"石\" * \"sq2018-0\" * ");
  EXPECT_EQ(match_words(" \"\" "), "");
}

struct SearchTest : StoreTest {
  Queue queue{database};

  std::size_t found(const std::string& text) {
    QueueFilter filter;
    filter.text = text;
    return queue.search(filter).size();
  }
};

TEST_F(SearchTest, PartsOfNamesNumbersAndSendersAreFound) {
  reg.settle(settlement(receive_and_claim(1), {accepted("石桥便民网")}), nullptr);
  for (const std::string text :
       {"石桥", "便民", "民网", "网", "石桥便民网", "某某网络", "DQ2018-00001", "dq2018",
        "li@company", "company.ex", "便民 DQ2018", "91430500MA4L0000X1"})
    EXPECT_EQ(found(text), 1u) << text;
  for (const std::string text :
       {"石网", "桥石", "DQ2019", "\"", "* OR 1", "91430500MA4L0000X2", "AND"})
    EXPECT_EQ(found(text), 0u) << text;
}

TEST_F(SearchTest, WhatWasStoredBeforeTheIndexIsFoundOnceItIsMade) {
  reg.settle(settlement(receive_and_claim(1), {accepted("石桥便民网")}), nullptr);
  database.execute("DELETE FROM submission_words");
  EXPECT_EQ(found("石桥"), 0u);
  index_missing(database);
  EXPECT_EQ(found("石桥"), 1u);
}

}  // namespace
}  // namespace dengji
