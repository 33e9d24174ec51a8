#include "store/reminders.hpp"

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/filing.hpp"

namespace dengji {

namespace {

// Sent back, by the rules or by a person, and still the registrant's turn.
const char* const unmended =
    " FROM submission s WHERE s.decision = 'reject' AND s.superseded = 0"
    " AND s.completed_by IS NULL AND s.reminded = 0 AND NOT EXISTS (SELECT 1 FROM ruling r"
    " WHERE r.submission = s.id AND r.state = 'done' AND r.kind = 'reject')";

const char* const newest_letter =
    "(SELECT MAX(p.id) FROM reply p WHERE p.message = s.message AND p.kind IN ('rejection',"
    " 'mixed'))";

}  // namespace

std::optional<Unmended> Reminders::next(Seconds from, Seconds to, Id after) {
  const auto found = database_.query(
      std::string("SELECT s.message, s.office, (SELECT q.finished FROM reply q WHERE q.id = ") +
          newest_letter + ")" + unmended +
          " AND s.id > $1 AND EXISTS (SELECT 1 FROM reply q WHERE q.state = 'sent'"
          " AND q.finished >= $2 AND q.finished <= $3 AND q.id = " +
          newest_letter + ") ORDER BY s.id LIMIT 1",
      {after, from, to});
  if (found.empty()) return std::nullopt;
  Unmended mail{found[0].number(0), {}, found[0].number(2)};
  for (const auto& row : database_.query(std::string("SELECT s.id") + unmended +
                                             " AND s.message = $1 AND s.office = $2 ORDER BY s.id",
                                         {mail.message, found[0].text(1)}))
    mail.submissions.push_back(row.number(0));
  return mail;
}

void Reminders::owe(const Unmended& mail, const Letter& letter, Seconds now) {
  Transaction transaction(database_);
  std::string named;
  for (const Id submission : mail.submissions) {
    database_.execute("UPDATE submission SET reminded = $1 WHERE id = $2", {now, submission});
    named += " S" + std::to_string(submission);
  }
  // A decision of its own, so that its letter stands beside those before.
  database_.execute("UPDATE message SET version = version + 1 WHERE id = $1", {mail.message});
  const auto version =
      database_.query("SELECT version FROM message WHERE id = $1", {mail.message}).at(0).number(0);
  owe_letter(database_, mail.message, version, letter, now);
  append_audit(database_, {now, "dengjid", "remind", mail.message, named.substr(1)});
  transaction.commit();
}

}  // namespace dengji
