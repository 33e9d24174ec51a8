#include "tests/store/support.hpp"

namespace dengji {

class QueryTest : public StoreTest {
 protected:
  Id decided(std::vector<SettledSubmission> submissions,
             Disposition disposition = Disposition::submission) {
    const Id message = receive_and_claim(++mails_);
    Settlement given = settlement(message, std::move(submissions));
    given.disposition = disposition;
    reg.settle(given, {});
    return message;
  }
  static SettledSubmission with(Decision decision) {
    SettledSubmission one = accepted("甲网");
    one.decision = decision;
    one.change = decision == Decision::accept ? RecordChange::create : RecordChange::none;
    return one;
  }

  int mails_ = 0;
};

TEST_F(QueryTest, KnowsAPlatformByItsFoldedNameWithinItsForm) {
  decided({accepted("邵阳 Ｎｅｗｓ网")});
  EXPECT_EQ(reg.known("website", "邵阳news网", "").size(), 1u);
  EXPECT_TRUE(reg.known("forum", "邵阳news网", "").empty());
  EXPECT_TRUE(reg.known("website", "邵阳网", "").empty());
  EXPECT_TRUE(reg.known("website", "", "").empty());
}

TEST_F(QueryTest, KnowsAnAccountByItsIdInAnyOffice) {
  SettledSubmission account = accepted("夜话");
  account.form = "account";
  account.account_id = "微信公众号 ShaoYang01";
  decided({account});
  const auto found = reg.known("account", "另一个名字", "微信公众号shaoyang01");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].platform, "夜话");
  EXPECT_EQ(found[0].account_id, "微信公众号 ShaoYang01");
  EXPECT_EQ(found[0].office, "east");
  EXPECT_EQ(found[0].registrant_name, "某某网络有限公司");
  EXPECT_EQ(found[0].id_number, account.id_number);
  EXPECT_EQ(found[0].fields_json, account.fields_json);
  EXPECT_EQ(found[0].status, RecordStatus::active);
  EXPECT_EQ(found[0].version, 1);
}

TEST_F(QueryTest, TheNewestOfTheSameNameComesFirst) {
  decided({accepted("甲网")});
  SettledSubmission others = accepted("甲网");
  others.registrant_name = "别人";
  decided({others});
  const auto found = reg.known("website", "甲网", "");
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].registrant_name, "别人");
}

TEST_F(QueryTest, ALedgerCountsEachMessageOnceByItsGravestDecision) {
  decided({with(Decision::accept)});
  decided({with(Decision::accept), with(Decision::reject)});
  decided({with(Decision::reject), with(Decision::review), with(Decision::accept)});
  decided({}, Disposition::no_submission);
  decided({}, Disposition::ignored);
  reg.receive(mail(100));
  reg.polled("east", "east-inbox", noon, "");
  reg.polled("west", "west-inbox", noon, "no route to host");
  const auto ledgers = reg.ledgers();
  ASSERT_EQ(ledgers.size(), 2u);
  const Ledger& east = ledgers[0];
  EXPECT_EQ(east.account, "east-inbox");
  EXPECT_EQ(east.office, "east");
  EXPECT_EQ(east.seen, 6);
  EXPECT_EQ(east.filed, 1);
  EXPECT_EQ(east.rejected, 2);
  EXPECT_EQ(east.held, 1);
  EXPECT_EQ(east.ignored, 1);
  EXPECT_EQ(east.pending, 1);
  EXPECT_EQ(east.last_poll, noon);
  EXPECT_EQ(ledgers[1].seen, 0);
  EXPECT_EQ(ledgers[1].last_error, "no route to host");
}

