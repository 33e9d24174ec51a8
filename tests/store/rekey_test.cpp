// Personal data at rest: sealed wherever it stands, under another key after a rotation, and what a
// kill leaves of a rotation is gone on with.
#include "store/rekey.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>

#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "store/export.hpp"
#include "store/package.hpp"
#include "store/queue.hpp"
#include "store/records.hpp"
#include "store/rulings.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

namespace fs = std::filesystem;

const std::string number = "430502199001011234";
const std::string raw_mail = "From: li@company.example\r\n\r\nmy number is " + number + "\r\n";
const std::string first_key(32, '1'), second_key(32, '2');
const Keyring none, first(first_key, {}), both(second_key, {first_key}), second(second_key, {});

struct Owner {
  Owner(const fs::path& state, const Keyring& keys)
      : database(state, Database::Mode::owner, keys), blobs(state / "blobs", keys) {}

  // A mail that says its number wherever a mail can.
  std::string register_one(int n) {
    Incoming one = mail(n);
    one.sha256 = blobs.put(raw_mail + std::to_string(n));
    reg.receive(one);
    reg.claim(noon, 100);
    SettledSubmission told = accepted("平台" + std::to_string(n));
    told.id_number = number;
    told.fields_json = R"({"id_number":")" + number + R"("})";
    told.facts_json = R"({"seen":")" + number + R"("})";
    told.files = {{number + ".jpg", "scan", std::string(64, 'b'), number + ".zip"}};
    told.findings = {{"seal.unread", Severity::note, number + ".jpg", 1, "", "印章不清"}};
    Settlement given = settlement(n, {told});
    given.subject = "登记 " + number;
    return reg
        .settle(given,
                [n](const std::vector<Filed>&) {
                  const std::string id = "m" + std::to_string(n);
                  return Letter{"receipt", "li@company.example", "Re: " + number, number + "\r\n",
                                '<' + id + '>'};
                })
        .at(0)
        .number;
  }

  // One that waits for a person, of this platform and by this number.
  Id hold_one(int n, const std::string& sender, Decision decision = Decision::review) {
    reg.receive(mail(n));
    reg.claim(noon, 100);
    SettledSubmission told = accepted("夜话");
    told.id_number = number;
    told.decision = decision;
    told.change = RecordChange::none;
    Settlement given = settlement(n, {told});
    given.from = sender;
    return reg.settle(given, nullptr).at(0).submission;
  }

  Database database;
  Blobs blobs;
  Register reg{database, test_prefixes};
  Outbox outbox{database};
};

std::string bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The files below a folder that say any of these words.
std::vector<std::string> saying(const fs::path& folder, const std::vector<std::string>& words) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string bytes = bytes_of(entry.path());
    for (const auto& word : words)
      if (bytes.find(word) != std::string::npos) found.push_back(entry.path().filename());
  }
  return found;
}

const std::vector<std::string> secret_words = {number, "my number is"};

class RekeyTest : public testing::Test {
 protected:
  fs::path state() const { return directory.path() / "state"; }

  // What stands in the register, whatever it is sealed under.
  std::string told(const Keyring& keys) const {
    Owner owner(state(), keys);
    std::string all = owner.reg.known("website", "平台1", "").at(0).id_number;
    all += owner.reg.show("M1").value_or("not there");
    for (const std::string& sha256 : owner.blobs.all()) all += owner.blobs.get(sha256);
    return all;
  }
  // In a process of its own, which ends at the failpoint; whether it did.
  bool rekey_killed_at(const char* failpoint) const {
    const pid_t child = ::fork();
    if (child == 0) {
      ::setenv("DENGJI_FAILPOINT", failpoint, 1);
      Owner owner(state(), both);
      rekey(owner.database, owner.blobs);
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
  }
  Rekeyed rekeyed(const Keyring& keys) const {
    Owner owner(state(), keys);
    return rekey(owner.database, owner.blobs);
  }
  void fill(const Keyring& keys, int mails = 3) const {
    Owner owner(state(), keys);
    for (int n = 1; n <= mails; ++n) owner.register_one(n);
  }

  TemporaryDirectory directory;
};

}  // namespace

