#include "daemon/reply.hpp"

#include <algorithm>

#include "daemon/letter_template.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"
#include "parsers/text.hpp"

namespace dengji {

namespace {

// What a letter says about foreign data is capped, so that it stays a letter.
constexpr std::size_t listed_findings = 40;  // of one submission; the rest is counted
constexpr std::size_t listed_remote = 5;
constexpr std::size_t longest_name = 80;  // characters
constexpr std::size_t longest_detail = 300;

using Words = std::map<std::string, std::string>;

// One line, without invisible characters, shortened.
std::string plain(const std::string& text, std::size_t longest) {
  std::string line = text;
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  const auto points = code_points(shown(trim(line)));
  if (points.size() <= longest) return from_code_points(points);
  return from_code_points(points.substr(0, longest)) + "…";
}

// A file's name must still say which file is meant: only runs of digits that could be an identity
// number, a licence or a mobile telephone are masked, not the time stamps that phones put into
// names.
std::string plain_file_name(const std::string& name) {
  const std::string line = plain(name, longest_name);
  std::string out;
  for (std::size_t at = 0; at < line.size();) {
    auto end = std::min(line.find_first_not_of("0123456789", at), line.size());
    if (end - at == 17 && end < line.size() && (line[end] == 'X' || line[end] == 'x')) ++end;
    const std::string run = line.substr(at, std::max<std::size_t>(end - at, 1));
    const bool number = run.size() == 11 || run.size() == 15 || run.size() == 18;
    out += number ? mask_id(run) : run;
    at += run.size();
  }
  return out;
}

// 2018-08-20T09:30:00+08:00 -> 2018年8月20日; "" for anything else.
std::string chinese_day(const std::string& rfc3339) {
  const auto number = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (rfc3339[i] < '0' || rfc3339[i] > '9') return 0;
      value = value * 10 + (rfc3339[i] - '0');
    }
    return value;
  };
  if (rfc3339.size() < 10) return "";
  const int year = number(0, 4), month = number(5, 2), day = number(8, 2);
  if (year == 0 || month == 0 || day == 0) return "";
  return std::to_string(year) + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
}

std::string word(const Config& config, const std::string& key) {
  const auto found = config.letters.words.find(key);
  return found == config.letters.words.end() ? "" : found->second;
}

std::string label_of(const Config& config, const JudgedSubmission& judged, const std::string& key) {
  const auto& form = judged.submission.form;
  for (const auto& spec : config.forms.forms) {
    if (form && spec.kind != form->kind) continue;
    for (const auto& field : spec.fields)
      if (field.key == key) return field.label;
  }
  return key;
}

// ：附件“a.jpg”第2页，“网站名称”一栏
std::string place_of(const Finding& finding, const JudgedSubmission& judged, const Config& config) {
  std::string place;
  if (!finding.attachment.empty()) place = "附件“" + plain_file_name(finding.attachment) + "”";
  if (finding.page > 0) place += "第" + std::to_string(finding.page) + "页";
  if (!finding.field.empty())
    place += (place.empty() ? "“" : "，“") + label_of(config, judged, finding.field) + "”一栏";
  return place.empty() ? "" : "：" + place;
}

std::string sentence(std::string text) {
  static const std::string full_stop = "。";
  for (const std::string& end : {full_stop, std::string("！"), std::string("？")})
    if (text.ends_with(end)) return text;
  return text.empty() ? text : text + full_stop;
}

LetterValues finding_values(const Finding& finding, std::size_t index,
                            const JudgedSubmission& judged, const Config& config) {
  const auto text = [&](const std::map<std::string, std::string>& phrases) {
    const auto found = phrases.find(finding.code);
    return found == phrases.end() ? finding.code : found->second;
  };
  LetterValues values;
  values.words = {{"index", std::to_string(index)},
                  {"code", finding.code},
                  {"title", text(config.letters.titles)},
                  {"place", place_of(finding, judged, config)},
                  {"detail", sentence(mask_numbers(plain(finding.detail, longest_detail)))},
                  {"advice", text(config.letters.phrases)}};
  return values;
}

void add_findings(const JudgedSubmission& judged, const Config& config, LetterValues& values) {
  std::map<Severity, std::string> lists = {
      {Severity::defect, "defects"}, {Severity::doubt, "doubts"}, {Severity::note, "notes"}};
  for (const auto& [severity, name] : lists) values.lists[name] = {};
  std::size_t listed = 0;
  for (const auto& finding : judged.findings) {
    if (listed == listed_findings) break;
    auto& list = values.lists[lists[finding.severity]];
    list.push_back(finding_values(finding, list.size() + 1, judged, config));
    ++listed;
  }
  const std::size_t more = judged.findings.size() - listed;
  values.words["more"] = more > 0 ? std::to_string(more) : "";
}

void add_files(const JudgedSubmission& judged, const Verdict& verdict, const Config& config,
               LetterValues& values) {
  auto& files = values.lists["files"];
  for (const auto& part : judged.submission.parts) {
    if (part.attachment >= verdict.files.size() || files.size() == limits::attachments) continue;
    files.emplace_back().words = {
        {"name", plain_file_name(verdict.files[part.attachment].name)},
        {"role", word(config, "role." + std::string(to_string(part.role)))}};
  }
}

// What came of a submission, as letters sort it: "accept", "repeat", "review" or "reject".
std::string outcome(const JudgedSubmission& judged) {
  if (judged.decision == Decision::accept && judged.change == RecordChange::repeat) return "repeat";
  return std::string(to_string(judged.decision));
}

std::string known_or(const std::string& value, const Config& config, const std::string& key) {
  return value.empty() ? word(config, "unknown." + key) : value;
}

