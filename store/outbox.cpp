#include "store/outbox.hpp"

#include "store/audit.hpp"
#include "store/database.hpp"
#include "store/failpoint.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

constexpr std::int64_t day_seconds = 86'400;

// Of a reply that is being sent; any other has been settled by somebody else.
void finish(Database& database, std::int64_t id, const std::string& state, std::int64_t not_before,
            std::int64_t finished, const std::string& error) {
  const auto changed = database.execute(
      "UPDATE reply SET state = $1, not_before = $2, finished = $3, error = $4"
      " WHERE id = $5 AND state = 'sending'",
      {state, not_before, finished, error, id});
  if (changed != 1)
    throw StoreError("outbox: reply " + std::to_string(id) + " is not being sent", false);
}

void audit(Database& database, std::int64_t id, const std::string& action, std::int64_t now,
           const std::string& detail) {
  const auto row = database.query("SELECT message, kind FROM reply WHERE id = $1", {id}).at(0);
  append_audit(database, {now, "dengjid", action, row.number(0),
                          row.text(1) + (detail.empty() ? "" : ": " + detail)});
}

}  // namespace

Outbox::Outbox(Database& database) : database_(database) {}

std::optional<OwedReply> Outbox::next(std::int64_t now, const std::vector<std::string>& not_of) {
  Transaction transaction(database_);
  std::vector<Value> values = {now, now + longest_wait};
  std::string others;
  for (const std::string& office : not_of) {
    values.emplace_back(office);
    others += " AND m.office <> $" + std::to_string(values.size());
  }
  const auto rows = database_.query(
      "SELECT p.id, m.office, m.account, m.id, p.attempts, p.maybe_duplicate, p.state, p.kind,"
      " p.recipient, p.subject, p.bytes, p.message_id, p.created FROM reply p JOIN message m"
      " ON m.id = p.message WHERE p.state IN ('owed', 'uncertain') "
      " AND (p.not_before <= $1 OR p.not_before > $2)" +
          others + " ORDER BY p.not_before, p.id LIMIT 1",
      values);
  if (rows.empty()) return std::nullopt;
  const ResultRow& row = rows[0];
  OwedReply reply;
  reply.id = row.number(0);
  reply.office = row.text(1);
  reply.account = row.text(2);
  reply.message = row.number(3);
  reply.created = row.number(12);
  reply.attempt = static_cast<int>(row.number(4)) + 1;
  reply.maybe_duplicate = row.number(5) != 0 || row.text(6) == "uncertain";
  const Keyring& keys = database_.keys();
  reply.letter = {
      row.text(7), row.text(8), keys.open(row.text(9), sealed_place("reply.subject", reply.id)),
      keys.open(row.text(10), sealed_place("reply.bytes", reply.id)), '<' + row.text(11) + '>'};
  database_.execute(
      "UPDATE reply SET state = 'sending', attempts = attempts + 1, maybe_duplicate = $1"
      " WHERE id = $2",
      {std::int64_t{reply.maybe_duplicate}, reply.id});
  failpoint("before-sending-commit");
  transaction.commit();
  failpoint("after-sending-commit");
  return reply;
}

void Outbox::sent(std::int64_t id, std::int64_t now) {
  Transaction transaction(database_);
  finish(database_, id, "sent", 0, now, "");
  audit(database_, id, "sent", now, "");
  failpoint("before-sent-commit");
  transaction.commit();
  failpoint("after-sent-commit");
}

void Outbox::retry(std::int64_t id, std::int64_t not_before, const std::string& error) {
  Transaction transaction(database_);
  finish(database_, id, "owed", not_before, 0, error);
  transaction.commit();
}

void Outbox::failed(std::int64_t id, std::int64_t now, const std::string& error) {
  Transaction transaction(database_);
  finish(database_, id, "failed", 0, now, error);
  audit(database_, id, "reply-failed", now, error);
  transaction.commit();
}

void Outbox::uncertain(std::int64_t id, std::int64_t not_before, const std::string& error) {
  Transaction transaction(database_);
  finish(database_, id, "uncertain", not_before, 0, error);
  transaction.commit();
}

int Outbox::recover() {
  Transaction transaction(database_);
  const auto changed = database_.execute(
      "UPDATE reply SET state = 'owed', maybe_duplicate = 1 WHERE state = 'sending'");
  transaction.commit();
  return static_cast<int>(changed);
}

bool Outbox::undelivered(const std::string& message_id, std::int64_t now) {
  if (!is_ours(message_id)) return false;
  Transaction transaction(database_);
  const auto rows =
      database_.query("SELECT id FROM reply WHERE message_id = $1", {bare_message_id(message_id)});
  const std::int64_t id = rows.at(0).number(0);
  database_.execute("UPDATE reply SET state = 'undelivered', finished = $1 WHERE id = $2",
                    {now, id});
  audit(database_, id, "reply-undelivered", now, "");
  transaction.commit();
  return true;
}

bool Outbox::is_ours(const std::string& message_id) {
  return !database_
              .query("SELECT id FROM reply WHERE message_id = $1", {bare_message_id(message_id)})
              .empty();
}

int Outbox::answered_today(const std::string& address, std::int64_t now) {
  const auto rows = database_.query(
      "SELECT COUNT(*) FROM reply WHERE recipient_key = $1 AND created > $2"
      " AND state <> 'withdrawn'",
      {address_key(address), now - day_seconds});
  return static_cast<int>(rows.at(0).number(0));
}

std::vector<Outbox::Kept> Outbox::kept(std::int64_t message) {
  std::vector<Kept> all;
  const Keyring& keys = database_.keys();
  for (const ResultRow& row :
       database_.query("SELECT id, kind, recipient, subject, bytes, message_id, state FROM reply"
                       " WHERE message = $1 ORDER BY id",
                       {message})) {
    const std::int64_t id = row.number(0);
    all.push_back(
        {{row.text(1), row.text(2), keys.open(row.text(3), sealed_place("reply.subject", id)),
          keys.open(row.text(4), sealed_place("reply.bytes", id)), '<' + row.text(5) + '>'},
         row.text(6)});
  }
  return all;
}

std::vector<Outbox::Count> Outbox::counts() {
  const auto rows = database_.query(
      "SELECT m.account,"
      " SUM(CASE WHEN p.state IN ('owed', 'sending', 'uncertain') THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN p.state = 'sent' THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN p.state = 'failed' THEN 1 ELSE 0 END),"
      " SUM(CASE WHEN p.state = 'undelivered' THEN 1 ELSE 0 END)"
      " FROM reply p JOIN message m ON m.id = p.message GROUP BY m.account ORDER BY m.account");
  std::vector<Count> counts;
  for (const ResultRow& row : rows) {
    counts.push_back({row.text(0), row.number(1), row.number(2), row.number(3), row.number(4)});
  }
  return counts;
}

}  // namespace dengji
