// Replies owed and sent. A reply is written in the transaction that decides (Register::settle) with
// its exact bytes and its Message-ID, so that a retry is byte-identical (RFC 1047). Unique:
// (message, kind, version). States: owed -> sending -> sent | owed again (4xx) | failed (5xx) |
// uncertain (cut after the final dot; sent again with the same bytes); undelivered (a bounce came)
// | withdrawn (requeued before it went out).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dengji {

class Database;

struct Letter {
  std::string kind;     // "receipt", "rejection", "held", "no-submission", "duplicate"
  std::string to;       // addr-spec
  std::string subject;  // for lists
  std::string bytes;    // RFC 5322, CRLF line ends, complete with its Message-ID
  std::string message_id;
};

struct OwedReply {
  std::int64_t id = 0;
  std::string office, account;
  std::int64_t message = 0;
  std::int64_t created = 0;  // when it became owed
  int attempt = 1;
  bool maybe_duplicate = false;  // it was "sending" or "uncertain" when a process ended
  Letter letter;
};

class Outbox {
 public:
  explicit Outbox(Database&);
  // Seconds: no reply is put off for longer. One that stands further ahead was put off by a clock
  // that has been set back since, and is due.
  static constexpr std::int64_t longest_wait = 4000;
  // The next reply that is due, but for those of the offices `not_of`; already committed as
  // "sending".
  std::optional<OwedReply> next(std::int64_t now, const std::vector<std::string>& not_of = {});
  void sent(std::int64_t id, std::int64_t now);
  // 4xx, or no connection.
  void retry(std::int64_t id, std::int64_t not_before, const std::string& error);
  // 5xx, or its life is over: to staff.
  void failed(std::int64_t id, std::int64_t now, const std::string& error);
  void uncertain(std::int64_t id, std::int64_t not_before, const std::string& error);
  // At start, before any worker: what was "sending" is owed again, marked as possibly a duplicate.
  int recover();
  // A bounce of one of ours came back: marks it undelivered; false if no reply has this Message-ID.
  bool undelivered(const std::string& message_id, std::int64_t now);
  bool is_ours(const std::string& message_id);
  // Replies owed or sent to it within a day; upper and lower case are the same.
  int answered_today(const std::string& address, std::int64_t now);
  // All letters of a message, oldest first.
  struct Kept {
    Letter letter;
    std::string state;
  };
  std::vector<Kept> kept(std::int64_t message);
  struct Count {
    std::string account;
    std::int64_t owed = 0, sent = 0, failed = 0, undelivered = 0;
  };
  std::vector<Count> counts();

 private:
  Database& database_;
};

}  // namespace dengji