std::string number_of(const JudgedSubmission& judged, const Filed* filed, const Config& config) {
  std::string number = filed ? filed->number : "";
  if (number.empty() && judged.known) number = judged.known->number;
  return known_or(number, config, "number");
}

LetterValues submission_values(const JudgedSubmission& judged, std::size_t index,
                               const Filed* filed, const Verdict& verdict, const Config& config) {
  const auto& form = judged.submission.form;
  const auto& who = judged.registrant;
  const std::string result = outcome(judged);
  const bool accepted = judged.decision == Decision::accept;
  const auto flag = [](bool is) { return std::string(is ? "1" : ""); };
  const auto said = [&](const std::string& key, const std::string& value) {
    return known_or(value, config, key);
  };
  LetterValues values;
  values.words = {
      {"index", std::to_string(index)},
      {"platform", said("platform", plain(judged.submission.platform, longest_name))},
      {"form", form ? word(config, "form." + std::string(to_string(form->kind))) : ""},
      {"action", form ? word(config, "action." + std::string(to_string(form->action))) : ""},
      {"registrant", said("registrant", who ? plain(who->name, longest_name) : "")},
      {"id_number", who ? mask_id(plain(who->id_number, longest_name)) : ""},
      {"number", accepted ? number_of(judged, filed, config) : ""},
      {"version", filed && filed->version > 1 ? std::to_string(filed->version) : ""},
      {"decision", word(config, "decision." + result)},
      {"accepted", flag(accepted)},
      {"repeated", flag(result == "repeat")},
      {"held", flag(result == "review")},
      {"rejected", flag(result == "reject")},
  };
  add_findings(judged, config, values);
  add_files(judged, verdict, config, values);
  return values;
}

std::string kind_of(const Verdict& verdict) {
  if (verdict.too_large > 0) return "too-large";
  if (verdict.disposition == Disposition::no_submission || verdict.submissions.empty())
    return "no-submission";
  static const std::map<std::string, std::string> kinds = {
      {"accept", "receipt"}, {"repeat", "duplicate"}, {"review", "held"}, {"reject", "rejection"}};
  const std::string first = kinds.at(outcome(verdict.submissions.front()));
  const bool same =
      std::all_of(verdict.submissions.begin(), verdict.submissions.end(),
                  [&](const auto& judged) { return kinds.at(outcome(judged)) == first; });
  return same ? first : "mixed";
}

Words common_words(const Verdict& verdict, const Config& config) {
  const auto& message = verdict.message;
  const std::string sender = plain(message.from_name, longest_name);
  const std::string subject = mask_numbers(plain(message.subject, longest_name));
  const std::string date = message.received.empty() ? message.date : message.received;
  const OfficeConfig* office = verdict.office;
  return {
      {"subject", subject.empty() ? "互联网平台登记" : subject},
      {"sender", sender.empty() ? plain(message.from, longest_name) : sender},
      {"date", chinese_day(date)},
      {"office", office ? office->name : ""},
      {"office_address", office ? office->address : ""},
      {"phone", office ? office->phone : ""},
      {"city", config.city_name},
      {"campaign_start", chinese_day(config.campaign.start)},
      {"campaign_end", chinese_day(config.campaign.end)},
      {"days", std::to_string(config.campaign.days)},
      {"count", std::to_string(verdict.submissions.size())},
      {"size", megabytes(verdict.too_large)},
      {"limit", megabytes(limits::message_bytes)},
  };
}

LetterValues letter_values(const Verdict& verdict, const std::vector<Filed>& filed,
                           const Config& config) {
  LetterValues values;
  values.words = common_words(verdict, config);
  auto& submissions = values.lists["submissions"];
  for (std::size_t i = 0; i < verdict.submissions.size(); ++i)
    submissions.push_back(submission_values(
        verdict.submissions[i], i + 1, i < filed.size() ? &filed[i] : nullptr, verdict, config));
  auto& remote = values.lists["remote"];
  for (const auto& name : verdict.message.remote) {
    if (remote.size() == listed_remote) break;
    remote.emplace_back().words["name"] = plain_file_name(name);
  }
  return values;
}

std::optional<ReplyText> filled(const std::string& kind, const Verdict& verdict,
                                const LetterValues& values, const Config& config) {
  const auto& message = verdict.message;
  const std::string to = is_addr_spec(message.reply_to) ? message.reply_to : message.from;
  if (!is_addr_spec(to)) return std::nullopt;
  const auto text = config.letters.text.find(kind);
  if (text == config.letters.text.end()) return std::nullopt;
  const auto letter = fill_template(text->second, values);
  return ReplyText{kind, to, letter.subject, letter.body};
}

}  // namespace

std::optional<ReplyText> write_letter(const std::string& kind, const Verdict& verdict,
                                      const std::vector<Filed>& filed, const std::string& remark,
                                      const Config& config) {
  auto values = letter_values(verdict, filed, config);
  values.words["remark"] = sentence(plain(remark, longest_detail));
  return filled(kind, verdict, values, config);
}

std::optional<ReplyText> write_reminder(const Verdict& verdict, const std::string& asked,
                                        const Config& config) {
  auto values = letter_values(verdict, {}, config);
  values.words["asked"] = chinese_day(asked);
  return filled("reminder", verdict, values, config);
}

std::optional<ReplyText> write_reply(const Verdict& verdict, const std::vector<Filed>& filed,
                                     const Config& config) {
  if (verdict.disposition == Disposition::ignored) return std::nullopt;
  return write_letter(kind_of(verdict), verdict, filed, "", config);
}

}  // namespace dengji
