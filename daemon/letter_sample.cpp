#include "daemon/letter_sample.hpp"

#include <algorithm>

namespace dengji {

namespace {

const OfficeConfig& sample_office(const Config& config) {
  const auto found = std::find_if(config.offices.begin(), config.offices.end(),
                                  [](const auto& office) { return !office.city; });
  return found == config.offices.end() ? config.offices.front() : *found;
}

JudgedSubmission sample_submission(const std::string& platform, std::size_t first_file) {
  Form form;
  form.name_key = "site_name";
  form.fields[form.name_key].value = platform;
  JudgedSubmission judged;
  judged.submission.platform = platform;
  judged.submission.form_state = FormState::read;
  judged.submission.form = form;
  judged.submission.parts = {{first_file, Role::form, {}, false, false},
                             {first_file + 1, Role::scan, {}, false, false}};
  judged.registrant = Registrant{"某某网络科技有限公司", RegistrantClass::organisation,
                                 IdType::uscc, "91430500MA4L0000X1"};
  return judged;
}

const Finding no_seal = {
    "seal.missing", Severity::defect, "某某之窗（盖章）.jpg", 1, "", "彩色扫描件上未见红色印章"};
const Finding no_phone = {"field.missing", Severity::defect, "某某之窗.docx", 0, "legal_phone", ""};
const Finding blurred = {"id.unread", Severity::doubt, "营业执照.jpg", 1, "", "号码处反光"};
const Finding misnamed = {"name.mismatch", Severity::note, "登记表.docx", 0, "", ""};

void decide_as(JudgedSubmission& judged, std::vector<Finding> findings, RecordChange change) {
  judged.findings = std::move(findings);
  judged.decision = decide(judged.findings);
  judged.change = judged.decision == Decision::accept ? change : RecordChange::none;
}

void add(SampleCase& sample, const std::string& outcome) {
  const auto files = sample.verdict.files.size();
  const std::string platform = "某某之窗" + std::to_string(sample.verdict.submissions.size() + 1);
  auto judged = sample_submission(platform, files);
  sample.verdict.files.push_back({platform + ".docx", "", "docx", "", 0, false, {}, {}});
  sample.verdict.files.push_back({platform + "（盖章）.jpg", "", "jpeg", "", 0, false, {}, {}});
  Filed filed;
  if (outcome == "reject") {
    decide_as(judged, {no_seal, no_phone, blurred, misnamed}, RecordChange::none);
  } else if (outcome == "review") {
    decide_as(judged, {blurred, misnamed}, RecordChange::none);
  } else {
    const bool repeat = outcome == "repeat";
    decide_as(judged, {misnamed}, repeat ? RecordChange::repeat : RecordChange::create);
    filed = {0, sample.verdict.office->prefix + "2018-00001", 1};
  }
  sample.verdict.submissions.push_back(std::move(judged));
  sample.filed.push_back(filed);
}

}  // namespace

SampleCase sample_case(const std::string& kind, const Config& config) {
  static const std::map<std::string, std::vector<std::string>> outcomes = {
      {"receipt", {"accept"}}, {"duplicate", {"repeat"}}, {"rejection", {"reject"}},
      {"refusal", {"reject"}}, {"reminder", {"reject"}},  {"held", {"review"}},
      {"no-submission", {}},
  };
  SampleCase sample;
  sample.verdict.office = &sample_office(config);
  auto& message = sample.verdict.message;
  message.from = "chen@mail.example";
  message.from_name = "陈某";
  message.subject = "某某之窗登记材料";
  message.date = config.campaign.start + "T09:30:00+08:00";
  message.remote = {"登记材料.zip"};
  const auto found = outcomes.find(kind);
  if (found == outcomes.end()) {
    for (const auto* outcome : {"accept", "repeat", "review", "reject"}) add(sample, outcome);
    return sample;
  }
  for (const auto& outcome : found->second) add(sample, outcome);
  if (sample.verdict.submissions.empty()) sample.verdict.disposition = Disposition::no_submission;
  return sample;
}

}  // namespace dengji
