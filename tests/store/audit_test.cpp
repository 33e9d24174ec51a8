#include "store/audit.hpp"

#include "store/secret.hpp"
#include "tests/store/support.hpp"

namespace dengji {

class AuditTest : public StoreTest {
 protected:
  void append(const std::string& detail) {
    Transaction transaction(database);
    append_audit(database, {noon, "wang", "note", 0, detail});
    transaction.commit();
  }
};

TEST_F(AuditTest, AnEmptyOneIsWhole) { EXPECT_EQ(verify_audit(database), std::nullopt); }

TEST_F(AuditTest, EachWriteLeavesARow) {
  const Id message = receive_and_claim(1);
  reg.settle(settlement(message, {accepted("甲网")}), composing("a@x"));
  outbox.sent(outbox.next(noon + 60)->id, noon + 61);
  reg.requeue(message, noon + 70, "wang");
  std::vector<std::string> actions;
  for (const auto& row : database.query("SELECT actor, action FROM audit ORDER BY id")) {
    actions.push_back(row.text(0) + ' ' + row.text(1));
  }
  EXPECT_EQ(actions, (std::vector<std::string>{"dengjid receive", "dengjid decide",
                                               "dengjid settle", "dengjid sent", "wang requeue"}));
  EXPECT_EQ(verify_audit(database), std::nullopt);
}

TEST_F(AuditTest, ARowThatWasChangedShows) {
  for (const char* detail : {"one", "two", "three"}) append(detail);
  for (const char* change : {"detail = 'other'", "at = at + 1", "actor = 'zhao'", "message = 9"}) {
    Transaction undone(database);
    database.execute(std::string("UPDATE audit SET ") + change + " WHERE id = 2");
    EXPECT_EQ(verify_audit(database), 2) << change;
  }
  EXPECT_EQ(verify_audit(database), std::nullopt);
}

TEST_F(AuditTest, ARowTakenOutShows) {
  for (const char* detail : {"one", "two", "three"}) append(detail);
  database.execute("DELETE FROM audit WHERE id = 2");
  EXPECT_EQ(verify_audit(database), 3);
}

TEST_F(AuditTest, RowsCutOffTheEndShow) {
  for (const char* detail : {"one", "two", "three"}) append(detail);
  database.execute("DELETE FROM audit WHERE id = 3");
  EXPECT_EQ(verify_audit(database), 0);
  database.execute("DELETE FROM audit");
  EXPECT_EQ(verify_audit(database), 0);
}

TEST_F(AuditTest, AHeadThatWasResetShows) {
  append("one");
  database.execute("UPDATE meta SET number = 0, text = '' WHERE name = 'audit-head'");
  EXPECT_EQ(verify_audit(database), 0);
}

TEST_F(AuditTest, ARowPutInWithoutTheKeyShows) {
  append("one");
  database.execute(
      "INSERT INTO audit (id, at, actor, action, message, detail, mac)"
      " VALUES (2, 0, 'x', 'x', 0, 'x', $1)",
      {hmac_hex("not the key", "x")});
  EXPECT_EQ(verify_audit(database), 2);
}

TEST_F(AuditTest, IsCheckedInBatches) {
  {
    Transaction transaction(database);
    for (int n = 0; n < 1200; ++n) append_audit(database, {noon, "wang", "note", 0, "x"});
    transaction.commit();
  }
  EXPECT_EQ(verify_audit(database), std::nullopt);
  database.execute("UPDATE audit SET detail = 'y' WHERE id = 1100");
  EXPECT_EQ(verify_audit(database), 1100);
}

TEST_F(AuditTest, NumbersOfPersonsAreMasked) {
  append("证件 430503199001011230 电话 13900001234");
  const std::string detail = database.query("SELECT detail FROM audit").at(0).text(0);
  EXPECT_EQ(detail.find("430503199001011230"), std::string::npos) << detail;
  EXPECT_EQ(detail.find("13900001234"), std::string::npos) << detail;
  EXPECT_NE(detail.find("430503"), std::string::npos) << detail;

  const Id message = receive_and_claim(1);
  reg.settle(settlement(message, {accepted("热线13900001234")}), {});
  for (const auto& row : database.query("SELECT detail FROM audit")) {
    EXPECT_EQ(row.text(0).find("13900001234"), std::string::npos);
    EXPECT_EQ(row.text(0).find(accepted("x").id_number), std::string::npos);
  }
  EXPECT_EQ(verify_audit(database), std::nullopt);
}

TEST(Secret, AgreesWithThePublishedVector) {  // RFC 4231, test case 2
  EXPECT_EQ(hmac_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace dengji
