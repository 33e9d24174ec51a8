#include "daemon/keys.hpp"

#include "daemon/secret.hpp"
#include "daemon/service.hpp"
#include "store/database.hpp"
#include "tests/daemon/trial_config.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;

const std::string first_digits(64, 'a'), second_digits(64, 'b');

class Keys : public ::testing::Test {
 protected:
  // A key file beside the configuration, readable by its owner alone.
  void key_file(const std::string& name, const std::string& content) const {
    trial_.write(name, content);
    fs::permissions(trial_.path(name), fs::perms::owner_read | fs::perms::owner_write);
  }
  Config configured(const std::string& store) const {
    trial_.append("dengji.toml", "\n[store]\n" + store);
    Config config = trial_.load();
    config.state = dir_.path() / "state";
    return config;
  }

  TrialConfig trial_;
  test::TempDir dir_;
};

TEST_F(Keys, AreThoseOfTheConfiguration) {
  key_file("new.key", second_digits + "\n");
  key_file("old.key", first_digits + "\r\n");
  EXPECT_EQ(keyring_of(trial_.load()).current(), "");
  const Keyring both =
      keyring_of(configured("key_file = \"new.key\"\nold_key_files = [\"old.key\"]\n"));
  const Keyring first(std::string(32, '\xaa'), {}), second(std::string(32, '\xbb'), {});
  EXPECT_EQ(both.current(), second.current());
  EXPECT_TRUE(both.has(first.current()));
}

TEST_F(Keys, AreRefusedWhereTheFileIsNoKey) {
  const Config config = [this] {
    key_file("key", first_digits);
    return configured("key_file = \"key\"\n");
  }();
  for (const std::string& wrong :
       {first_digits.substr(1), first_digits + "a", std::string(64, 'x'), "  " + first_digits}) {
    key_file("key", wrong);
    try {
      keyring_of(config);
      FAIL() << "took " << wrong;
    } catch (const SecretError& error) {
      EXPECT_EQ(std::string(error.what()).find(first_digits.substr(2)), std::string::npos);
    }
  }
}

TEST_F(Keys, AnAbsentFileIsAMistakeOfTheConfiguration) {
  trial_.append("dengji.toml", "\n[store]\nkey_file = \"nowhere\"\n");
  EXPECT_NE(trial_.mistakes().find("there is no file"), std::string::npos);
}

TEST_F(Keys, SealWhatTheDaemonTakesIn) {
  key_file("key", first_digits);
  Config config = configured("key_file = \"key\"\n");
  config.min_free_mebibytes = 1;
  const fs::path inbox = dir_.path() / "inbox";
  for (auto& office : config.offices) {
    office.mailboxes.resize(1);
    office.mailboxes[0].url = "maildir:" + (inbox / office.id).string();
    office.postman.url = "maildir:" + (dir_.path() / "sent").string();
  }
  const std::string words = "sealed question of nobody";
  for (const char* folder : {"new", "cur", "tmp"})
    fs::create_directories(inbox / config.offices[0].id / folder);
  test::write_file(inbox / config.offices[0].id / "new/1.mail",
                   "From: he@mail.example\r\nSubject: " + words + "\r\n\r\n" + words + "\r\n");
  Service(config).run_once();
  Database database(config.state, Database::Mode::guest, keyring_of(config));
  Register records(database, {});
  EXPECT_NE(records.show("M1").value_or("").find(words), std::string::npos);
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(config.state)) {
    if (!entry.is_regular_file()) continue;
    ++files;
    EXPECT_EQ(test::read_file(entry.path()).find(words), std::string::npos) << entry.path();
  }
  EXPECT_GE(files, 3U);
  EXPECT_THROW(Database(config.state, Database::Mode::guest), KeyMissing);
}

}  // namespace
}  // namespace dengji
