#include "store/database.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "store/file.hpp"
#include "store/schema.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

unsigned mode_of(const std::filesystem::path& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0) << path;
  return status.st_mode & 0777u;
}

}  // namespace

class DatabaseTest : public StoreTest {
 protected:
  DatabaseTest() { database.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, words TEXT)"); }

  std::int64_t rows() { return database.query("SELECT COUNT(*) FROM t").at(0).number(0); }
};

TEST_F(DatabaseTest, KeepsWideNumbersTextAndNull) {
  const std::int64_t wide = 9'007'199'254'740'993;
  database.execute("INSERT INTO t (id, words) VALUES ($1, $2)",
                   {wide, std::string("中文 'x' \"y\"")});
  database.execute("INSERT INTO t (id, words) VALUES ($1, $2)", {-wide, Null{}});
  const auto all = database.query("SELECT id, words, words IS NULL FROM t ORDER BY id");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].number(0), -wide);
  EXPECT_EQ(all[0].text(1), "");
  EXPECT_EQ(all[0].number(2), 1);
  EXPECT_EQ(all[1].number(0), wide);
  EXPECT_EQ(all[1].text(1), "中文 'x' \"y\"");
  EXPECT_EQ(database.query("SELECT MAX(id) FROM t").at(0).number(0), wide);
}

TEST_F(DatabaseTest, AnEmptyTextIsNotNull) {
  database.execute("INSERT INTO t (id, words) VALUES (1, $1)", {std::string()});
  EXPECT_EQ(database.query("SELECT words IS NULL FROM t").at(0).number(0), 0);
}

TEST_F(DatabaseTest, NulBecomesTheReplacementCharacter) {
  database.execute("INSERT INTO t (id, words) VALUES (1, $1)", {std::string("a\0b", 3)});
  EXPECT_EQ(database.query("SELECT words FROM t").at(0).text(0), "a\uFFFDb");
}

TEST_F(DatabaseTest, SaysHowManyRowsChanged) {
  database.execute("INSERT INTO t (id, words) VALUES (1, 'a'), (2, 'a'), (3, 'b')");
  EXPECT_EQ(database.execute("UPDATE t SET words = 'c' WHERE words = 'a'"), 2);
  EXPECT_EQ(database.execute("UPDATE t SET words = 'c' WHERE words = 'none'"), 0);
}

TEST_F(DatabaseTest, ReadsManyRows) {
  Transaction transaction(database);
  for (std::int64_t id = 1; id <= 3000; ++id) {
    database.execute("INSERT INTO t (id, words) VALUES ($1, 'x')", {id});
  }
  transaction.commit();
  const auto all = database.query("SELECT id FROM t ORDER BY id");
  ASSERT_EQ(all.size(), 3000u);
  EXPECT_EQ(all.back().number(0), 3000);
}

TEST_F(DatabaseTest, ATransactionLeftWithoutCommitIsUndone) {
  {
    Transaction transaction(database);
    database.execute("INSERT INTO t (id, words) VALUES (1, 'a')");
  }
  EXPECT_EQ(rows(), 0);
  Transaction again(database);  // none is left open
  database.execute("INSERT INTO t (id, words) VALUES (1, 'a')");
  again.commit();
  EXPECT_EQ(rows(), 1);
}

TEST_F(DatabaseTest, AJoinedTransactionThatFailedDoomsTheOuterOne) {
  {
    Transaction outer(database);
    database.execute("INSERT INTO t (id, words) VALUES (1, 'a')");
    { Transaction inner(database); }
    EXPECT_THROW(outer.commit(), StoreError);
  }
  EXPECT_EQ(rows(), 0);
  Transaction outer(database);
  {
    Transaction inner(database);
    database.execute("INSERT INTO t (id, words) VALUES (2, 'a')");
    inner.commit();
  }
  outer.commit();
  EXPECT_EQ(rows(), 1);
}

TEST_F(DatabaseTest, ErrorsSayThatRetryingIsInVain) {
  const auto thrown = [&](const std::string& sql) {
    try {
      database.execute(sql);
    } catch (const StoreError& error) {
      EXPECT_FALSE(error.retry) << error.what();
      return true;
    }
    return false;
  };
  EXPECT_TRUE(thrown("INSERT INTO nowhere (id) VALUES (1)"));
  database.execute("INSERT INTO t (id, words) VALUES (1, 'a')");
  EXPECT_TRUE(thrown("INSERT INTO t (id, words) VALUES (1, 'again')"));
  EXPECT_TRUE(
      thrown("INSERT INTO record_version (record, version, submission, status, created)"
             " VALUES (99, 1, 99, 'active', 0)"));  // foreign keys are on
}

TEST_F(DatabaseTest, EveryCommitReachesTheDisk) {
  EXPECT_EQ(database.query("PRAGMA journal_mode").at(0).text(0), "wal");
  EXPECT_EQ(database.query("PRAGMA synchronous").at(0).number(0), 2);  // FULL
}

TEST_F(DatabaseTest, OnlyItsUserCanReadIt) {
  EXPECT_EQ(mode_of(directory.path() / "register.db"), 0600u);
  EXPECT_EQ(mode_of(directory.path() / "secret.key"), 0600u);
  const auto made = directory.path() / "deep" / "state?#%";
  Database other(made, Database::Mode::owner);
  EXPECT_EQ(mode_of(made), 0700u);
  EXPECT_TRUE(std::filesystem::exists(made / "register.db"));  // whatever its name holds
}

