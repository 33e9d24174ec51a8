// The pipeline with a reader that reports prepared cases: what reaches the register, and what is
// answered.
#include "daemon/intake.hpp"

#include <gtest/gtest.h>

#include "daemon/registering.hpp"
#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;

// As a fingerprint of a seal is: see ocr/seal_print.hpp.
std::string some_print() {
  std::string print;
  for (int i = 0; i < 576; ++i) print += static_cast<char>('0' + i * i % 9);
  return print;
}

// The mail's bytes name the case that the reader reports.
Reading reported(const std::string& raw) {
  if (raw.starts_with("person")) return right_account_of_a_person();
  auto reading = right_website();
  page(reading, scan_file).seals.at(0).fingerprint = some_print();
  if (raw.starts_with("lifted")) {
    reading.message.from = "wang@elsewhere.example";
    field(reading, "org_name").value = "邵阳市双清区云麓网络有限公司";
    field(reading, "id_number").value = "91430502MA4L0T3A3H";
    reading.submissions[0].platform = field(reading, "site_name").value = "青禾在线";
    page(reading, scan_file).seals[0].name = SealName::unread;
  }
  if (raw.starts_with("second"))
    reading.submissions[0].platform = field(reading, "site_name").value = "另一个网站";
  if (raw.starts_with("bounce")) reading.message.machine = "bounce";
  if (raw.starts_with("question")) reading.submissions.clear();
  if (raw.starts_with("renamed")) {
    reading.message.subject = "变更登记 SQ2018-00001";
    reading.submissions[0].form->action = Action::change;
    reading.submissions[0].platform = field(reading, "site_name").value = "新名字网";
  }
  if (raw.starts_with("vouched"))
    reading.message.authentications = {{"mx.wxb.example", {"mail.example"}, {"mx.wxb.example"}}};
  if (raw.starts_with("unsealed")) page(reading, scan_file).seals.clear();
  if (raw.starts_with("grey"))
    page(reading, scan_file).quality.monochrome = true, page(reading, scan_file).seals.clear();
  return reading;
}

ReaderProcess::Prepare prepared() {
  return [] {
    return [](std::string_view raw) -> std::string {
      if (raw.starts_with("crash")) _exit(1);
      return to_wire(reported(std::string(raw)));
    };
  };
}

// The mailbox's server is known to tell who a sender is.
Config believing() {
  Config config = shipped_config();
  for (auto& office : config.offices)
    for (auto& mailbox : office.mailboxes) mailbox.authserv_id = "mx.wxb.example";
  return config;
}

class IntakeTest : public ::testing::Test {
 protected:
  void arrive(const std::string& raw, std::int64_t size = 1000) {
    const auto sha256 = blobs_.put(raw);
    records_.receive({"shuangqing", "shuangqing", "1", std::to_string(++uid_), sha256, size,
                      received, received});
  }
  void work() {
    while (intake_.step(at(now_))) {
    }
  }
  std::vector<Letter> letters() {
    std::vector<Letter> all;
    while (const auto owed = outbox_.next(now_)) {
      all.push_back(owed->letter);
      outbox_.sent(owed->id, now_);
    }
    return all;
  }
  Ledger ledger() {
    records_.polled("shuangqing", "shuangqing", now_, "");
    return records_.ledgers().at(0);
  }

  TempDir dir_;
  Config config_ = believing();
  ReaderProcess reader_{prepared(), reader_limits(shipped_config())};
  Database database_{dir_.path() / "state", Database::Mode::owner};
  Register records_{database_, {{"shuangqing", "SQ"}}};
  Outbox outbox_{database_};
  Blobs blobs_{dir_.path() / "blobs"};
  Intake intake_{{config_, records_, outbox_, blobs_, reader_, "secret"}};
  std::int64_t now_ = received + 60;
  int uid_ = 0;
};

TEST_F(IntakeTest, RegistersAndAnswersWithTheNumber) {
  arrive("right");
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].kind, "receipt");
  EXPECT_EQ(all[0].to, "chen@mail.example");
  EXPECT_EQ(records_.list({}).at(0).number, "SQ2018-00001");
  EXPECT_EQ(ledger().filed, 1);
}

TEST_F(IntakeTest, AnswersTheSameAgainWithoutASecondRecord) {
  arrive("right");
  arrive("right, sent again");
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].kind, "duplicate");
  int records = 0;
  records_.each_record("", [&](const Known&, const std::string&) { ++records; });
  EXPECT_EQ(records, 1);
}

TEST_F(IntakeTest, AForgedMessageIdHidesNobodysMail) {
  arrive("question");
  arrive("right");
  ASSERT_EQ(reported("question").message.message_id, reported("right").message.message_id);
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].kind, "receipt");
}

TEST_F(IntakeTest, CountsEachMailOnceInTheLedger) {
  for (const auto* mail : {"right", "unsealed", "grey", "bounce", "person"}) arrive(mail);
  work();
  const auto l = ledger();
  EXPECT_EQ(l.seen, 5);
  EXPECT_EQ(l.filed, 2);
  EXPECT_EQ(l.rejected, 1);
  EXPECT_EQ(l.held, 1);
  EXPECT_EQ(l.ignored, 1);
  EXPECT_EQ(l.pending, 0);
}