TEST_F(RekeyTest, NothingStandsInTheClear) {
  {
    Owner owner(state(), first);
    owner.register_one(1);
    EXPECT_TRUE(saying(state(), secret_words).empty()) << "while the log holds it";
    EXPECT_EQ(owner.reg.known("website", "平台1", "").at(0).id_number, number);
    EXPECT_EQ(owner.outbox.next(noon + 100)->letter.bytes, number + "\r\n");
    EXPECT_EQ(owner.reg.list({"", "", number, 10}).size(), 1U) << "sought by its number";
    EXPECT_TRUE(owner.reg.list({"", "", "430502199001011235", 10}).empty());
    std::ostringstream exported;
    export_csv(owner.reg, "", exported);
    write_json_package(owner.database, {}, noon, exported);
    EXPECT_NE(exported.str().find("," + number + ","), std::string::npos) << exported.str();
    EXPECT_NE(exported.str().find(R"("fields":{"id_number":")" + number), std::string::npos);
    back_up(owner.database, state(), directory.path() / "backup");
  }
  EXPECT_TRUE(saying(directory.path(), secret_words).empty());
  const std::string all = told(first);
  for (const char* key : {R"("id_number": "4305)", R"("seen": "4305)", R"("name": "4305)",
                          R"("container": "4305)", R"("attachment": "4305)",
                          R"("subject": "登记 4305)", R"("subject": "Re: 4305)", "my number is"})
    EXPECT_NE(all.find(key), std::string::npos) << key;
}

TEST_F(RekeyTest, WhatStaffNoteIsSealedToo) {
  Owner owner(state(), first);
  owner.register_one(1);
  Records(owner.database).note(1, {"summons", "2018-08-21", "wang", number, noon});
  const Id held = owner.hold_one(2, "li@company.example");
  Rulings rulings(owner.database, test_prefixes);
  rulings.decide({0, held, RulingKind::reject, "wang", noon, noon + 60, "", "", "", number}, 1);
  EXPECT_TRUE(saying(state(), secret_words).empty());
  EXPECT_EQ(Records(owner.database).find("DQ2018-00001")->events.at(0).note, number);
  EXPECT_EQ(rulings.pending(held)->note, number);
}

TEST_F(RekeyTest, AnEarlierSubmissionIsKnownByItsNumberUnderAFormerKey) {
  const Id held = Owner(state(), first).hold_one(1, "li@company.example");
  Owner owner(state(), both);
  owner.hold_one(2, "zhang@elsewhere.example");
  EXPECT_NE(Queue(owner.database).submission(held)->completed_by, 0);
}

TEST_F(RekeyTest, AnotherKeyOpensNothingAndSaysSoAtTheStart) {
  fill(first);
  for (const Keyring& wrong : {none, second}) {
    EXPECT_THROW(Database(state(), Database::Mode::owner, wrong), KeyMissing);
    EXPECT_THROW(Database(state(), Database::Mode::guest, wrong), KeyMissing);
  }
  EXPECT_FALSE(told(both).empty());
  EXPECT_THROW(Database(state(), Database::Mode::owner, first), KeyMissing)
      << "now some may be under the second";
}

TEST_F(RekeyTest, SealsWhatWasPlain) {
  fill(none);
  EXPECT_FALSE(saying(state(), secret_words).empty());
  const std::string before = told(none);
  const Rekeyed done = rekeyed(first);
  EXPECT_EQ(done.rows, 3 * 9);
  EXPECT_EQ(done.blobs, 3);
  EXPECT_TRUE(saying(state(), secret_words).empty());
  EXPECT_EQ(told(first), before);
  const Rekeyed again = rekeyed(first);
  EXPECT_EQ(again.rows + again.blobs, 0);
}

