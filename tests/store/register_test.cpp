#include "store/register.hpp"

#include "store/audit.hpp"
#include "tests/store/support.hpp"

namespace dengji {

using RegisterTest = StoreTest;

TEST_F(RegisterTest, AMessageIsKnownByItsKeyAndByItsBytes) {
  EXPECT_FALSE(reg.has("east-inbox", "7", "1"));
  EXPECT_EQ(reg.receive(mail(1)), Received::added);
  EXPECT_EQ(reg.receive(mail(1)), Received::known);
  EXPECT_TRUE(reg.has("east-inbox", "7", "1"));

  Incoming moved = mail(1);
  moved.uidvalidity = "8";
  EXPECT_EQ(reg.receive(moved), Received::known);
  EXPECT_TRUE(reg.has("east-inbox", "8", "1"));  // not fetched again at each poll

  Incoming elsewhere = mail(1);
  elsewhere.account = "west-inbox";
  EXPECT_EQ(reg.receive(elsewhere), Received::added);
}

TEST_F(RegisterTest, ANumberIsGivenAndTheReplyOwed) {
  const Id message = receive_and_claim(1);
  const auto filed =
      reg.settle(settlement(message, {accepted("甲网"), accepted("乙网")}), composing("a@x"));
  ASSERT_EQ(filed.size(), 2u);
  EXPECT_EQ(filed[0].number, "DQ2018-00001");
  EXPECT_EQ(filed[1].number, "DQ2018-00002");
  EXPECT_EQ(filed[1].version, 1);
  const auto owed = outbox.next(noon + 61);
  ASSERT_TRUE(owed);
  EXPECT_EQ(owed->letter.bytes, letter("a@x").bytes);
  EXPECT_EQ(owed->letter.message_id, "<a@x>");
  EXPECT_EQ(verify_audit(database), std::nullopt);
}

}  // namespace dengji
