#include "daemon/intake.hpp"

#include <algorithm>

#include "daemon/authenticated.hpp"
#include "daemon/calendar.hpp"
#include "daemon/check_json.hpp"
#include "daemon/log.hpp"
#include "daemon/mailbox.hpp"
#include "daemon/registering.hpp"
#include "daemon/reply.hpp"
#include "daemon/rules.hpp"
#include "ocr/seal_print.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::int64_t lease_slack =
    60;  // seconds beyond a child's wall time before a claim is free again

SettledSubmission settled(const JudgedSubmission& judged, const Verdict& verdict) {
  SettledSubmission s;
  s.platform = judged.submission.platform;
  if (const auto& form = judged.submission.form) {
    s.form = to_string(form->kind);
    s.action = to_string(form->action);
    s.fields_json = fields_json(*form);
    s.status = status_after(form->action);
    s.account_id = account_of(judged.submission);
  }
  if (judged.registrant) {
    s.registrant_name = judged.registrant->name;
    s.registrant_class = to_string(judged.registrant->klass);
    s.id_type = judged.registrant->id_type ? to_string(*judged.registrant->id_type) : "";
    s.id_number = judged.registrant->id_number;
  }
  s.facts_json = seals_json(judged, verdict);
  for (const auto& part : judged.submission.parts) {
    const auto& file = verdict.files[part.attachment];
    s.files.push_back({file.name, std::string(to_string(part.role)), file.sha256, file.container});
  }
  for (const auto& seal : judged.pressed) s.seal_prints.push_back(seal.fingerprint);
  s.findings = judged.findings;
  s.decision = judged.decision;
  if (judged.decision == Decision::accept) s.change = judged.change;
  if (judged.known) s.record = judged.known->record;
  return s;
}

Settlement settlement_of(const Claim& claim, const Verdict& verdict, const Reading& reading,
                         std::int64_t now) {
  const auto& m = verdict.message;
  Settlement s{claim.message,
               verdict.disposition,
               verdict.reason,
               m.message_id,
               m.from,
               m.subject,
               m.date,
               m.in_reply_to,
               m.bounce_of,
               verdict.submissions.empty() ? "" : to_wire(reading),
               {},
               now,
               day_of(claim.mail.received).substr(0, 4)};
  for (const auto& judged : verdict.submissions) s.submissions.push_back(settled(judged, verdict));
  return s;
}

// Who sent no form gets the blank ones with the answer.
bool lacks_a_form(const Verdict& verdict) {
  const auto lacks = [](const JudgedSubmission& judged) {
    const auto state = judged.submission.form_state;
    return state == FormState::missing || state == FormState::unknown;
  };
  if (verdict.too_large > 0) return false;  // nobody knows what was sent
  return verdict.disposition == Disposition::no_submission ||
         std::any_of(verdict.submissions.begin(), verdict.submissions.end(), lacks);
}

Verdict ignored(const Verdict& verdict, const std::string& reason) {
  return {Disposition::ignored, reason, verdict.office, verdict.message, verdict.files, {}};
}

}  // namespace

std::shared_ptr<Eye> make_eye(const Config& config) {
  EyeOptions options;
  options.tessdata = config.tessdata;
  options.forms = config.forms;
  for (const auto& office : config.offices)
    options.places.insert(options.places.end(), office.areas.begin(), office.areas.end());
  return std::make_shared<Eye>(std::move(options));
}

ReaderProcess::Prepare mail_reader(const Config& config) {
  return [&config] {
    fold_name("登记");  // its table is made here once, not in each child
    return [eye = make_eye(config), specs = config.forms](std::string_view raw) {
      return to_wire(read_mail(raw, specs, *eye));
    };
  };
}

ReaderLimits reader_limits(const Config& config) {
  return {std::chrono::seconds(config.child_seconds),
          {config.child_mebibytes, std::chrono::seconds(config.child_cpu_seconds)}};
}

Result<Reading> read_confined(ReaderProcess& reader, std::string_view raw) {
  const auto answer = reader.read(raw);
  return answer ? from_wire(*answer) : answer.reason();
}

