// Register's commit 2: decision, records, owed reply and audit in one transaction.
#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/filing.hpp"
#include "store/register.hpp"
#include "store/search.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

struct Settled {  // the message that is being settled
  Id message = 0;
  std::string office;
  std::int64_t version = 1;
};

Settled open_message(Database& database, Id message) {
  const auto rows =
      database.query("SELECT state, office, version FROM message WHERE id = $1", {message});
  if (rows.empty()) throw StoreError("register: no message " + std::to_string(message), false);
  if (rows[0].text(0) != "received" && rows[0].text(0) != "claimed") {
    throw StoreError("register: message " + std::to_string(message) + " is settled already", false);
  }
  return {message, rows[0].text(1), rows[0].number(2)};
}

Filed filed_of(Database& database, const Settled& settled, Id submission,
               const SettledSubmission& one, const std::string& prefix, const Settlement& given) {
  return file_entry(database,
                    {submission, settled.office, one.form, one.platform, one.account_id, one.change,
                     one.record, one.status},
                    {prefix, given.year, given.now});
}

void close_message(Database& database, const Settlement& given, MessageState state) {
  database.execute(
      "UPDATE message SET state = $1, disposition = $2, reason = $3, message_id = $4, sender = $5,"
      " subject = $6, date = $7, settled = $8, reading = $9, lease_until = 0 WHERE id = $10",
      {std::string(to_string(state)), std::string(to_string(given.disposition)), given.reason,
       given.message_id, given.from,
       database.keys().seal(given.subject, sealed_place("message.subject", given.message)),
       given.date, given.now,
       database.keys().seal(given.reading, sealed_place("message.reading", given.message)),
       given.message});
}

std::string summary(const SettledSubmission& one, const Filed& filed) {
  std::string text = one.form + ' ' + one.platform + ": " + std::string(to_string(one.decision));
  if (!filed.number.empty()) {
    text += ", " + std::string(to_string(one.change)) + ' ' + filed.number + " version " +
            std::to_string(filed.version);
  }
  return text;
}

}  // namespace

std::vector<Filed> Register::settle(const Settlement& given, const Compose& compose) {
  Transaction transaction(database_);
  const Settled settled = open_message(database_, given.message);
  std::vector<Filed> all;
  for (const SettledSubmission& one : given.submissions) {
    const auto position = static_cast<std::int64_t>(all.size()) + 1;
    const Id id = add_submission(
        database_, {settled.message, settled.office, settled.version, position}, one, given.now);
    all.push_back(filed_of(database_, settled, id, one, prefix_of(settled.office), given));
    complete_earlier(database_, settled.message, id, one, {given.from, given.in_reply_to});
    append_audit(database_,
                 {given.now, "dengjid", "decide", given.message, summary(one, all.back())});
  }
  close_message(database_, given, MessageState::settled);
  if (!given.bounce_of.empty()) Outbox(database_).undelivered(given.bounce_of, given.now);
  const auto letter = compose ? compose(all) : std::nullopt;
  for (const Filed& filed : all) index_submission(database_, filed.submission);
  if (letter) owe_letter(database_, settled.message, settled.version, *letter, given.now);
  append_audit(database_, {given.now, "dengjid", "settle", given.message,
                           std::string(to_string(given.disposition)) +
                               ", reply: " + (letter ? letter->kind : "none")});
  failpoint("before-settle-commit");
  transaction.commit();
  failpoint("after-settle-commit");
  return all;
}

void Register::hold_poison(Id message, const Finding& finding, Seconds now) {
  Transaction transaction(database_);
  const Settled settled = open_message(database_, message);
  SettledSubmission held;
  held.fields_json = held.facts_json = "{}";
  held.findings = {finding};
  held.decision = Decision::review;
  const Id held_as =
      add_submission(database_, {message, settled.office, settled.version, 1}, held, now);
  Settlement closing;
  closing.message = message;
  closing.now = now;
  close_message(database_, closing, MessageState::poison);
  index_submission(database_, held_as);
  append_audit(database_, {now, "dengjid", "hold-poison", message, finding.code});
  transaction.commit();
}

const std::string& Register::prefix_of(const std::string& office) const {
  for (const auto& [id, prefix] : prefixes_) {
    if (id == office) return prefix;
  }
  throw StoreError("register: office " + office + " has no prefix for its numbers", false);
}

}  // namespace dengji
