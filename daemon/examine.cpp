#include "daemon/examine.hpp"

#include "daemon/calendar.hpp"
#include "daemon/limit_words.hpp"
#include "daemon/rules.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

JudgedSubmission judge(const Reading& reading, std::size_t index, const OfficeConfig& office,
                       const Config& config, const std::string& today, const History& history,
                       const SealHistory& seals) {
  const auto& submission = reading.submissions[index];
  JudgedSubmission judged{submission, {}, {}, Decision::review, RecordChange::none, {}, {}};
  if (submission.form) judged.registrant = registrant_of(*submission.form);
  const auto known = submission.form ? history(submission) : std::vector<Known>();
  const Case c{reading, submission, index, judged.registrant, known,
               office,  config,     today, judged.pressed};
  judged.pressed = pressed_seals(c, seals);
  Findings findings(config);
  for (const auto rule : all_rules()) rule(c, findings);
  judged.findings = findings.take();
  judged.decision = decide(judged.findings);
  if (!submission.form && judged.decision == Decision::accept) judged.decision = Decision::review;
  const auto step = submission.form ? next_step(c) : Step{};
  judged.change = step.change;
  if (step.known != nullptr) judged.known = *step.known;
  return judged;
}

bool own_address(const MessageFacts& message, const Config& config) {
  return config.office_of({message.from}) != nullptr;
}

}  // namespace

Verdict examine(const Reading& reading, const OfficeConfig& office, const Config& config,
                std::int64_t received, const History& history, const SealHistory& seals) {
  Verdict verdict{Disposition::submission, "", &office, reading.message, reading.files, {}};
  if (reading.problem) return hold_unread(reading.message, office, config, *reading.problem);
  verdict.reason = reading.message.machine;
  if (verdict.reason.empty() && own_address(reading.message, config))
    verdict.reason = "own-address";
  if (!verdict.reason.empty()) {
    verdict.disposition = Disposition::ignored;
    return verdict;
  }
  const auto today = day_of(received);
  for (std::size_t i = 0; i < reading.submissions.size(); ++i)
    verdict.submissions.push_back(judge(reading, i, office, config, today, history, seals));
  if (verdict.submissions.empty()) verdict.disposition = Disposition::no_submission;
  return verdict;
}

std::string megabytes(std::int64_t bytes) {
  constexpr std::int64_t mebi = limits::MiB;
  return std::to_string((bytes + mebi - 1) / mebi);
}

Verdict refuse_large(Verdict verdict, std::int64_t bytes) {
  if (verdict.disposition == Disposition::ignored || verdict.message.from.empty()) return verdict;
  verdict.disposition = Disposition::submission;
  verdict.too_large = bytes;
  JudgedSubmission judged;
  judged.findings = {{"attachment.hostile", Severity::defect, "", 0, "",
                      "邮件大小为" + megabytes(bytes) + "MB，超过" +
                          megabytes(limits::message_bytes) + "MB的上限，没有读取"}};
  judged.decision = Decision::reject;
  verdict.submissions = {std::move(judged)};
  return verdict;
}

std::string unread_words(const Unreadable& problem) {
  return "邮件无法自动读取，已转工作人员查看（" + limit_words(problem) + "）";
}

Verdict hold_unread(const MessageFacts& message, const OfficeConfig& office, const Config& config,
                    const Unreadable& problem) {
  Verdict verdict{Disposition::submission, "", &office, message, {}, {}};
  JudgedSubmission judged;
  Findings findings(config);
  findings.add("attachment.hostile", {}, unread_words(problem));
  judged.findings = findings.take();
  judged.decision = Decision::review;
  verdict.submissions.push_back(std::move(judged));
  return verdict;
}

}  // namespace dengji