TEST_F(DatabaseTest, OneDaemonOwnsARegister) {
  try {
    Database second(directory.path(), Database::Mode::owner);
    FAIL() << "two owners";
  } catch (const StoreError& error) {
    EXPECT_NE(std::string(error.what()).find("another dengjid"), std::string::npos);
    EXPECT_FALSE(error.retry);
  }
}

TEST_F(DatabaseTest, AnOwnerWhoseLockFileWasRemovedIsFencedOff) {
  std::filesystem::remove(directory.path() / "lock");
  Database second(directory.path(), Database::Mode::owner);
  EXPECT_GT(second.generation(), database.generation());
  EXPECT_THROW(reg.receive(mail(1)), StoreError);
  EXPECT_EQ(Register(second, test_prefixes).receive(mail(1)), Received::added);
}

TEST_F(DatabaseTest, AGuestReadsAndWritesBesideTheOwner) {
  Database guest(directory.path(), Database::Mode::guest);
  EXPECT_EQ(guest.secret("audit"), database.secret("audit"));
  std::thread owner([&] {
    for (int n = 1; n <= 50; ++n) reg.receive(mail(n));
  });
  Register operators(guest, test_prefixes);
  std::size_t seen = 0;
  while (seen < 50) {
    const auto listed = operators.list({"", "", "", 1000});
    EXPECT_GE(listed.size(), seen);  // what was committed stays
    seen = listed.size();
    operators.polled("east", "east-inbox", noon, "");
  }
  owner.join();
  EXPECT_EQ(operators.ledgers().at(0).pending, 50);
}

TEST_F(DatabaseTest, AWriterThatWaitsTooLongMayRetry) {
  Database guest(directory.path(), Database::Mode::guest);
  guest.execute("PRAGMA busy_timeout = 50");
  Transaction held(database);
  try {
    Transaction waiting(guest);
    FAIL() << "two writers";
  } catch (const StoreError& error) {
    EXPECT_TRUE(error.retry) << error.what();
  }
}

TEST(DatabaseOpen, AGuestNeedsARegister) {
  TemporaryDirectory directory;
  EXPECT_THROW(Database(directory.path(), Database::Mode::guest), StoreError);
  EXPECT_FALSE(std::filesystem::exists(directory.path() / "register.db"));
}

TEST(DatabaseOpen, EachPurposeHasItsOwnLastingSecret) {
  TemporaryDirectory directory;
  std::string audit;
  {
    Database first(directory.path(), Database::Mode::owner);
    audit = first.secret("audit");
    EXPECT_NE(audit, first.secret("message-id"));
    EXPECT_EQ(audit.size(), 32u);
  }
  EXPECT_EQ(Database(directory.path(), Database::Mode::owner).secret("audit"), audit);
}

TEST(DatabaseOpen, ADamagedKeyIsRefusedNotReplaced) {
  TemporaryDirectory directory;
  { Database first(directory.path(), Database::Mode::owner); }
  std::ofstream(directory.path() / "secret.key") << "short";
  EXPECT_THROW(Database(directory.path(), Database::Mode::owner), StoreError);
}

TEST(DatabaseOpen, ANewerSchemaIsRefusedByName) {
  TemporaryDirectory directory;
  {
    Database newer(directory.path(), Database::Mode::owner);
    newer.execute("UPDATE meta SET number = 1000 WHERE name = 'schema'");
  }
  for (const auto mode : {Database::Mode::owner, Database::Mode::guest}) {
    try {
      Database(directory.path(), mode);
      FAIL() << "opened a newer register";
    } catch (const StoreError& error) {
      EXPECT_NE(std::string(error.what()).find("1000"), std::string::npos);
    }
  }
}

TEST(DatabaseOpen, AnOlderSchemaWaitsForItsOwner) {
  TemporaryDirectory directory;
  {
    Database owner(directory.path(), Database::Mode::owner);
    owner.execute("UPDATE meta SET number = $1 WHERE name = 'schema'",
                  {std::int64_t{schema_version()} - 1});
  }
  EXPECT_THROW(Database(directory.path(), Database::Mode::guest), StoreError);
}

TEST(DatabaseOpen, AMigrationThatFailsLeavesNothing) {
  TemporaryDirectory directory;
  Database owner(directory.path(), Database::Mode::owner);
  owner.execute("UPDATE meta SET number = 0 WHERE name = 'schema'");
  owner.execute("ALTER TABLE message RENAME TO moved");  // its index stays and is in the way
  EXPECT_THROW(migrate(owner), StoreError);
  EXPECT_TRUE(owner.query("SELECT name FROM sqlite_master WHERE name = 'message'").empty());
  EXPECT_EQ(owner.query("SELECT number FROM meta WHERE name = 'schema'").at(0).number(0), 0);
}

TEST(DatabaseOpen, AFileThatIsNoDatabaseIsRefused) {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "register.db") << std::string(5000, 'x');
  EXPECT_THROW(Database(directory.path(), Database::Mode::owner), StoreError);
}

}  // namespace dengji