TEST_F(QueryTest, ALedgerOfDaysAddsUpToTheWhole) {
  const Seconds midnight = noon - 12 * 3600;
  for (int n = 1; n <= 4; ++n) {
    Incoming one = mail(n);
    if (n == 4) one.office = one.account = "west";
    one.now = n == 1 ? midnight - 1 : midnight;
    reg.receive(one);
  }
  Settlement given = settlement(reg.claim(noon, 100)->message, {with(Decision::reject)});
  reg.settle(given, nullptr);
  const auto days = reg.ledger_days(0, "");
  ASSERT_EQ(days.size(), 3u);
  EXPECT_EQ(days[0].day, "2018-08-20");
  EXPECT_EQ(days[0].office, "east");
  EXPECT_EQ(days[0].seen, 2);
  EXPECT_EQ(days[0].pending, 2);
  EXPECT_EQ(days[1].office, "west");
  EXPECT_EQ(days[2].day, "2018-08-19");
  EXPECT_EQ(days[2].seen, 1);
  EXPECT_EQ(days[2].rejected, 1);
  EXPECT_EQ(reg.ledger_days(midnight, "east").size(), 1u);
}

TEST_F(QueryTest, ListsTheNewestFirstWithWhatBecameOfIt) {
  decided({with(Decision::accept)});
  decided({}, Disposition::no_submission);
  reg.receive(mail(100));
  const auto rows = reg.list({});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].decision, "pending");
  EXPECT_EQ(rows[1].decision, "no-submission");
  EXPECT_EQ(rows[1].submission, 0);
  EXPECT_EQ(rows[1].number, "");
  const auto& filed = rows[2];
  EXPECT_EQ(filed.decision, "accept");
  EXPECT_EQ(filed.number, "DQ2018-00001");
  EXPECT_EQ(filed.office, "east");
  EXPECT_EQ(filed.platform, "甲网");
  EXPECT_EQ(filed.form, "website");
  EXPECT_EQ(filed.registrant_name, "某某网络有限公司");
  EXPECT_EQ(filed.received, "2018-08-20T12:00:00+08:00");
  EXPECT_EQ(filed.from, "li@company.example");
  EXPECT_EQ(filed.message, 1);
  EXPECT_EQ(filed.submission, 1);
  EXPECT_EQ(filed.version, 1);
  EXPECT_EQ(filed.status, "active");
}

TEST_F(QueryTest, ListsWhatTheFilterAsksFor) {
  decided({with(Decision::accept)});
  decided({with(Decision::reject)});
  EXPECT_EQ(reg.list({"east", "", "", 10}).size(), 2u);
  EXPECT_EQ(reg.list({"west", "", "", 10}).size(), 0u);
  EXPECT_EQ(reg.list({"", "reject", "", 10}).size(), 1u);
  EXPECT_EQ(reg.list({"east", "accept", "甲", 10}).size(), 1u);
  EXPECT_EQ(reg.list({"", "", "dq2018-00001", 10}).size(), 1u);
  EXPECT_EQ(reg.list({"", "", "LI@company", 10}).size(), 2u);
  EXPECT_EQ(reg.list({"", "", "登记", 10}).size(), 2u);
  EXPECT_EQ(reg.list({"", "", "", 1}).size(), 1u);
}

TEST_F(QueryTest, AFilterIsTextAndNoPattern) {
  decided({with(Decision::accept)});
  for (const char* text : {"%", "_", "\\", "' OR 1=1 --", "甲%"}) {
    EXPECT_TRUE(reg.list({"", "", text, 10}).empty()) << text;
  }
}

TEST_F(QueryTest, ExportsEachRecordsNewestVersion) {
  for (const char* name : {"甲网", "乙网", "丙网"}) decided({accepted(name)});
  SettledSubmission change = accepted("乙网二");
  change.change = RecordChange::append;
  change.record = 2;
  decided({change});
  std::vector<std::string> seen;
  reg.each_record("", [&](const Known& one, const std::string& updated) {
    seen.push_back(one.number + ' ' + one.platform);
    EXPECT_EQ(updated, "2018-08-20T12:01:00+08:00");
    EXPECT_EQ(one.id_number, change.id_number);  // unmasked
  });
  EXPECT_EQ(seen, (std::vector<std::string>{"DQ2018-00001 甲网", "DQ2018-00002 乙网二",
                                            "DQ2018-00003 丙网"}));
  reg.each_record("west", [](const Known& one, const std::string&) { FAIL() << one.number; });
}

}  // namespace dengji
