#include "store/backup.hpp"

#include <fstream>

#include "store/audit.hpp"
#include "store/blobs.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

namespace fs = std::filesystem;

void overwrite(const fs::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class BackupTest : public testing::Test {
 protected:
  fs::path state() const { return directory.path() / "state"; }
  fs::path backup() const { return directory.path() / "backup"; }
  fs::path elsewhere() const { return directory.path() / "elsewhere"; }

  // A mail with its blob, registered.
  static std::string register_one(Database& database, Register& reg, const fs::path& where, int n) {
    Incoming one = mail(n);
    one.sha256 = Blobs(where / "blobs").put("raw mail " + std::to_string(n));
    reg.receive(one);
    const auto claim = reg.claim(noon, 100);
    if (!claim) return "nothing to claim";
    const auto filed =
        reg.settle(settlement(claim->message, {accepted("平台" + std::to_string(n))}),
                   composing("m" + std::to_string(n)));
    EXPECT_FALSE(verify_audit(database));
    return filed.at(0).number;
  }

  TemporaryDirectory directory;
};

}  // namespace

TEST_F(BackupTest, IsOfOneMomentWhileTheOwnerGoesOn) {
  Database owner(state(), Database::Mode::owner);
  Register reg(owner, test_prefixes);
  EXPECT_EQ(register_one(owner, reg, state(), 1), "DQ2018-00001");
  Database guest(state(), Database::Mode::guest);
  const Copied copied = back_up(guest, state(), backup());
  EXPECT_EQ(copied.blobs, 1);
  EXPECT_TRUE(copied.problems.empty());
  EXPECT_EQ(register_one(owner, reg, state(), 2), "DQ2018-00002");
  EXPECT_TRUE(verify(owner, Blobs(state() / "blobs")).empty());
}

TEST_F(BackupTest, GoesOnWhereItWasRestored) {
  {
    Database owner(state(), Database::Mode::owner);
    Register reg(owner, test_prefixes);
    register_one(owner, reg, state(), 1);
    back_up(owner, state(), backup());
    register_one(owner, reg, state(), 2);  // after the backup: lost with the disk
  }
  EXPECT_EQ(restore(backup(), elsewhere()).blobs, 1);
  Database owner(elsewhere(), Database::Mode::owner);
  Register reg(owner, test_prefixes);
  EXPECT_TRUE(verify(owner, Blobs(elsewhere() / "blobs")).empty());
  Outbox outbox(owner);
  EXPECT_EQ(outbox.next(noon + 100)->letter.message_id, "<m1>");  // still owed
  EXPECT_EQ(reg.receive(mail(1)), Received::known);
  EXPECT_EQ(register_one(owner, reg, elsewhere(), 2), "DQ2018-00002");
  EXPECT_TRUE(verify(owner, Blobs(elsewhere() / "blobs")).empty());
}

TEST_F(BackupTest, IsPrivate) {
  Database owner(state(), Database::Mode::owner);
  back_up(owner, state(), backup());
  EXPECT_EQ(fs::status(backup()).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(backup() / "secret.key").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(BackupTest, OverwritesNothing) {
  Database owner(state(), Database::Mode::owner);
  back_up(owner, state(), backup());
  EXPECT_THROW(back_up(owner, state(), backup()), StoreError);
  EXPECT_THROW(restore(backup(), state()), StoreError);
  EXPECT_THROW(restore(directory.path() / "nothing", elsewhere()), StoreError);
  { Database other(elsewhere(), Database::Mode::owner); }
  fs::remove(elsewhere() / "register.db");
  EXPECT_THROW(restore(backup(), elsewhere()), StoreError) << "another register's key is there";
}

TEST_F(BackupTest, CanBeMadeAgainAfterItWasCutOff) {
  Database owner(state(), Database::Mode::owner);
  fs::create_directories(backup().string() + ".partial");
  overwrite(backup().string() + ".partial/register.db", "half");
  back_up(owner, state(), backup());
  EXPECT_FALSE(fs::exists(backup().string() + ".partial"));
  fs::create_directories(elsewhere());
  overwrite(elsewhere() / "register.db.new", "half");
  restore(backup(), elsewhere());
  EXPECT_TRUE(fs::exists(elsewhere() / "register.db"));
}

TEST_F(BackupTest, NamesDamagedMailAndCopiesTheRest) {
  Database owner(state(), Database::Mode::owner);
  Register reg(owner, test_prefixes);
  for (const int n : {1, 2}) register_one(owner, reg, state(), n);
  const Blobs blobs(state() / "blobs");
  overwrite(blobs.path_of(blobs.all().front()), "something else");
  const Copied copied = back_up(owner, state(), backup());
  EXPECT_EQ(copied.blobs, 1);
  ASSERT_EQ(copied.problems.size(), 1U);
  EXPECT_NE(copied.problems[0].find("damaged"), std::string::npos);
  EXPECT_EQ(verify(owner, blobs).size(), 1U);
}

TEST_F(BackupTest, VerifySeesRowsThatWereChanged) {
  Database owner(state(), Database::Mode::owner);
  Register reg(owner, test_prefixes);
  register_one(owner, reg, state(), 1);
  owner.execute("UPDATE audit SET detail = 'nothing happened' WHERE id = 2");
  owner.execute("PRAGMA foreign_keys = OFF");
  owner.execute("DELETE FROM record");
  const auto problems = verify(owner, Blobs(state() / "blobs"));
  ASSERT_GE(problems.size(), 2U);
  EXPECT_NE(problems.front().find("refers to a missing one of record"), std::string::npos);
  EXPECT_EQ(problems.back(), "audit: row 2 was changed");
}

TEST_F(BackupTest, ADamagedRegisterIsNotOpened) {
  {
    Database owner(state(), Database::Mode::owner);
    Register reg(owner, test_prefixes);
    for (int n = 1; n <= 20; ++n) register_one(owner, reg, state(), n);
  }
  std::fstream file(state() / "register.db", std::ios::in | std::ios::out | std::ios::binary);
  for (const int page : {6, 9, 12, 15}) {
    file.seekp(4096 * page);
    file << std::string(64, '\xAA');
  }
  file.close();
  try {
    Database owner(state(), Database::Mode::owner);
    FAIL() << "opened";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("restore a backup"), std::string::npos)
        << error.what();
  }
}

}  // namespace dengji
