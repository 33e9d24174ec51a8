#include "store/staff.hpp"

#include "tests/store/support.hpp"

namespace dengji {
namespace {

struct StaffTest : StoreTest {
  Staff staff{database};
  const std::string password = "correct horse";

  void SetUp() override {
    StoreTest::SetUp();
    staff.add({"wang", "王五", StaffRole::clerk, "east", false, false}, password, "root", noon);
  }
};

TEST_F(StaffTest, ASessionBelongsToWhoSignedIn) {
  const auto in = staff.sign_in("wang", password, "", noon);
  ASSERT_EQ(in.result, Staff::SignIn::in);
  const auto session = staff.session(in.token, noon + 1);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->member.office, "east");
  EXPECT_FALSE(session->member.all_offices());
  EXPECT_EQ(session->csrf.size(), 32u);
  EXPECT_FALSE(staff.session("", noon));
  EXPECT_FALSE(staff.session(std::string(64, '0'), noon));
}

TEST_F(StaffTest, ASessionEndsBySilenceByAgeAndBySigningOut) {
  const auto token = staff.sign_in("wang", password, "", noon).token;
  EXPECT_FALSE(staff.session(token, noon + 1801));
  Seconds at = noon;
  for (; at < noon + 12 * 3600; at += 1200) ASSERT_TRUE(staff.session(token, at));
  EXPECT_FALSE(staff.session(token, at));
  const auto other = staff.sign_in("wang", password, "", noon).token;
  staff.sign_out(other);
  EXPECT_FALSE(staff.session(other, noon));
}

TEST_F(StaffTest, TenWrongPasswordsLockTheNameForAWhile) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(staff.sign_in("wang", "wrong", "", noon).result, Staff::SignIn::wrong);
  EXPECT_EQ(staff.sign_in("wang", password, "", noon).result, Staff::SignIn::locked);
  EXPECT_EQ(staff.sign_in("wang", password, "", noon + 901).result, Staff::SignIn::in);
  EXPECT_EQ(staff.sign_in("nobody", password, "", noon).result, Staff::SignIn::wrong);
}

TEST_F(StaffTest, ACodeIsAskedForAndServesOnce) {
  const auto secret = staff.set_code("wang", false, "root", noon);
  EXPECT_EQ(staff.sign_in("wang", password, "", noon).result, Staff::SignIn::code_needed);
  EXPECT_EQ(staff.sign_in("wang", password, "000000", noon).result, Staff::SignIn::wrong);
  const auto code = one_time_code(secret, noon / 30);
  EXPECT_EQ(staff.sign_in("wang", password, code, noon).result, Staff::SignIn::in);
  EXPECT_EQ(staff.sign_in("wang", password, code, noon).result, Staff::SignIn::wrong);
  staff.set_code("wang", true, "root", noon);
  EXPECT_EQ(staff.sign_in("wang", password, "", noon).result, Staff::SignIn::in);
}

TEST_F(StaffTest, CodesAreThoseOfTheRfc) {  // RFC 6238 appendix B, its last six digits
  const std::string secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
  EXPECT_EQ(one_time_code(secret, 59 / 30), "287082");
  EXPECT_EQ(one_time_code(secret, 1111111109 / 30), "081804");
  EXPECT_EQ(one_time_code("1", 1), "");
}

TEST_F(StaffTest, ANewPasswordAndBeingDisabledEndTheSessions) {
  auto token = staff.sign_in("wang", password, "", noon).token;
  staff.set_password("wang", "another phrase", "root", noon);
  EXPECT_FALSE(staff.session(token, noon));
  EXPECT_EQ(staff.sign_in("wang", password, "", noon).result, Staff::SignIn::wrong);
  token = staff.sign_in("wang", "another phrase", "", noon).token;
  staff.set_disabled("wang", true, "root", noon);
  EXPECT_FALSE(staff.session(token, noon));
  EXPECT_EQ(staff.sign_in("wang", "another phrase", "", noon).result, Staff::SignIn::wrong);
}

TEST_F(StaffTest, NamesAreUniqueAndPlain) {
  EXPECT_FALSE(staff.add({"wang", "", StaffRole::head, "west", false, false}, "x", "root", noon));
  EXPECT_THROW(staff.add({"Wang Wu", "", StaffRole::head, "", false, false}, "x", "root", noon),
               StoreError);
  EXPECT_EQ(staff.all().size(), 1u);
}

TEST(Passwords, WeakOnesAreTold) {
  EXPECT_NE(weakness_of("short"), "");
  EXPECT_NE(weakness_of("1234567890123"), "");
  EXPECT_NE(weakness_of("aaaaaaaaaaaa"), "");
  EXPECT_NE(weakness_of(std::string(300, 'x') + "y"), "");
  EXPECT_EQ(weakness_of("correct horse"), "");
}

}  // namespace
}  // namespace dengji
