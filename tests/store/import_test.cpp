#include "store/import.hpp"

#include <sstream>

#include "parsers/limits.hpp"
#include "store/audit.hpp"
#include "store/queue.hpp"
#include "tests/store/support.hpp"

namespace dengji {

namespace {

// A county's register, whose packages go into the one of StoreTest.
class ImportTest : public StoreTest {
 protected:
  void county_files(SettledSubmission one, Seconds when = noon) {
    Incoming arrived = mail(++mails_);
    county_reg_.receive(arrived);
    Settlement given = settlement(county_reg_.claim(when, 100)->message, {std::move(one)});
    given.now = when;
    county_reg_.settle(given, {});
  }
  void here(SettledSubmission one) {
    reg.settle(settlement(receive_and_claim(++mails_), {std::move(one)}), {});
  }
  static SettledSubmission of(const std::string& platform, const std::string& holder,
                              const std::string& id_number) {
    SettledSubmission one = accepted(platform);
    one.registrant_name = holder;
    one.id_number = id_number;
    return one;
  }
  static SettledSubmission changed(Id record, SettledSubmission one) {
    one.change = RecordChange::append;
    one.record = record;
    one.action = "change";
    return one;
  }
  std::string package() {
    std::ostringstream out;
    write_json_package(county_, {}, noon, out);
    return out.str();
  }
  Imported take(const std::string& text) {
    std::istringstream in(text);
    const auto done = import_package(database, in, test_prefixes, "wang", noon + 500);
    if (done) return *done;
    ADD_FAILURE() << done.reason().detail;
    return {};
  }
  static std::string counts(const Imported& done) {
    return std::to_string(done.added) + " " + std::to_string(done.updated) + " " +
           std::to_string(done.same) + " " + std::to_string(done.conflicts);
  }
  // What the register would hand on: everything that an import may change.
  std::string content() {
    std::ostringstream out;
    write_json_package(database, {}, noon, out);
    return out.str().substr(out.str().find('\n'));
  }

