// Every code that one message can show, by spoiling one thing of a submission that is right.
#include "daemon/examine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "daemon/check_json.hpp"
#include "daemon/registering.hpp"
#include "tests/support/cases.hpp"

namespace dengji {
namespace {

using namespace test;

Verdict judged(const Reading& reading, const char* office = "shuangqing",
               std::int64_t when = received, std::vector<Known> known = {}) {
  return examine(reading, *shipped_config().office(office), shipped_config(), when,
                 [&](const Submission&) { return known; });
}

std::string codes(const Verdict& verdict) {
  std::string all;
  for (const auto& finding : verdict.submissions.at(0).findings)
    all += (all.empty() ? "" : " ") + finding.code +
           (finding.field.empty() ? "" : ":" + finding.field);
  return all;
}

const Finding& only_finding(const Verdict& verdict) {
  EXPECT_EQ(verdict.submissions.at(0).findings.size(), 1U) << codes(verdict);
  return verdict.submissions.at(0).findings.at(0);
}

TEST(Examine, AcceptsWhatIsRight) {
  for (const auto& reading : {right_website(), right_account_of_a_person()}) {
    const auto verdict = judged(reading);
    EXPECT_EQ(codes(verdict), "");
    EXPECT_EQ(verdict.submissions[0].decision, Decision::accept);
    EXPECT_EQ(verdict.submissions[0].change, RecordChange::create);
  }
}

// The certificate lies beside the letter on one photograph.
void lay_beside_letter(Reading& r, SealName letters_seal) {
  auto& letter = page(r, commitment_file);
  const auto& certificate = page(r, certificate_file);
  letter.certificate = certificate.certificate;
  letter.agreement = certificate.agreement;
  letter.seals.at(0).name = letters_seal;
  drop_file(r, certificate_file);
}

struct Spoilt {
  const char* codes;
  Decision decision;
  std::function<void(Reading&)> spoil;
};

// What is wrong with a company's website, one thing at a time.
const std::vector<Spoilt> website_cases{
    {"form.missing", Decision::reject,
     [](Reading& r) {
       r.submissions[0].form.reset();
       r.submissions[0].form_attachment.reset();
       r.submissions[0].form_state = FormState::missing;
       drop_file(r, form_file);
     }},
    {"form.unknown", Decision::reject,
     [](Reading& r) {
       r.submissions[0].form.reset();
       r.submissions[0].form_state = FormState::unknown;
     }},
    {"form.unreadable", Decision::reject,
     [](Reading& r) {
       r.submissions[0].form.reset();
       r.submissions[0].form_state = FormState::unreadable;
       r.submissions[0].form_problem = {Why::encrypted, ""};
     }},
    {"form.unreadable", Decision::reject,
     [](Reading& r) {  // all of it in one archive with a password
       r.submissions[0].form.reset();
       r.submissions[0].form_state = FormState::unreadable;
       r.submissions[0].form_problem = r.files[form_file].problem = {Why::encrypted, "zip"};
       r.submissions[0].parts = {{form_file, Role::other, {}, false, false}};
     }},
    {"attachment.hostile", Decision::review,
     [](Reading& r) {
       r.submissions[0].form.reset();
       r.submissions[0].form_state = FormState::unreadable;
       r.submissions[0].form_problem = {Why::over_limit, ""};
     }},
    {"field.missing:manager_name", Decision::reject,
     [](Reading& r) { drop_field(r, "manager_name"); }},
    {"", Decision::accept, [](Reading& r) { drop_field(r, "id_type"); }},
    {"", Decision::accept,
     [](Reading& r) {
       r.submissions[0].form->fields["isp"] = {"无", "无", {}, true};
     }},
    {"field.invalid:legal_phone", Decision::reject,
     [](Reading& r) { field(r, "legal_phone").value = "0739-3810"; }},
    {"field.invalid:opened_on", Decision::reject,
     [](Reading& r) { field(r, "opened_on").value = "2018-12-01"; }},
    {"id.checksum:manager_id", Decision::reject,
     [](Reading& r) { field(r, "manager_id").value = "430521197006198463"; }},
    {"id.checksum:id_number", Decision::reject,
     [](Reading& r) { field(r, "id_number").value = "91430502MA4TE5T0X7"; }},
    {"name.mismatch", Decision::accept, [](Reading& r) { r.submissions[0].name_matches = false; }},
    {"name.ambiguous", Decision::review,
     [](Reading& r) { r.submissions[0].parts[1].ambiguous = true; }},
    {"scan.missing", Decision::reject, [](Reading& r) { drop_file(r, scan_file); }},
    {"scan.unreadable", Decision::reject,
     [](Reading& r) {
       page(r, scan_file).quality.readable = false;
       page(r, scan_file).quality.why = "blur";
       page(r, scan_file).seals.clear();
     }},
    {"scan.unreadable", Decision::reject,
     [](Reading& r) {
       r.files[scan_file].pages.clear();
       r.files[scan_file].problem = {Why::damaged, "truncated"};
     }},
    {"scan.mismatch", Decision::review,
     [](Reading& r) { page(r, scan_file).agreement[0].platform = false; }},
    {"scan.mismatch", Decision::review,
     [](Reading& r) { page(r, scan_file).agreement[0].platform.reset(); }},
    {"scan.mismatch", Decision::review,
     [](Reading& r) { page(r, scan_file).agreement[0].registrant.reset(); }},
    {"seal.missing", Decision::reject, [](Reading& r) { page(r, scan_file).seals.clear(); }},
    {"seal.unread", Decision::review,
     [](Reading& r) { page(r, scan_file).seals[0].confidence = 0.3; }},
    {"seal.monochrome", Decision::review,
     [](Reading& r) {
       page(r, scan_file).quality.monochrome = true;
       page(r, scan_file).seals[0].red = false;
     }},
    {"seal.unread", Decision::review,
     [](Reading& r) { page(r, scan_file).seals[0].name = SealName::unread; }},
    {"seal.mismatch", Decision::review,
     [](Reading& r) { page(r, scan_file).seals[0].name = SealName::differs; }},
    {"seal.copied", Decision::review,
     [](Reading& r) { page(r, scan_file).seals[0].pasted = true; }},
    {"certificate.missing", Decision::reject, [](Reading& r) { drop_file(r, certificate_file); }},
    {"", Decision::accept, [](Reading& r) { lay_beside_letter(r, SealName::matches); }},
    {"commitment.unsealed", Decision::review,
     [](Reading& r) { lay_beside_letter(r, SealName::unread); }},
    {"id.mismatch:id_number", Decision::review,
     [](Reading& r) {
       lay_beside_letter(r, SealName::matches);
       page(r, commitment_file).agreement[0].id_number = false;
     }},
    {"certificate.wrong", Decision::reject,
     [](Reading& r) { page(r, certificate_file).certificate = CertificateKind::id_card; }},
    {"id.mismatch:id_number", Decision::review,
     [](Reading& r) { page(r, certificate_file).agreement[0].id_number = false; }},
    {"id.unread:id_number", Decision::review,
     [](Reading& r) { page(r, certificate_file).agreement[0].id_number.reset(); }},
    {"certificate.expired", Decision::review,
     [](Reading& r) { page(r, certificate_file).valid_until = "2018-08-19"; }},
    {"", Decision::accept, [](Reading& r) { page(r, certificate_file).valid_until = "long"; }},
    {"commitment.missing", Decision::reject, [](Reading& r) { drop_file(r, commitment_file); }},
    {"commitment.unsealed", Decision::review,
     [](Reading& r) { page(r, commitment_file).seals.clear(); }},
    {"jurisdiction.other", Decision::review,
     [](Reading& r) { field(r, "org_address").value = "湖南省邵阳市隆回县东风路8号"; }},
    {"attachment.remote", Decision::reject,
     [](Reading& r) {
       drop_file(r, scan_file);
       r.message.remote = {"材料.rar"};
     }},
    {"attachment.unsupported", Decision::reject,
     [](Reading& r) {
       r.files[scan_file].pages.clear();
       r.files[scan_file].problem = {Why::unsupported, "dwg"};
     }},
    {"attachment.hostile", Decision::review,
     [](Reading& r) {
       r.files.push_back(r.files[form_file]);
       r.files.back().problem = {Why::over_limit, "a bomb"};
       r.submissions[0].parts.push_back({4, Role::other, {}, false, false});
     }},
    {"action.unknown_record", Decision::review,
     [](Reading& r) { r.submissions[0].form->action = Action::change; }},
};

TEST(Examine, FindsEachThingThatIsWrong) {
  for (std::size_t i = 0; i < website_cases.size(); ++i) {
    auto reading = right_website();
    website_cases[i].spoil(reading);
    const auto verdict = judged(reading);
    EXPECT_EQ(codes(verdict), website_cases[i].codes) << "case " << i;
    EXPECT_EQ(verdict.submissions[0].decision, website_cases[i].decision)
        << "case " << i << " " << codes(verdict);
  }
}

TEST(Examine, SaysByHowMuchAScanCannotBeRead) {
  struct Poor {
    const char* why;
    const char* words;
  };
  for (const auto& [why, words] :
       {Poor{"resolution", "文字高度像素数5.2，至少需7.0"}, Poor{"blur", "清晰度0.21，至少需0.32"},
        Poor{"dark", "亮度0.031，至少需0.086"}, Poor{"contrast", "对比度0.05，至少需0.12"}}) {
    auto reading = right_website();
    Quality& quality = page(reading, scan_file).quality;
    quality.text_height = 5.2, quality.sharpness = 0.21;
    quality.contrast = 0.05, quality.brightness = 0.031;
    quality.readable = false;
    quality.why = why;
    const auto verdict = judged(reading);
    const auto& findings = verdict.submissions[0].findings;
    const auto said = std::find_if(findings.begin(), findings.end(),
                                   [](const auto& f) { return f.code == "scan.unreadable"; });
    ASSERT_NE(said, findings.end()) << why;
    EXPECT_NE(said->detail.find(words), std::string::npos) << said->detail;
  }
}

TEST(Examine, NeedsThePlatformOnOnePageOnly) {
  auto reading = right_website();
  auto second = page(reading, scan_file);
  second.page = 2;
  second.seals.clear();
  second.agreement[0] = {};
  reading.files[scan_file].pages.push_back(second);
  EXPECT_EQ(codes(judged(reading)), "");
}

TEST(Examine, AsksNothingOfABareBackOfASheet) {
  auto reading = right_website();
  auto back = page(reading, scan_file);
  back.page = 2;
  back.kind = PageKind::other;
  back.quality.readable = false;
  back.quality.why = "contrast";
  back.quality.contrast = 0;
  back.seals.clear();
  back.agreement[0] = {};
  reading.files[scan_file].pages.push_back(back);
  EXPECT_EQ(codes(judged(reading)), "");
  page(reading, scan_file) = back;  // nothing else is there
  EXPECT_NE(codes(judged(reading)).find("scan.unreadable"), std::string::npos);
}

TEST(Examine, WantsAPersonsSignatureNotASeal) {
  auto reading = right_account_of_a_person();
  page(reading, scan_file).signature = false;
  EXPECT_EQ(codes(judged(reading)), "signature.missing");
  page(reading, scan_file).signature.reset();
  EXPECT_EQ(only_finding(judged(reading)).severity, Severity::doubt);
}

TEST(Examine, AsksAnAccountForNoCommitmentLetter) {
  auto reading = right_account_of_a_person();
  drop_file(reading, commitment_file);
  EXPECT_EQ(only_finding(judged(reading)).severity, Severity::note);
  EXPECT_EQ(judged(reading).submissions[0].decision, Decision::accept);
}

TEST(Examine, TellsOnceWhyThingsAreMissing) {
  auto reading = right_website();
  for (const auto file : {scan_file, certificate_file, commitment_file}) drop_file(reading, file);
  EXPECT_EQ(codes(judged(reading)), "scan.missing certificate.missing commitment.missing");
  reading.message.remote = {"全部材料.rar"};
  EXPECT_EQ(codes(judged(reading)), "attachment.remote");
}

TEST(Examine, NeverAcceptsWithoutAForm) {
  auto reading = right_website();
  reading.submissions[0].form.reset();
  reading.submissions[0].form_state = FormState::missing;
  reading.files.push_back(
      {"说明.mp4", "", "unknown", "", 1, false, Unreadable{Why::unsupported, ""}, {}});
  reading.submissions[0].parts.push_back({4, Role::other, {}, false, false});
  EXPECT_EQ(judged(reading).submissions[0].decision, Decision::reject);
}

TEST(Examine, LetsAnyoneRegisterAtTheCity) {
  EXPECT_EQ(codes(judged(right_website(), "city")), "");
  EXPECT_EQ(codes(judged(right_website(), "longhui")), "jurisdiction.other");
}

TEST(Examine, PlacesAGovernmentBodyByItsName) {
  auto reading = right_website();
  field(reading, "org_name").value = "隆回县白茅冲镇人民政府";
  field(reading, "org_nature").value = "党政机关";
  page(reading, certificate_file).certificate = CertificateKind::uscc_certificate;
  EXPECT_EQ(codes(judged(reading)), "jurisdiction.other");
  EXPECT_EQ(codes(judged(reading, "longhui")), "");
}

TEST(Examine, CountsDaysOnlyAfterTheCampaign) {
  constexpr std::int64_t november = received + 90 * 86400;
  const auto late = judged(right_website(), "shuangqing", november);
  EXPECT_EQ(only_finding(late).code, "deadline.late");
  EXPECT_EQ(late.submissions[0].decision, Decision::accept);
  auto fresh = right_website();
  field(fresh, "opened_on").value = "2018-11-01";
  EXPECT_EQ(codes(judged(fresh, "shuangqing", november)), "");
}

Known registered(const Reading& reading) {
  Known known;
  known.record = 7;
  known.number = "SQ2018-00001";
  known.platform = reading.submissions[0].platform;
  known.registrant_name = "邵阳市双清区青禾网络科技有限公司";
  known.id_number = "91430502MA4TE5T0XE";
  known.fields_json = fields_json(*reading.submissions[0].form);
  return known;
}

TEST(Examine, CountsDaysForEveryKindOfEvent) {
  constexpr std::int64_t november = received + 90 * 86400;
  for (const auto& [action, word] :
       {std::pair(Action::change, "变更"), std::pair(Action::suspend, "停用"),
        std::pair(Action::cancel, "注销")}) {
    auto reading = right_website();
    const auto known = registered(reading);
    reading.submissions[0].form->action = action;
    field(reading, "filled_on").value = "2018-10-01";
    const auto late = judged(reading, "shuangqing", november, {known});
    EXPECT_EQ(only_finding(late).code, "deadline.late");
    EXPECT_EQ(only_finding(late).detail, std::string(word) + "已超过30日才报送登记");
    field(reading, "filled_on").value = "2018-11-10";
    EXPECT_EQ(codes(judged(reading, "shuangqing", november, {known})), "");
  }
}

TEST(Examine, AnswersTheSameAgainWithItsReceipt) {
  auto reading = right_website();
  const auto known = registered(reading);
  field(reading, "filled_on").value = "2018-08-19";
  const auto verdict = judged(reading, "shuangqing", received, {known});
  EXPECT_EQ(only_finding(verdict).code, "duplicate.same");
  EXPECT_EQ(verdict.submissions[0].change, RecordChange::repeat);
  EXPECT_EQ(verdict.submissions[0].known->number, "SQ2018-00001");
}

TEST(Examine, TakesNewContentOfTheSameHolderAsAVersion) {
  auto reading = right_website();
  const auto known = registered(reading);
  field(reading, "manager_mobile").value = "13900001234";
  const auto verdict = judged(reading, "shuangqing", received, {known});
  EXPECT_EQ(codes(verdict), "");
  EXPECT_EQ(verdict.submissions[0].change, RecordChange::append);
}

TEST(Examine, RegistersASecondAccountOfTheSameNameAnew) {
  const auto reading = right_account_of_a_person();
  const auto& form = *reading.submissions[0].form;
  auto known = registered(reading);
  known.registrant_name = registrant_of(form).name;
  known.id_number = registrant_of(form).id_number;
  known.account_id = account_of(reading.submissions[0]);
  EXPECT_EQ(judged(reading, "shuangqing", received, {known}).submissions[0].change,
            RecordChange::repeat);
  known.account_id = "抖音:another";
  EXPECT_EQ(judged(reading, "shuangqing", received, {known}).submissions[0].change,
            RecordChange::create);
}

TEST(Examine, DoubtsAnotherHolderOfTheName) {
  auto known = registered(right_website());
  known.id_number = "other";
  known.registrant_name = "别的公司";
  const auto verdict = judged(right_website(), "shuangqing", received, {known});
  EXPECT_EQ(only_finding(verdict).code, "duplicate.conflict");
  EXPECT_EQ(verdict.submissions[0].change, RecordChange::none);
}

TEST(Examine, ChangesOnlyItsOwnRecord) {
  auto reading = right_website();
  reading.submissions[0].form->action = Action::cancel;
  auto known = registered(reading);
  EXPECT_EQ(judged(reading, "shuangqing", received, {known}).submissions[0].change,
            RecordChange::append);
  known.id_number = known.registrant_name = "other";
  EXPECT_EQ(codes(judged(reading, "shuangqing", received, {known})),
            "duplicate.conflict action.unknown_record");
}

TEST(Examine, IgnoresMachinesAndItself) {
  auto reading = right_website();
  reading.message.machine = "bounce";
  EXPECT_EQ(judged(reading).disposition, Disposition::ignored);
  reading.message.machine = "";
  reading.message.from = "LONGHUI@wxb.example";
  EXPECT_EQ(judged(reading).disposition, Disposition::ignored);
}

TEST(Examine, HelpsWhoSentNothing) {
  auto reading = right_website();
  reading.submissions.clear();
  EXPECT_EQ(judged(reading).disposition, Disposition::no_submission);
}

TEST(Examine, HoldsWhatCouldNotBeRead) {
  Reading reading;
  reading.problem = {Why::over_limit, "too many headers"};
  const auto verdict = judged(reading);
  EXPECT_EQ(only_finding(verdict).code, "attachment.hostile");
  EXPECT_EQ(verdict.submissions[0].decision, Decision::review);
}

TEST(Examine, MasksNumbersInDetails) {
  auto reading = right_website();
  field(reading, "legal_phone").typed = field(reading, "legal_phone").value = "430521197006198463";
  const auto verdict = judged(reading);
  EXPECT_FALSE(verdict.submissions[0].findings.empty());
  for (const auto& finding : verdict.submissions[0].findings)
    EXPECT_EQ(finding.detail.find("430521197006198463"), std::string::npos) << finding.detail;
}

}  // namespace
}  // namespace dengji
