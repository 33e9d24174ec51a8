#include "daemon/secret.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using std::filesystem::perms;

std::filesystem::path secret_file(const test::TempDir& directory, const std::string& content,
                                  perms mode = perms::owner_read | perms::owner_write) {
  const std::filesystem::path path = directory.path() / "password";
  test::write_file(path, content);
  std::filesystem::permissions(path, mode);
  return path;
}

TEST(Secret, IsTheFirstLineOfItsFile) {
  const test::TempDir directory;
  EXPECT_EQ(read_secret(secret_file(directory, "p a ss\r\nnot this\n")).reveal(), "p a ss");
  EXPECT_EQ(read_secret(secret_file(directory, "no line end")).reveal(), "no line end");
}

TEST(Secret, OfARelativePathIsASystemdCredential) {
  const test::TempDir directory;
  secret_file(directory, "from systemd\n");
  ASSERT_EQ(setenv("CREDENTIALS_DIRECTORY", directory.path().c_str(), 1), 0);
  EXPECT_EQ(read_secret("password").reveal(), "from systemd");
  ASSERT_EQ(unsetenv("CREDENTIALS_DIRECTORY"), 0);
  EXPECT_THROW(read_secret("password"), SecretError);
}

TEST(Secret, IsRefusedWhereEverybodyMayReadIt) {
  const test::TempDir directory;
  const auto path = secret_file(directory, "hush\n", perms::owner_read | perms::others_read);
  try {
    read_secret(path);
    FAIL() << "taken from a file that everybody may read";
  } catch (const SecretError& error) {
    EXPECT_NE(std::string(error.what()).find("chmod 600"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("hush"), std::string::npos);
  }
}

TEST(Secret, IsRefusedWhenEmptyTooLargeOrNoFile) {
  const test::TempDir directory;
  EXPECT_THROW(read_secret(secret_file(directory, "")), SecretError);
  EXPECT_THROW(read_secret(secret_file(directory, "\nsecond line\n")), SecretError);
  EXPECT_THROW(read_secret(secret_file(directory, std::string(17 * 1024, 'x'))), SecretError);
  EXPECT_THROW(read_secret(directory.path()), SecretError);
  EXPECT_THROW(read_secret(directory.path() / "absent"), SecretError);
}

TEST(Secret, MovesWithoutLeavingACopy) {
  Secret first("value");
  const Secret second(std::move(first));
  EXPECT_EQ(second.reveal(), "value");
  EXPECT_EQ(first.reveal().find("value"), std::string::npos);  // NOLINT(bugprone-use-after-move)
}

}  // namespace
}  // namespace dengji
