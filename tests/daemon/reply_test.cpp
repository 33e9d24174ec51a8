#include "daemon/reply.hpp"

#include <gtest/gtest.h>

#include "tests/daemon/trial_config.hpp"

namespace dengji {

namespace {

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class Reply : public testing::Test {
 protected:
  Reply() : config_(TrialConfig().load()) {
    for (auto& blank : config_.letters.blanks)
      blank = std::filesystem::path(SOURCE_DIR "/etc/forms") / blank.filename();
    verdict_.office = config_.office("shuangqing");
    auto& message = verdict_.message;
    message.message_id = "<1@mail.example>";
    message.subject = "互联网平台登记材料";
    message.from = "zhang@mail.example";
    message.from_name = "张三";
    message.received = "2018-08-20T09:30:00+08:00";
  }

  JudgedSubmission& add(Decision decision) {
    auto& judged = verdict_.submissions.emplace_back();
    judged.decision = decision;
    judged.submission.platform = "双清夜话";
    judged.submission.form.emplace();
    judged.submission.form->kind = FormKind::forum;
    judged.registrant.emplace();
    judged.registrant->name = "湖南夜话文化传媒有限公司";
    judged.registrant->id_number = "91430502MA4L00001X";
    return judged;
  }
  static Finding finding(const std::string& code, Severity severity) {
    Finding one;
    one.code = code;
    one.severity = severity;
    return one;
  }
  ReplyText reply(const std::vector<Filed>& filed = {}) const {
    auto text = write_reply(verdict_, filed, config_);
    EXPECT_TRUE(text);
    return text ? *text : ReplyText{};
  }

  Config config_;
  Verdict verdict_;
};

TEST_F(Reply, ReceiptSaysWhatIsRegistered) {
  add(Decision::accept);
  const auto text = reply({{1, "SQ-2018-00012", 1}});
  EXPECT_EQ(text.kind, "receipt");
  EXPECT_EQ(text.to, "zhang@mail.example");
  EXPECT_EQ(text.subject, "回复：互联网平台登记材料（已登记）");
  for (const std::string part :
       {"张三：", "登记编号：SQ-2018-00012", "1. 双清夜话", "湖南夜话文化传媒有限公司",
        "论坛（社区、贴吧）", "首次登记", "2018年8月20日", "30日内", "0739-5550101",
        "邵阳市双清区互联网信息办公室"})
    EXPECT_TRUE(has(text.body, part)) << part << "\n" << text.body;
  EXPECT_FALSE(has(text.body, "91430502MA4L00001X"));
  EXPECT_TRUE(has(text.body, "914305")) << text.body;
  EXPECT_FALSE(has(text.body, "{{"));
}

TEST_F(Reply, ADryRunHasNoNumberYet) {
  add(Decision::accept);
  EXPECT_TRUE(has(reply().body, "登记编号：（正式受理后编号）"));
}

TEST_F(Reply, RejectionNamesFilePageFieldAndWhatToDo) {
  auto& judged = add(Decision::reject);
  auto wrong = finding("id.checksum", Severity::defect);
  wrong.attachment = "双清夜话.doc";
  wrong.field = "manager_id";
  wrong.detail = "第18位应为X，表中为430502199001011233";
  auto unclear = finding("seal.unread", Severity::doubt);
  unclear.attachment = "扫描.jpg";
  unclear.page = 2;
  judged.findings = {wrong, unclear, finding("name.mismatch", Severity::note)};
  const auto text = reply();
  EXPECT_EQ(text.kind, "rejection");
  EXPECT_EQ(text.subject, "回复：互联网平台登记材料（材料需补正）");
  EXPECT_TRUE(has(text.body, "（1）" + config_.letters.titles.at("id.checksum") +
                                 "：附件“双清夜话.doc”，“管理员身份证号码”一栏"))
      << text.body;
  EXPECT_TRUE(has(text.body, "情况：第18位应为X")) << text.body;
  EXPECT_FALSE(has(text.body, "430502199001011233"));
  EXPECT_TRUE(has(text.body, config_.letters.phrases.at("id.checksum")));
  EXPECT_TRUE(has(text.body, "附件“扫描.jpg”第2页"));
  EXPECT_TRUE(has(text.body, config_.letters.titles.at("name.mismatch")));
  EXPECT_TRUE(has(text.body, "回复本邮件"));
}

TEST_F(Reply, EveryFindingHasItsWords) {
  for (const auto& [code, severity] : config_.severity) {
    verdict_.submissions.clear();
    add(Decision::reject).findings = {finding(code, severity)};
    const auto body = reply().body;
    EXPECT_TRUE(has(body, config_.letters.titles.at(code))) << code;
    EXPECT_TRUE(has(body, config_.letters.phrases.at(code))) << code;
    EXPECT_FALSE(has(body, code)) << "the code itself is no word for registrants";
  }
}

TEST_F(Reply, HeldAndDuplicateHaveTheirOwnLetters) {
  add(Decision::review).findings = {finding("seal.mismatch", Severity::doubt)};
  EXPECT_EQ(reply().kind, "held");
  EXPECT_EQ(reply().subject, "回复：互联网平台登记材料（待人工核对）");
  verdict_.submissions.clear();
  auto& again = add(Decision::accept);
  again.change = RecordChange::repeat;
  again.known.emplace();
  again.known->number = "SQ-2018-00003";
  const auto text = reply({{1, "", 0}});
  EXPECT_EQ(text.kind, "duplicate");
  EXPECT_TRUE(has(text.body, "登记编号：SQ-2018-00003"));
}

TEST_F(Reply, SeveralOutcomesGiveOneLetterThatListsEach) {
  add(Decision::accept);
  add(Decision::reject).findings = {finding("scan.missing", Severity::defect)};
  add(Decision::review).findings = {finding("seal.unread", Severity::doubt)};
  const auto text = reply({{1, "SQ-2018-00001", 1}, {2, "", 0}, {3, "", 0}});
  EXPECT_EQ(text.kind, "mixed");
  EXPECT_EQ(text.subject, "回复：互联网平台登记材料（3个平台的办理结果）");
  for (const std::string part : {"办理结果：已登记", "办理结果：材料需补正", "办理结果：待人工核对",
                                 "登记编号：SQ-2018-00001", "3. 双清夜话"})
    EXPECT_TRUE(has(text.body, part)) << part << "\n" << text.body;
  EXPECT_EQ(text.body.find("登记编号"), text.body.rfind("登记编号"))
      << "only of what is registered";
}

TEST_F(Reply, NoSubmissionTellsWhatToSend) {
  verdict_.disposition = Disposition::no_submission;
  verdict_.message.remote = {"登记材料.zip"};
  const auto text = reply();
  EXPECT_EQ(text.kind, "no-submission");
  EXPECT_TRUE(has(text.body, "空白表附后"));
  EXPECT_TRUE(has(text.body, "登记材料.zip"));
  EXPECT_TRUE(has(text.body, "shuangqing@wxb.example"));
}

TEST_F(Reply, MachinesAndUnusableAddressesGetNone) {
  verdict_.disposition = Disposition::ignored;
  EXPECT_FALSE(write_reply(verdict_, {}, config_));
  verdict_.disposition = Disposition::no_submission;
  verdict_.message.from = "no address";
  EXPECT_FALSE(write_reply(verdict_, {}, config_));
}

TEST_F(Reply, GoesToReplyToIfThatIsAnAddress) {
  verdict_.disposition = Disposition::no_submission;
  verdict_.message.reply_to = "office@firm.example";
  EXPECT_EQ(reply().to, "office@firm.example");
  verdict_.message.reply_to = "a@b.example\r\nBcc: c@d.example";
  EXPECT_EQ(reply().to, "zhang@mail.example");
}

TEST_F(Reply, ForeignWordsAreShownPlainly) {
  auto& judged = add(Decision::accept);
  judged.submission.platform = "夜\u202e话\r\n{{phone}}\x01";
  verdict_.message.subject = "登记\r\nBcc: x@y.example 430502199001011233";
  const auto text = reply();
  EXPECT_FALSE(has(text.body, "\u202e"));
  EXPECT_TRUE(has(text.body, "{{phone}}")) << "a name is not read as template";
  EXPECT_FALSE(has(text.subject, "\n"));
  EXPECT_FALSE(has(text.subject, "430502199001011233"));
}

TEST_F(Reply, FileNamesKeepTheirTimeStampsAndLoseIdentityNumbers) {
  auto& judged = add(Decision::reject);
  for (const std::string name : {"mmexport1534493078123.jpg", "身份证43050219900101123X.jpg",
                                 "13812345678.png", "IMG_20180815_093012.jpg"}) {
    judged.findings.push_back(finding("scan.unreadable", Severity::defect));
    judged.findings.back().attachment = name;
  }
  const auto body = reply().body;
  EXPECT_TRUE(has(body, "mmexport1534493078123.jpg"));
  EXPECT_TRUE(has(body, "IMG_20180815_093012.jpg"));
  EXPECT_FALSE(has(body, "43050219900101123X"));
  EXPECT_FALSE(has(body, "13812345678"));
}

TEST_F(Reply, ALetterStaysALetter) {
  auto& judged = add(Decision::reject);
  judged.findings.assign(500, finding("field.missing", Severity::defect));
  judged.findings[0].detail = std::string(100000, 'x');
  judged.submission.platform = std::string(100000, 'y');
  const auto body = reply().body;
  EXPECT_LT(body.size(), 20000u);
  EXPECT_TRUE(has(body, "其余460项"));
}

TEST_F(Reply, WithoutANameOrSubjectItIsStillPolite) {
  verdict_.disposition = Disposition::no_submission;
  verdict_.message.from_name = "";
  verdict_.message.subject = "";
  const auto text = reply();
  EXPECT_EQ(text.subject, "回复：互联网平台登记（未发现登记材料）");
  EXPECT_TRUE(has(text.body, "zhang@mail.example：\n"));
}

}  // namespace

}  // namespace dengji
