// A disk that is full, and one that became read-only: a small tmpfs, where this may be mounted.
#include <sys/mount.h>

#include "store/audit.hpp"
#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

// Its lazy unmount waits for the files that are still open.
class SmallDisk {
 public:
  SmallDisk() : mounted_(again("size=1536k", 0)) {}
  ~SmallDisk() {
    if (mounted_) ::umount2(path().c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return directory_.path(); }
  bool make_room() { return again("size=64m", MS_REMOUNT); }
  bool read_only(bool on) {
    return again("size=64m", MS_REMOUNT | (on ? static_cast<unsigned long>(MS_RDONLY) : 0UL));
  }

 private:
  bool again(const char* options, unsigned long flags) {
    return ::mount("none", path().c_str(), "tmpfs", flags, options) == 0;
  }
  TemporaryDirectory directory_;
  bool mounted_;
};

class DiskTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.mounted()) GTEST_SKIP() << "a tmpfs cannot be mounted here (needs root)";
  }
  SmallDisk disk_;
};

// Takes a mail in as the poller does.
void take_in(Register& reg, Blobs& blobs, int n) {
  Incoming one = mail(n);
  one.sha256 = blobs.put(std::to_string(n) + std::string(20'000, 'x'));
  reg.receive(one);
}

}  // namespace

TEST_F(DiskTest, AFullOneLosesNothingAndGoesOnWithRoom) {
  Database database(disk_.path() / "state", Database::Mode::owner);
  Register reg(database, test_prefixes);
  Blobs blobs(disk_.path() / "state/blobs");
  int taken = 0;
  bool retry = false;
  try {
    for (; taken < 200; ++taken) take_in(reg, blobs, taken + 1);
  } catch (const StoreError& error) {
    retry = error.retry;
  }
  ASSERT_LT(taken, 200) << "it was never full";
  EXPECT_TRUE(retry);
  EXPECT_EQ(reg.ledgers().at(0).pending, taken) << "what is there can be read";
  EXPECT_TRUE(verify(database, blobs).empty());
  ASSERT_TRUE(disk_.make_room());
  for (int n = 1; n <= 200; ++n) take_in(reg, blobs, n);
  EXPECT_EQ(reg.ledgers().at(0).seen, 200);
  EXPECT_TRUE(verify(database, blobs).empty());
}

TEST_F(DiskTest, AReadOnlyOneIsReadAndAcknowledgesNothing) {
  ASSERT_TRUE(disk_.make_room());
  Database database(disk_.path() / "state", Database::Mode::owner);
  Register reg(database, test_prefixes);
  Blobs blobs(disk_.path() / "state/blobs");
  take_in(reg, blobs, 1);
  // Files that are open for writing keep a remount from happening: the database itself is told.
  database.execute("PRAGMA query_only = ON");
  EXPECT_THROW(reg.receive(mail(2)), StoreError);
  EXPECT_THROW(reg.claim(noon, 60), StoreError);
  EXPECT_EQ(reg.ledgers().at(0).seen, 1);
  EXPECT_TRUE(reg.show("M1"));
  database.execute("PRAGMA query_only = OFF");
  EXPECT_TRUE(reg.claim(noon, 60));
}

TEST_F(DiskTest, ABlobOfAReadOnlyDiskIsReadAndNoneIsWritten) {
  ASSERT_TRUE(disk_.make_room());
  Blobs blobs(disk_.path() / "blobs");
  const std::string digest = blobs.put("kept");
  ASSERT_TRUE(disk_.read_only(true));
  EXPECT_EQ(blobs.get(digest), "kept");
  try {
    blobs.put("new");
    FAIL() << "written";
  } catch (const StoreError& error) {
    EXPECT_TRUE(error.retry) << error.what();
  }
  ASSERT_TRUE(disk_.read_only(false));
  EXPECT_EQ(blobs.get(blobs.put("new")), "new");
}

}  // namespace dengji
