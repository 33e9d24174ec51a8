#include <nlohmann/json.hpp>

#include "store/time.hpp"
#include "tests/store/support.hpp"

namespace dengji {

class ShowTest : public StoreTest {
 protected:
  ShowTest() {
    SettledSubmission one = accepted("甲网");
    one.findings = {
        {"name.mismatch", Severity::note, "表.doc", 0, "", "文件名不是平台名称"},
        {"seal.unread", Severity::doubt, "扫描.jpg", 2, "org_name", "印章文字未能辨认"}};
    const Id message = receive_and_claim(1);
    reg.settle(settlement(message, {one}), composing("a@x"));
    outbox.sent(outbox.next(noon + 90)->id, noon + 90);
  }
  nlohmann::json shown(const std::string& number) {
    const auto text = reg.show(number);
    return text ? nlohmann::json::parse(*text) : nlohmann::json();
  }
};

TEST_F(ShowTest, ShowsEverythingAboutARecord) {
  const auto all = shown("DQ2018-00001");
  const auto& record = all.at("records").at(0);
  EXPECT_EQ(record.at("number"), "DQ2018-00001");
  EXPECT_EQ(record.at("status"), "active");
  EXPECT_EQ(record.at("created"), "2018-08-20T12:01:00+08:00");
  const auto& version = record.at("versions").at(0);
  EXPECT_EQ(version.at("submission"), "S1");
  EXPECT_EQ(version.at("message"), "M1");
  EXPECT_EQ(version.at("fields").at("site_name"), "x");

  const auto& message = all.at("messages").at(0);
  EXPECT_EQ(message.at("id"), "M1");
  EXPECT_EQ(message.at("state"), "settled");
  EXPECT_EQ(message.at("sha256"), mail(1).sha256);
  EXPECT_EQ(message.at("received"), "2018-08-20T12:00:00+08:00");
  EXPECT_EQ(message.at("from"), "li@company.example");

  const auto& submission = message.at("submissions").at(0);
  EXPECT_EQ(submission.at("number"), "DQ2018-00001");
  EXPECT_EQ(submission.at("decision"), "accept");
  EXPECT_EQ(submission.at("change"), "create");
  EXPECT_EQ(submission.at("superseded"), false);
  EXPECT_EQ(submission.at("registrant").at("class"), "organisation");
  EXPECT_EQ(submission.at("files").at(0).at("role"), "form");
}

TEST_F(ShowTest, ShowsFindingsInTheirOrderAndInTheContractsWords) {
  const auto findings = shown("S1").at("messages").at(0).at("submissions").at(0).at("findings");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].at("code"), "name.mismatch");
  EXPECT_EQ(findings[0].at("severity"), "note");
  EXPECT_TRUE(findings[0].at("page").is_null());
  EXPECT_TRUE(findings[0].at("field").is_null());
  EXPECT_EQ(findings[1].at("severity"), "doubt");
  EXPECT_EQ(findings[1].at("page"), 2);
  EXPECT_EQ(findings[1].at("field"), "org_name");
}

TEST_F(ShowTest, ShowsRepliesAndAudit) {
  const auto all = shown("M1");
  const auto& reply = all.at("messages").at(0).at("replies").at(0);
  EXPECT_EQ(reply.at("kind"), "receipt");
  EXPECT_EQ(reply.at("state"), "sent");
  EXPECT_EQ(reply.at("to"), "li@company.example");
  EXPECT_EQ(reply.at("sent"), "2018-08-20T12:01:30+08:00");
  ASSERT_EQ(all.at("audit").size(), 4u);
  EXPECT_EQ(all.at("audit").at(0).at("action"), "receive");
  EXPECT_EQ(all.at("audit").at(3).at("action"), "sent");
}

TEST_F(ShowTest, AMessageWithoutARecordIsShownByItsNumber) {
  reg.receive(mail(2));
  const auto all = shown("M2");
  EXPECT_TRUE(all.at("records").empty());
  EXPECT_EQ(all.at("messages").at(0).at("state"), "received");
  EXPECT_TRUE(all.at("messages").at(0).at("settled").is_null());
}

TEST_F(ShowTest, ARecordShowsTheMessagesOfAllItsVersions) {
  SettledSubmission change = accepted("甲网");
  change.change = RecordChange::append;
  change.record = 1;
  reg.settle(settlement(receive_and_claim(2), {change}), {});
  const auto all = shown("DQ2018-00001");
  EXPECT_EQ(all.at("records").at(0).at("version"), 2);
  EXPECT_EQ(all.at("records").at(0).at("versions").size(), 2u);
  EXPECT_EQ(all.at("messages").size(), 2u);
}

TEST_F(ShowTest, WhatIsNotThereIsNotShown) {
  for (const char* number : {"", "DQ2018-00002", "M9", "S9", "M", "S-1", "M1x",
                             "M99999999999999999999999", "' OR 1=1 --"}) {
    EXPECT_FALSE(reg.show(number)) << number;
  }
}

TEST_F(ShowTest, BytesThatAreNoUtf8AndFieldsThatAreNoJsonAreShownAllTheSame) {
  SettledSubmission odd = accepted("a\xff");
  odd.fields_json = "{not json";
  reg.settle(settlement(receive_and_claim(2), {odd}), {});
  const auto submission = shown("M2").at("messages").at(0).at("submissions").at(0);
  EXPECT_EQ(submission.at("platform"), "a\uFFFD");
  EXPECT_EQ(submission.at("fields"), "{not json");
}

TEST(Time, IsTheRegistersOwn) {
  EXPECT_EQ(rfc3339(0), "1970-01-01T08:00:00+08:00");
  EXPECT_EQ(rfc3339(1'534'694'400), "2018-08-20T00:00:00+08:00");
  EXPECT_EQ(rfc3339(1'534'694'399), "2018-08-19T23:59:59+08:00");
}

}  // namespace dengji