TEST_F(RekeyTest, OpensAgainWhereNoKeyIsWanted) {
  fill(first);
  const std::string before = told(first);
  EXPECT_TRUE(rekeyed(Keyring("", {first_key})).problems.empty());
  EXPECT_EQ(told(none), before);
}

TEST_F(RekeyTest, TheFormerKeyIsNeededUntilAllIsDone) {
  fill(first);
  { Owner writes_under_the_second(state(), both); }
  EXPECT_THROW(Database(state(), Database::Mode::owner, second), KeyMissing);
  rekeyed(both);
  Owner owner(state(), second);
  EXPECT_EQ(owner.reg.list({"", "", number, 10}).size(), 3U);
  EXPECT_EQ(owner.register_one(4), "DQ2018-00004");
}

TEST_F(RekeyTest, AKillInTheMiddleLosesNothingAndTheNextRunGoesOn) {
  fill(first);
  const std::string before = told(first);
  for (const char* failpoint : {"before-rekey-commit:2", "after-rekey-commit:4",
                                "before-blob-rename", "after-blob-rename:2"}) {
    ASSERT_TRUE(rekey_killed_at(failpoint)) << failpoint;
    EXPECT_EQ(told(both), before) << failpoint;
    EXPECT_THROW(Database(state(), Database::Mode::owner, second), KeyMissing) << failpoint;
  }
  EXPECT_TRUE(rekeyed(both).problems.empty());
  EXPECT_EQ(told(second), before);
}

TEST_F(RekeyTest, WorksBesideTheDaemonThatHasTheNewKey) {
  fill(first);
  Owner daemon(state(), both);
  Database guest(state(), Database::Mode::guest, both);
  Blobs blobs(state() / "blobs", both);
  daemon.register_one(4);
  rekey(guest, blobs);
  daemon.register_one(5);
  EXPECT_TRUE(verify(daemon.database, daemon.blobs).empty());
  Database behind(state(), Database::Mode::guest, Keyring(first_key, {second_key}));
  EXPECT_THROW(rekey(behind, blobs), StoreError) << "the daemon writes under the second";
}

TEST_F(RekeyTest, WhatWasTamperedWithIsToldAndTheFormerKeyStays) {
  fill(first);
  const std::string kept = Blobs(state() / "blobs").all().front();
  {
    Owner owner(state(), first);
    owner.database.execute(
        "UPDATE submission SET fields = (SELECT fields FROM submission WHERE"
        " id = 2) WHERE id = 1");
    std::ofstream(owner.blobs.path_of(kept), std::ios::app) << "more";
    EXPECT_THROW(owner.blobs.get(kept), StoreError);
    EXPECT_THROW(owner.reg.show("M1"), StoreError);
    const auto problems = verify(owner.database, owner.blobs);
    ASSERT_EQ(problems.size(), 2U);
    EXPECT_NE(problems[0].find("submission.fields 1/0 was changed"), std::string::npos);
    EXPECT_NE(problems[1].find("was changed"), std::string::npos) << problems[1];
  }
  EXPECT_EQ(rekeyed(both).problems.size(), 2U);
  EXPECT_THROW(Database(state(), Database::Mode::owner, second), KeyMissing);
}

TEST_F(RekeyTest, ABackupIsRestoredUnderItsKeyOnly) {
  const fs::path backup = directory.path() / "backup", elsewhere = directory.path() / "elsewhere";
  {
    Owner owner(state(), first);
    owner.register_one(1);
    back_up(owner.database, state(), backup);
  }
  EXPECT_THROW(restore(backup, elsewhere), KeyMissing);
  EXPECT_EQ(restore(backup, elsewhere, first).blobs, 1);
  Owner owner(elsewhere, first);
  EXPECT_TRUE(verify(owner.database, owner.blobs).empty());
  EXPECT_EQ(owner.register_one(2), "DQ2018-00002");
}

}  // namespace dengji