TEST_F(IntakeTest, HoldsASealThatSomebodyElseHasUsed) {
  arrive("right");
  arrive("lifted");
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].kind, "held");
  EXPECT_NE(all[1].bytes.find("wang@elsewhere.example"), std::string::npos);
  EXPECT_EQ(all[1].bytes.find("SQ2018-00001"), std::string::npos) << "for staff only";
  const auto shown = records_.show("M2");
  ASSERT_TRUE(shown);
  EXPECT_NE(shown->find("seal.copied"), std::string::npos);
  EXPECT_NE(shown->find(R"("copied_from": "SQ2018-00001")"), std::string::npos) << *shown;
}

TEST_F(IntakeTest, HoldsNoHoldersOwnSeal) {
  arrive("right");
  arrive("second platform, the same scan cut out");
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[1].kind, "receipt");
}

TEST_F(IntakeTest, NeverAnswersAMachine) {
  arrive("bounce");
  work();
  EXPECT_TRUE(letters().empty());
}

TEST_F(IntakeTest, AnswersASenderWhomTheServerVouchesForEachTime) {
  config_.replies_per_day_authenticated = 5;
  for (int i = 0; i < 6; ++i) arrive("vouched " + std::to_string(i));
  work();
  EXPECT_EQ(letters().size(), 5U);
}

TEST_F(IntakeTest, StopsAnsweringAnAddressAfterTheDaysShare) {
  for (int i = 0; i < 6; ++i) arrive("question " + std::to_string(i));
  work();
  EXPECT_EQ(letters().size(), static_cast<std::size_t>(shipped_config().replies_per_day));
  now_ += 2 * 86400;
  arrive("question another day");
  work();
  EXPECT_EQ(letters().size(), 1U);
}

TEST_F(IntakeTest, TellsTheSenderOfAMailThatIsTooLarge) {
  arrive("question: its header", 62 << 20);
  arrive("bounce: its header", 62 << 20);
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 1U) << "a machine is not told";
  EXPECT_EQ(all[0].kind, "too-large");
  EXPECT_EQ(ledger().rejected, 1);
  EXPECT_EQ(ledger().ignored, 1);
  EXPECT_NE(records_.show("M1")->find("62MB"), std::string::npos) << *records_.show("M1");
}

TEST_F(IntakeTest, HoldsAMailThatKillsItsReader) {
  arrive("crash");
  arrive("right");
  for (int attempt = 0; attempt < shipped_config().attempts; ++attempt) {
    work();
    now_ += 3600;  // past the lease
  }
  work();
  EXPECT_EQ(ledger().held, 1);
  EXPECT_EQ(ledger().filed, 1);
  const auto all = letters();
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].kind, "receipt");
}

TEST_F(IntakeTest, LeasesAMailByAClockThatNobodySets) {
  arrive("crash");
  EXPECT_TRUE(intake_.step({now_, 1000}));
  EXPECT_FALSE(intake_.step({now_ + 86'400, 1001})) << "it may be read by somebody still";
  EXPECT_TRUE(intake_.step({now_ - 86'400, 1000 + 3600}));
}

TEST_F(IntakeTest, GivesAMailBackUncountedWhenInterrupted) {
  arrive("right");
  reader_.interrupt();
  EXPECT_FALSE(intake_.step(at(now_)));
  const auto claim = records_.claim(now_, 60);
  ASSERT_TRUE(claim) << "it still waits for the lease's end";
  EXPECT_EQ(claim->attempt, 1);
}

TEST_F(IntakeTest, GivesALetterAMessageIdThatNobodyCanForetell) {
  arrive("right");
  arrive("person");
  work();
  const auto all = letters();
  ASSERT_EQ(all.size(), 2U);
  EXPECT_NE(all[0].message_id, all[1].message_id);
  EXPECT_TRUE(all[0].message_id.ends_with("@wxb.example>"));
  EXPECT_NE(all[0].bytes.find("Message-ID: " + all[0].message_id), std::string::npos);
}

TEST_F(IntakeTest, AChangedNameIsKnownByTheReceiptNumberInTheSubject) {
  arrive("renamed before there is a record");
  work();
  arrive("right");
  work();
  arrive("renamed");
  work();
  const auto rows = records_.list({});
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0].number, "SQ2018-00001");
  EXPECT_EQ(rows[0].version, 2);
  EXPECT_EQ(rows[0].platform, "新名字网");
  EXPECT_EQ(rows[2].decision, "review");  // action.unknown_record
}

TEST(ReceiptNumber, IsFoundInAText) {
  const auto& config = shipped_config();
  EXPECT_EQ(receipt_number_in("回复：变更（SQ2018-00017）", config), "SQ2018-00017");
  EXPECT_EQ(receipt_number_in("SQ SQ2018 SQ2018-123 xSQ2018-123456.", config), "SQ2018-123456");
  EXPECT_EQ(receipt_number_in("ZZ2018-00017", config), "");
}

}  // namespace
}  // namespace dengji