const OfficeConfig& office_for(const MessageFacts& message, const Config& config) {
  if (const auto* office = config.office_of(message.recipients)) return *office;
  for (const auto& office : config.offices)
    if (office.city) return office;
  return config.offices.front();
}

bool Intake::step(Moment now) {
  const auto claim = parts_.records.claim(now.steady, parts_.config.child_seconds + lease_slack);
  if (!claim) return false;
  const auto raw = parts_.blobs.get(claim->mail.sha256);
  const auto reading = read_confined(parts_.reader, raw);
  if (!reading && parts_.reader.interrupted()) {
    parts_.records.release(claim->message);
    return false;
  }
  const std::lock_guard one_at_a_time(judging_);
  if (!reading) {
    log(Log::warning, "message M" + std::to_string(claim->message) + " attempt " +
                          std::to_string(claim->attempt) + ": " + reading.reason().detail);
    if (claim->attempt >= parts_.config.attempts) {
      parts_.records.hold_poison(
          claim->message,
          {"attachment.hostile", parts_.config.severity.at("attachment.hostile"), "", 0, "",
           unread_words(reading.reason())},
          now.wall);
    }
    return true;  // the lease runs out and the message is tried again
  }
  const auto* office = parts_.config.office(claim->mail.office);
  const auto history = [&](const Submission& s) {
    return known_records(parts_.records, *reading, s, parts_.config);
  };
  std::optional<std::vector<SealPrint>> kept;
  const auto seals = [&](const std::string& fingerprint) {
    if (!kept) kept = parts_.records.seal_prints();
    std::vector<StampedBefore> found;
    for (const auto& [submission, print] : *kept)
      if (alike(print, fingerprint) >= same_pixels)
        found.push_back(parts_.records.stamped(submission));
    return found;
  };
  auto verdict = examine(*reading, office ? *office : office_for(reading->message, parts_.config),
                         parts_.config, claim->mail.received, history, seals);
  if (is_too_large(claim->mail.size)) verdict = refuse_large(std::move(verdict), claim->mail.size);
  // Sent back by whoever passes mail on: its other marks may have been taken off on the way.
  if (parts_.outbox.is_ours(reading->message.message_id)) verdict = ignored(verdict, "own-letter");
  settle(*claim, *reading, verdict, now.wall);
  return true;
}

// Strangers can write anybody's address under a mail; unless its server vouches for them, they get
// few answers a day, and machines none.
bool Intake::may_answer(const Claim& claim, const Verdict& verdict, std::int64_t now) {
  const auto reply = write_reply(verdict, {}, parts_.config);
  if (!reply) return false;
  const auto* mailbox = parts_.config.mailbox(claim.mail.account);
  const bool known = mailbox != nullptr && authenticated(reply->to, verdict.message.authentications,
                                                         mailbox->authserv_id);
  const int most =
      known ? parts_.config.replies_per_day_authenticated : parts_.config.replies_per_day;
  if (parts_.outbox.answered_today(reply->to, now) < most) return true;
  log(Log::warning, "no further answer today to " + reply->to);
  return false;
}

void Intake::settle(const Claim& claim, const Reading& reading, const Verdict& verdict,
                    std::int64_t now) {
  if (!verdict.message.bounce_of.empty()) parts_.outbox.undelivered(verdict.message.bounce_of, now);
  const bool answer = may_answer(claim, verdict, now);
  const Compose compose = [&](const std::vector<Filed>& filed) -> std::optional<Letter> {
    if (!answer) return std::nullopt;
    const auto text = write_reply(verdict, filed, parts_.config);
    const auto& address = verdict.office->address;
    const Envelope envelope{
        letter_id(parts_.secret, claim.message, text->kind + ":" + std::to_string(now), address),
        rfc5322_date(now), lacks_a_form(verdict)};
    return make_letter(*text, verdict, envelope, parts_.config);
  };
  parts_.records.settle(settlement_of(claim, verdict, reading, now), compose);
  log(Log::info, "message M" + std::to_string(claim.message) + ": " +
                     std::string(to_string(verdict.disposition)) +
                     (verdict.reason.empty() ? "" : " (" + verdict.reason + ")"));
}

}  // namespace dengji
