#include "store/register.hpp"

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

void add_key(Database& database, const Incoming& mail, Id message) {
  database.execute(
      "INSERT INTO message_key (account, uidvalidity, uid, message) VALUES ($1, $2, $3, $4)",
      {mail.account, mail.uidvalidity, mail.uid, message});
}

void add_message(Database& database, const Incoming& mail, const std::string& ignored_for) {
  const Id id = next_id(database, "message");
  const bool ignored = !ignored_for.empty();
  const auto state =
      std::string(to_string(ignored ? MessageState::settled : MessageState::received));
  const auto disposition = ignored ? std::string(to_string(Disposition::ignored)) : std::string();
  database.execute(
      "INSERT INTO message (id, office, account, sha256, size, received, created, state, version,"
      " attempts, lease_until, generation, disposition, reason, message_id, sender, subject, date,"
      " settled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, 0, 0, 0, $9, $10, '', '', '', '', $11)",
      {id, mail.office, mail.account, mail.sha256.empty() ? Value(Null{}) : Value(mail.sha256),
       mail.size, mail.received, mail.now, state, disposition, ignored_for,
       ignored ? mail.now : 0});
  add_key(database, mail, id);
  append_audit(database, {mail.now, "dengjid", ignored ? "set-aside" : "receive", id,
                          ignored ? ignored_for : mail.account});
}

std::optional<Id> message_of_key(Database& database, const std::string& account,
                                 const std::string& uidvalidity, const std::string& uid) {
  const auto rows = database.query(
      "SELECT message FROM message_key WHERE account = $1 AND uidvalidity = $2 AND uid = $3",
      {account, uidvalidity, uid});
  if (rows.empty()) return std::nullopt;
  return rows[0].number(0);
}

Received receive_within(Database& database, const Incoming& mail) {
  if (mail.sha256.empty()) throw StoreError("register: mail received without its digest", false);
  if (message_of_key(database, mail.account, mail.uidvalidity, mail.uid)) return Received::known;
  const auto same = database.query("SELECT id FROM message WHERE account = $1 AND sha256 = $2",
                                   {mail.account, mail.sha256});
  if (same.empty()) {
    add_message(database, mail, "");
    return Received::added;
  }
  add_key(database, mail, same[0].number(0));  // else it would be fetched at every poll
  return Received::known;
}

std::string state_of(Database& database, Id message) {
  const auto rows = database.query("SELECT state FROM message WHERE id = $1", {message});
  return rows.empty() ? "" : rows[0].text(0);
}

}  // namespace

Register::Register(Database& database, std::vector<std::pair<std::string, std::string>> prefixes)
    : database_(database), prefixes_(std::move(prefixes)) {}

Received Register::receive(const Incoming& mail) {
  Transaction transaction(database_);
  const auto received = receive_within(database_, mail);
  failpoint("before-receive-commit");
  transaction.commit();
  failpoint("after-receive-commit");
  return received;
}

void Register::receive_all(const std::vector<Incoming>& mails) {
  Transaction transaction(database_);
  for (const Incoming& mail : mails) receive_within(database_, mail);
  failpoint("before-receive-commit");
  transaction.commit();
  failpoint("after-receive-commit");
}

Received Register::set_aside(const Incoming& mail, const std::string& reason) {
  if (reason.empty()) throw StoreError("register: mail set aside without a reason", false);
  Transaction transaction(database_);
  if (message_of_key(database_, mail.account, mail.uidvalidity, mail.uid)) return Received::known;
  Incoming unread = mail;
  unread.sha256.clear();
  add_message(database_, unread, reason);
  transaction.commit();
  return Received::added;
}

bool Register::has(const std::string& account, const std::string& uidvalidity,
                   const std::string& uid) {
  return message_of_key(database_, account, uidvalidity, uid).has_value();
}

std::optional<Claim> Register::claim(Seconds steady, Seconds lease) {
  Transaction transaction(database_);
  const auto rows = database_.query(
      "SELECT m.id, m.office, m.account, k.uidvalidity, k.uid, m.sha256, m.size, m.received,"
      " m.created, m.attempts, m.version FROM message m JOIN message_key k ON k.message = m.id"
      " WHERE m.state = 'received' OR (m.state = 'claimed' AND"
      " (m.lease_until <= $1 OR m.generation < $2)) ORDER BY m.id LIMIT 1",
      {steady, database_.generation()});
  if (rows.empty()) return std::nullopt;
  const ResultRow& row = rows[0];
  Claim claim;
  claim.message = row.number(0);
  claim.mail = {row.text(1), row.text(2),   row.text(3),   row.text(4),
                row.text(5), row.number(6), row.number(7), row.number(8)};
  claim.attempt = static_cast<int>(row.number(9)) + 1;
  claim.version = static_cast<int>(row.number(10));
  database_.execute(
      "UPDATE message SET state = 'claimed', attempts = $1, lease_until = $2, generation = $3"
      " WHERE id = $4",
      {std::int64_t{claim.attempt}, steady + lease, database_.generation(), claim.message});
  failpoint("before-claim-commit");
  transaction.commit();
  failpoint("after-claim-commit");
  return claim;
}

void Register::release(Id message) {
  Transaction transaction(database_);
  database_.execute(
      "UPDATE message SET state = 'received', attempts = attempts - 1, lease_until = 0"
      " WHERE id = $1 AND state = 'claimed'",
      {message});
  transaction.commit();
}

bool Register::requeue(Id message, Seconds now, const std::string& who) {
  Transaction transaction(database_);
  const std::string state = state_of(database_, message);
  const auto unread =
      database_.query("SELECT id FROM message WHERE id = $1 AND sha256 IS NULL", {message});
  if ((state != "settled" && state != "poison") || !unread.empty()) return false;
  database_.execute(
      "UPDATE message SET state = 'received', attempts = 0, lease_until = 0,"
      " version = version + 1, disposition = '', reason = '', settled = 0 WHERE id = $1",
      {message});
  database_.execute("UPDATE submission SET superseded = 1 WHERE message = $1", {message});
  // A letter of the old decision that has not gone out yet would contradict the new one.
  database_.execute(
      "UPDATE reply SET state = 'withdrawn', finished = $1 WHERE message = $2 AND state = 'owed'",
      {now, message});
  append_audit(database_, {now, who, "requeue", message, "was " + state});
  failpoint("before-requeue-commit");
  transaction.commit();
  failpoint("after-requeue-commit");
  return true;
}

void Register::polled(const std::string& office, const std::string& account, Seconds now,
                      const std::string& error, std::int64_t waiting) {
  Transaction transaction(database_);
  database_.execute(
      "INSERT INTO mailbox_state (account, office, last_poll, last_error, waiting)"
      " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO UPDATE SET office = excluded.office,"
      " last_poll = excluded.last_poll, last_error = excluded.last_error,"
      " waiting = excluded.waiting",
      {account, office, now, error, waiting});
  transaction.commit();
}

}  // namespace dengji
