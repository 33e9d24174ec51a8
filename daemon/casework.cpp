#include "daemon/casework.hpp"

#include <algorithm>

#include "daemon/calendar.hpp"
#include "daemon/log.hpp"
#include "daemon/registering.hpp"
#include "daemon/rules.hpp"
#include "store/database.hpp"

namespace dengji {
namespace {

const char* letter_kind(RulingKind kind) {
  switch (kind) {
    case RulingKind::accept:
      return "receipt";
    case RulingKind::correct:
      return "rejection";
    case RulingKind::reject:
      return "refusal";
  }
  return "";
}

MessageFacts message_of(const StoredSubmission& stored) {
  MessageFacts facts;
  facts.message_id = stored.message_id;
  facts.subject = stored.subject;
  facts.date = stored.date;
  facts.from = stored.sender;
  return facts;
}

constexpr std::int64_t hour_seconds = 3'600, day_seconds = 86'400;
// Whoever was not reminded in time, since the daemon stood still or was new, is left in peace.
constexpr std::int64_t reminders_late = 30 * day_seconds;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// The findings as the letter tells them: what was chosen is to be mended, notes stay notes, and
// whatever else was doubtful the person has looked into.
std::vector<Finding> told(const std::vector<Finding>& findings, RulingKind kind,
                          const std::vector<std::size_t>& reasons) {
  std::vector<Finding> all;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const bool chosen =
        kind != RulingKind::accept && std::find(reasons.begin(), reasons.end(), i) != reasons.end();
    if (!chosen && findings[i].severity != Severity::note) continue;
    all.push_back(findings[i]);
    if (chosen) all.back().severity = Severity::defect;
  }
  return all;
}

}  // namespace

OpenCase open_case(StoredSubmission stored, const Config& config) {
  OpenCase open;
  JudgedSubmission judged;
  if (auto reading = from_wire(stored.reading)) open.reading = std::move(*reading);
  const auto index = static_cast<std::size_t>(stored.position - 1);
  if (index < open.reading.submissions.size()) {
    judged.submission = open.reading.submissions[index];
    if (judged.submission.form) judged.registrant = registrant_of(*judged.submission.form);
    open.verdict.message = open.reading.message;
  } else {
    judged.submission.platform = stored.platform;
    open.verdict.message = message_of(stored);
  }
  judged.findings = stored.findings;
  open.verdict.office = config.office(stored.office);
  open.verdict.files = open.reading.files;
  open.verdict.submissions.push_back(std::move(judged));
  open.stored = std::move(stored);
  return open;
}

std::optional<ReplyText> draft_letter(const OpenCase& open, RulingKind kind,
                                      const std::vector<std::size_t>& reasons,
                                      const std::string& remark, const Config& config) {
  Verdict verdict = open.verdict;
  auto& judged = verdict.submissions.front();
  judged.findings = told(judged.findings, kind, reasons);
  const bool accepted = kind == RulingKind::accept;
  judged.decision = accepted ? Decision::accept : Decision::reject;
  judged.change = accepted ? RecordChange::create : RecordChange::none;
  return write_letter(letter_kind(kind), verdict, {}, remark, config);
}

Casework::Casework(const Config& config, Database& database, Register& records, std::string secret)
    : config_(config),
      database_(database),
      records_(records),
      rulings_(database, prefixes_of(config)),
      queue_(database),
      reminders_(database),
      outbox_(database),
      secret_(std::move(secret)) {}