  TemporaryDirectory county_directory_;
  Database county_{county_directory_.path(), Database::Mode::owner};
  Register county_reg_{county_, test_prefixes};
  int mails_ = 0;
};

TEST_F(ImportTest, KeepsNumberOfficeAndVersions) {
  county_files(of("甲网", "甲公司", "1"));
  county_files(changed(1, of("甲网", "甲公司", "1")), noon + 86'400);
  county_files(of("乙网", "乙公司", "2"));
  const auto done = take(package());
  EXPECT_EQ(counts(done), "2 0 0 0");
  EXPECT_EQ(done.from.register_id, register_id(county_));
  const std::string all = package();
  EXPECT_EQ(content(), all.substr(all.find('\n'))) << "what goes in comes out again";
  EXPECT_EQ(verify_audit(database), std::nullopt);
}

TEST_F(ImportTest, TheSameAgainChangesNothing) {
  county_files(of("甲网", "甲公司", "1"));
  take(package());
  const std::string before = content();
  EXPECT_EQ(counts(take(package())), "0 0 1 0");
  EXPECT_EQ(content(), before);
}

TEST_F(ImportTest, TakesNewerVersionsAndIsNotSetBackByOlderOnes) {
  county_files(of("甲网", "甲公司", "1"));
  const std::string older = package();
  take(older);
  county_files(changed(1, of("甲网", "甲公司（新）", "1")), noon + 86'400);
  EXPECT_EQ(counts(take(package())), "0 1 0 0");
  const std::string newest = content();
  EXPECT_EQ(counts(take(older)), "0 0 1 0");
  EXPECT_EQ(content(), newest);
}

TEST_F(ImportTest, LeavesOutANumberThatIsAnothersHere) {
  here(of("丙网", "丙公司", "3"));
  county_files(of("甲网", "甲公司", "1"));
  county_files(of("乙网", "乙公司", "2"));
  const auto done = take(package());
  EXPECT_EQ(counts(done), "1 0 0 1");
  EXPECT_EQ(done.listed.at(0).number, "DQ2018-00001");
  EXPECT_EQ(done.listed.at(0).why, "version 1 has other content here");
  here(of("丁网", "丁公司", "4"));
  EXPECT_NE(content().find("DQ2018-00003"), std::string::npos) << "numbers go on behind them";
}

TEST_F(ImportTest, LeavesOutAPlatformThatAnotherRegistered) {
  county_files(of("路网", "路公司", "9"));
  county_files(of("甲网", "甲公司", "1"));
  SettledSubmission other = of("甲网", "丙公司", "3");
  here(of("路网", "路公司", "9"));
  here(of("无关网", "无关公司", "8"));
  here(of("又一网", "又一公司", "7"));
  here(other);
  const auto done = take(package());
  EXPECT_EQ(done.conflicts, 1) << "the first is the same here, the second's number is taken";
  EXPECT_EQ(done.same, 1);
  county_files(of("戊网", "戊公司", "5"));
  county_files(of("己网", "己公司", "6"));
  county_files(of("甲网", "庚公司", "77"));
  const auto more = take(package());
  EXPECT_EQ(more.listed.back().why, "the platform is registered here by 丙公司 as DQ2018-00004");
}

// By mail to the city it has a number there; the county gave it another.
TEST_F(ImportTest, ListsWhatTheSameRegistrantHasHereUnderAnotherNumber) {
  Incoming to_city = mail(90);
  to_city.office = to_city.account = "west";
  reg.receive(to_city);
  reg.settle(settlement(reg.claim(noon, 100)->message, {of("甲网", "甲公司", "1")}), {});
  county_files(of("甲网", "甲公司", "1"));
  for (int again = 0; again < 2; ++again) {
    const auto done = take(package());
    EXPECT_EQ(counts(done), "0 0 0 1");
    EXPECT_EQ(done.listed.at(0).why, "the same registrant has it registered here as XQ2018-00001");
  }
}

TEST_F(ImportTest, TakesAccountsOfOneNameOnSeveralPlatforms) {
  SettledSubmission account = of("夜话", "甲公司", "1");
  account.form = "account";
  account.account_id = "微信:yehua";
  county_files(account);
  account.account_id = "微博:yehua";
  county_files(account);
  EXPECT_EQ(counts(take(package())), "2 0 0 0");
}

TEST_F(ImportTest, WhatCameInIsFound) {
  county_files(of("甲网", "甲公司", "1"));
  take(package());
  QueueFilter filter;
  filter.text = "甲公司";
  EXPECT_EQ(Queue(database).search(filter).size(), 1U);
}

TEST_F(ImportTest, LeavesOutOfficesAndNumbersThatAreNotKnownHere) {
  county_files(of("甲网", "甲公司", "1"));
  std::string text = package();
  const auto spoil = [&](const std::string& from, const std::string& to) {
    std::string spoilt = text;
    spoilt.replace(spoilt.find(from), from.size(), to);
    return take(spoilt).listed.at(0).why;
  };
  EXPECT_EQ(spoil("\"office\":\"east\"", "\"office\":\"north\""),
            "its office is not in this configuration");
  for (const auto* number : {"XX2018-00001", "DQ2018-1", "DQ201x-00001", "DQ2018-00000", "DQ"})
    EXPECT_EQ(spoil("DQ2018-00001", number), "its number is none that its office gives") << number;
}

TEST_F(ImportTest, APackageThatEndsEarlyChangesNothing) {
  county_files(of("甲网", "甲公司", "1"));
  county_files(of("乙网", "乙公司", "2"));
  const std::string before = content();
  const std::string whole = package();
  std::istringstream in(whole.substr(0, whole.rfind("{\"totals\"")));
  const auto done = import_package(database, in, test_prefixes, "wang", noon);
  ASSERT_FALSE(done);
  EXPECT_NE(done.reason().detail.find("cut off"), std::string::npos);
  EXPECT_EQ(content(), before);
  EXPECT_TRUE(database.query("SELECT id FROM message").empty());
}

TEST_F(ImportTest, ListsConflictsToALimitAndCountsAll) {
  std::vector<SettledSubmission> many, others;
  for (std::size_t i = 0; i <= limits::package_conflicts; ++i) {
    many.push_back(of("网" + std::to_string(i), "甲公司", "1"));
    others.push_back(of("站" + std::to_string(i), "乙公司", "2"));
  }
  county_reg_.receive(mail(1));
  county_reg_.settle(settlement(county_reg_.claim(noon, 100)->message, many), {});
  reg.settle(settlement(receive_and_claim(1), others), {});
  const auto done = take(package());
  EXPECT_EQ(done.conflicts, static_cast<std::int64_t>(limits::package_conflicts) + 1);
  EXPECT_EQ(done.listed.size(), limits::package_conflicts);
}

}  // namespace

}  // namespace dengji
