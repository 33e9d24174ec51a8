#include "store/blobs.hpp"

#include <sys/resource.h>

#include <csignal>
#include <fstream>

#include "parsers/digest.hpp"
#include "store/database.hpp"
#include "store/file.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

void overwrite(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

class BlobsTest : public testing::Test {
 protected:
  std::size_t temporaries() const {
    const std::filesystem::directory_iterator files(directory.path() / "blobs" / "tmp");
    return static_cast<std::size_t>(std::distance(begin(files), end(files)));
  }

  TemporaryDirectory directory;
  Blobs blobs{directory.path() / "blobs"};
};

TEST_F(BlobsTest, KeepsBytesUnderTheirDigest) {
  const std::string bytes("a\0\r\n\xff", 5);
  const std::string digest = blobs.put(bytes);
  EXPECT_EQ(digest, sha256_hex(bytes));
  EXPECT_TRUE(blobs.has(digest));
  EXPECT_EQ(blobs.get(digest), bytes);
  EXPECT_EQ(blobs.path_of(digest), directory.path() / "blobs" / digest.substr(0, 2) / digest);
  EXPECT_EQ(blobs.put(bytes), digest);
  EXPECT_EQ(temporaries(), 0u);
}

TEST_F(BlobsTest, KeepsNoBytesToo) { EXPECT_EQ(blobs.get(blobs.put("")), ""); }

TEST_F(BlobsTest, WritesInPieces) {
  auto writer = blobs.writer();
  std::string whole;
  for (int n = 0; n < 100; ++n) {
    const std::string piece = std::to_string(n) + ",";
    writer.write(piece);
    whole += piece;
  }
  EXPECT_EQ(writer.size(), static_cast<std::int64_t>(whole.size()));
  EXPECT_FALSE(blobs.has(sha256_hex(whole)));
  EXPECT_EQ(blobs.get(writer.commit()), whole);
  EXPECT_THROW(writer.commit(), StoreError);
  EXPECT_THROW(writer.write("more"), StoreError);
}

TEST_F(BlobsTest, AWriterThatIsLeftLeavesNothing) {
  {
    auto writer = blobs.writer();
    writer.write("half");
    EXPECT_EQ(temporaries(), 1u);
    const auto moved = std::move(writer);
    EXPECT_EQ(temporaries(), 1u);
  }
  EXPECT_EQ(temporaries(), 0u);
  EXPECT_FALSE(blobs.has(sha256_hex("half")));
}

TEST_F(BlobsTest, ATornBlobIsNotReadAsWhole) {
  const std::string digest = blobs.put("whole bytes");
  overwrite(blobs.path_of(digest), "whole");
  EXPECT_THROW(blobs.get(digest), StoreError);
  overwrite(blobs.path_of(digest), "");  // as a rename without fsync may leave it
  EXPECT_THROW(blobs.get(digest), StoreError);
}

TEST_F(BlobsTest, PuttingTheBytesAgainMendsATornBlob) {
  const std::string digest = blobs.put("whole bytes");
  overwrite(blobs.path_of(digest), "whole");
  EXPECT_EQ(blobs.put("whole bytes"), digest);
  EXPECT_EQ(blobs.get(digest), "whole bytes");
}

TEST_F(BlobsTest, TheOwnerSweepsWhatAKillLeft) {
  overwrite(directory.path() / "blobs" / "tmp" / "4242-1", "half a ma");
  EXPECT_EQ(blobs.sweep(), 1);
  EXPECT_EQ(blobs.sweep(), 0);
  EXPECT_EQ(temporaries(), 0u);
}

TEST_F(BlobsTest, OnlyADigestMayBecomeAPath) {
  const std::string up = "../../../../../../../../../../../../../../../../../../etc/passwd";
  ASSERT_EQ(up.size(), 64u);
  for (const std::string& name : {std::string(), std::string("ab"), up, std::string(64, 'A'),
                                  std::string(63, 'a') + "/", std::string(65, 'a')}) {
    EXPECT_THROW(blobs.path_of(name), StoreError) << name;
    EXPECT_THROW(blobs.get(name), StoreError) << name;
  }
}

TEST_F(BlobsTest, ABlobThatIsNotThereIsAnError) {
  EXPECT_FALSE(blobs.has(std::string(64, 'a')));
  EXPECT_THROW(blobs.get(std::string(64, 'a')), StoreError);
}

TEST_F(BlobsTest, AFullDiskIsAnErrorThatLeavesNothing) {
  struct Limit {  // the file size limit stands in for a disk that takes no more
    Limit() {
      ::getrlimit(RLIMIT_FSIZE, &before);
      handler = std::signal(SIGXFSZ, SIG_IGN);
      const rlimit small{4096, before.rlim_max};
      ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~Limit() {
      ::setrlimit(RLIMIT_FSIZE, &before);
      std::signal(SIGXFSZ, handler);
    }
    rlimit before{};
    void (*handler)(int) = nullptr;
  };
  const std::string large(10'000, 'x');
  {
    const Limit limit;
    EXPECT_THROW(blobs.put(large), StoreError);
  }
  EXPECT_EQ(temporaries(), 0u);
  EXPECT_FALSE(blobs.has(sha256_hex(large)));
}

TEST(Files, ErrorsNameThePathAndTheReason) {
  try {
    FileHandle missing("/nonexistent/file", 0);
    FAIL() << "opened it";
  } catch (const StoreError& error) {
    EXPECT_STREQ(error.what(), "open /nonexistent/file: No such file or directory");
    EXPECT_FALSE(error.retry);
  }
}

}  // namespace dengji