// As the rules would, but that a person may accept what they would not: another's platform, or a
// change of what was never registered, becomes a record of its own.
Registering Casework::registering(const OpenCase& open) {
  const auto& judged = open.verdict.submissions.front();
  const auto& form = judged.submission.form;
  if (!form) return {};
  const auto known = known_records(records_, open.reading, judged.submission, config_);
  const auto& office = open.verdict.office ? *open.verdict.office : config_.offices.front();
  const auto index = static_cast<std::size_t>(open.stored.position - 1);
  const Case c{open.reading,  judged.submission,
               index,         judged.registrant,
               known,         office,
               config_,       day_of(open.stored.received),
               judged.pressed};
  const auto step = next_step(c);
  if (step.change == RecordChange::none)
    return {RecordChange::create, 0, status_after(form->action)};
  return {step.change, step.known ? step.known->record : 0, status_after(form->action)};
}

std::optional<Letter> Casework::letter(const Ruling& ruling, const OpenCase& open,
                                       const Filed& filed, std::int64_t now) {
  if (ruling.to.empty() || open.verdict.office == nullptr) return std::nullopt;
  ReplyText text{letter_kind(ruling.kind), ruling.to, ruling.subject, ruling.body};
  if (!filed.number.empty()) {
    const auto& unknown = config_.letters.words.at("unknown.number");
    replace_all(text.subject, unknown, filed.number);
    replace_all(text.body, unknown, filed.number);
  }
  const auto id = letter_id(secret_, open.stored.message, "ruling:" + std::to_string(ruling.id),
                            open.verdict.office->address);
  return make_letter(text, open.verdict, {id, rfc5322_date(now), false}, config_);
}

bool Casework::step(std::int64_t now) {
  // What is known about the platform stays as it is until this is filed.
  Transaction transaction(database_);
  const auto ruling = rulings_.due(now);
  if (!ruling) return false;
  const auto stored = queue_.submission(ruling->submission);
  const auto year = day_of(stored->received).substr(0, 4);
  const auto open = open_case(*stored, config_);
  const auto filed =
      rulings_.carry_out(*ruling, registering(open), year, now,
                         [&](const Filed& made) { return letter(*ruling, open, made, now); });
  transaction.commit();
  log(Log::info, "submission S" + std::to_string(ruling->submission) + ": " +
                     std::string(to_string(ruling->kind)) + " by " + ruling->actor +
                     (filed.number.empty() ? "" : ", " + filed.number));
  return true;
}

void Casework::remind(Moment now) {
  if (config_.reminder_days == 0 || now.steady < next_reminders_) return;
  next_reminders_ = now.steady + hour_seconds;
  for (Id seen = 0; const auto next = remind_next(now.wall, seen);) seen = *next;
}

// The submission that was looked at, none when there are no more.
std::optional<Id> Casework::remind_next(std::int64_t now, Id seen) {
  Transaction transaction(database_);  // nothing comes in while the letter is written
  const auto to = now - config_.reminder_days * day_seconds;
  const auto mail = reminders_.next(to - reminders_late, to, seen);
  if (!mail) return std::nullopt;
  if (const auto letter = reminder(*mail, now)) {
    reminders_.owe(*mail, *letter, now);
    transaction.commit();
    log(Log::info, "message M" + std::to_string(mail->message) + ": reminded");
  }
  return mail->submissions.front();
}

// None: the address had its letters for today, or the office is in the configuration no longer.
std::optional<Letter> Casework::reminder(const Unmended& mail, std::int64_t now) {
  auto verdict = open_case(*queue_.submission(mail.submissions.front()), config_).verdict;
  if (verdict.office == nullptr) return std::nullopt;
  for (std::size_t i = 1; i < mail.submissions.size(); ++i)
    verdict.submissions.push_back(
        open_case(*queue_.submission(mail.submissions[i]), config_).verdict.submissions.front());
  const auto text = write_reminder(verdict, rfc3339(mail.asked), config_);
  if (!text || outbox_.answered_today(text->to, now) >= config_.replies_per_day)
    return std::nullopt;
  const auto id =
      letter_id(secret_, mail.message, "remind:" + std::to_string(mail.submissions.front()),
                verdict.office->address);
  return make_letter(*text, verdict, {id, rfc5322_date(now), false}, config_);
}

}  // namespace dengji
