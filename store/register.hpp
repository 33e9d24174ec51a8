// The register: messages received, what was decided about each, the records that came of it with
// all their versions. The only writer of these tables; every public call is one transaction (BEGIN
// IMMEDIATE) that is durable when it returns. Thread-safe. Errors: StoreError (store/database.hpp).
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/decision.hpp"
#include "store/outbox.hpp"

namespace dengji {

class Database;
using Id = std::int64_t;
using Seconds = std::int64_t;  // since the epoch, UTC

// Commit 1: a message as its mailbox knows it. Unique: (account, uidvalidity, uid), and
// (account, sha256). Message-ID is never identity.
struct Incoming {
  std::string office, account;  // account: the mailbox's id in the configuration
  // IMAP's, as text (may exceed 32 bits); a Maildir's: "" and the base name.
  std::string uidvalidity, uid;
  std::string sha256;     // of the raw mail, whose bytes are in Blobs
  std::int64_t size = 0;  // bytes
  Seconds received = 0;   // INTERNALDATE
  Seconds now = 0;
};
enum class Received { added, known };  // known: same key, or the same bytes under another key

enum class MessageState { received, claimed, settled, poison };

struct Claim {  // a message to be worked on; its attempt is already counted
  Id message = 0;
  Incoming mail;
  int attempt = 1;  // 1-based
  int version = 1;  // of the decision to come: 1 + how often it was requeued
};

// repeat: the same content again, answered with its receipt.
enum class RecordChange { none, create, append, repeat };
enum class RecordStatus { active, suspended, cancelled };

std::string_view to_string(MessageState);
std::string_view to_string(RecordChange);
std::string_view to_string(RecordStatus);

struct SettledFile {
  std::string name, role, sha256, container;
};

struct SettledSubmission {
  std::string platform, form, action;  // the contract's words; "" where unknown
  std::string registrant_name, registrant_class, id_type, id_number;
  std::string account_id;   // account forms: platform_type + account_id; else ""
  std::string fields_json;  // object of the form's fields
  std::string facts_json;   // what the reader saw, for the review page
  std::vector<SettledFile> files;
  std::vector<std::string> seal_prints;  // fingerprints of the seals on its form and letter
  std::vector<Finding> findings;
  Decision decision = Decision::review;
  RecordChange change = RecordChange::none;
  Id record = 0;                               // of append and repeat
  RecordStatus status = RecordStatus::active;  // the record's after create and append
};

struct Filed {  // what settle() made of a submission
  Id submission = 0;
  std::string number;  // 登记编号, "" where nothing was registered
  int version = 0;
};

struct Settlement {  // commit 2
  Id message = 0;
  Disposition disposition = Disposition::submission;
  std::string reason;                           // of ignored: "bounce", "list" ...
  std::string message_id, from, subject, date;  // of the mail, for lists
  std::string in_reply_to;
  std::string bounce_of;  // Message-ID of our reply that did not arrive, or ""
  std::string reading;    // what the child read, kept for the desk; "" none
  std::vector<SettledSubmission> submissions;
  Seconds now = 0;
  std::string year;  // of the receipt number: "2018", by UTC+8
};
// Writes the letter once the numbers are known, inside the transaction; none: no reply is owed.
using Compose = std::function<std::optional<Letter>(const std::vector<Filed>&)>;

// What the register already knows about a platform: what `examine` needs to tell new from known.
struct Known {
  Id record = 0;
  std::string number, office, platform, form, registrant_name, id_number, account_id, fields_json;
  int version = 0;
  RecordStatus status = RecordStatus::active;
};

// A seal that was kept, by its fingerprint (opaque here), and the submission that bore it.
struct SealPrint {
  Id submission = 0;
  std::string fingerprint;
};
struct StampedBefore {
  Id submission = 0;
  std::string number;  // 登记编号, "" where nothing was registered
  std::string registrant_name, id_number, sender;
  bool accepted = false;
};

// One mailbox: seen = filed + rejected + held + ignored + pending, each message once, by the
// gravest of its decisions: held if one needs a person, else rejected if one was (or it held no
// submission), else filed.
struct Ledger {
  std::string office, account;
  std::int64_t seen = 0, filed = 0, rejected = 0, held = 0, ignored = 0, pending = 0;
  std::int64_t waiting = 0;  // mail that the last poll saw and left on the server, uncounted above
  Seconds last_poll = 0;     // 0: never
  std::string last_error;    // "" when the last poll went well
};

// The mail that a mailbox brought on one day of UTC+8, in the terms of a Ledger.
struct LedgerDay {
  std::string day, office, account;  // day: YYYY-MM-DD, that on which it was taken in
  std::int64_t seen = 0, filed = 0, rejected = 0, held = 0, ignored = 0, pending = 0;
};

class Register {
 public:
  // `prefixes`: office id -> the prefix of its numbers ("SQ").
  Register(Database&, std::vector<std::pair<std::string, std::string>> prefixes);

  Received receive(const Incoming&);
  // Many in one transaction, which costs as much as one in it.
  void receive_all(const std::vector<Incoming>&);
  // Mail that stays unread (over the size limit, or of before the first day): known from now on,
  // counted as ignored for this reason. Its sha256 is "".
  Received set_aside(const Incoming&, const std::string& reason);
  bool has(const std::string& account, const std::string& uidvalidity, const std::string& uid);

  // The oldest message that waits, leased for so many seconds: counts the attempt and commits
  // before it is handed out. What an earlier owner of the register had claimed is handed out again,
  // and what this one has had for longer than its lease. `steady`: of a clock that is never set.
  std::optional<Claim> claim(Seconds steady, Seconds lease);
  void release(Id message);  // gives a claim back uncounted (shutdown)
  // After too many attempts: to staff, with its raw mail; findings say why. No reply is owed.
  void hold_poison(Id message, const Finding&, Seconds now);
  // Throws StoreError where the message is settled already. Compose runs within the transaction:
  // what it throws undoes everything; it may ask the Outbox and this Register.
  std::vector<Filed> settle(const Settlement&, const Compose&);

  // Records under this name (folded) and form, or under this account id, in any office; newest
  // first.
  std::vector<Known> known(const std::string& form, const std::string& platform,
                           const std::string& account_id);
  // The record of this receipt number.
  std::optional<Known> known_by_number(const std::string& number);

  // All that are kept of submissions that were not superseded.
  std::vector<SealPrint> seal_prints();
  // Throws StoreError where there is no such submission.
  StampedBefore stamped(Id submission);

  // Back to `received` with attempts at 0: what was decided before is kept in history, its
  // submissions are superseded and the letter of the new decision may go out.
  bool requeue(Id message, Seconds now, const std::string& who);

  // waiting: see Ledger.
  void polled(const std::string& office, const std::string& account, Seconds now,
              const std::string& error, std::int64_t waiting = 0);
  std::vector<Ledger> ledgers();
  // From this day on, of one office or ("") of all; by day, newest first, then by office.
  std::vector<LedgerDay> ledger_days(Seconds since, const std::string& office);

  struct Row {  // for `dengji list`
    std::string number, office, platform, form, registrant_name, decision, received, from;
    Id submission = 0, message = 0;
    int version = 0;
    std::string status;  // of the record, "" where none
  };
  struct Filter {
    std::string office, decision, text;
    std::int64_t limit = 100;
  };
  std::vector<Row> list(const Filter&);
  // Everything about a record (by number), a submission or message (by "S12", "M12") as one JSON
  // object: {"records": [{..., "versions": []}], "messages": [{..., "submissions": [{...,
  // "findings": [], "files": []}], "replies": []}], "audit": []}. Times are RFC 3339 in +08:00,
  // null where there is none. None: there is no such number.
  std::optional<std::string> show(const std::string& number);
  // Calls back for each record's newest version, numbers unmasked: for exports.
  void each_record(const std::string& office,
                   const std::function<void(const Known&, const std::string& updated)>&);

 private:
  const std::string& prefix_of(const std::string& office) const;

  Database& database_;
  std::vector<std::pair<std::string, std::string>> prefixes_;
};

}  // namespace dengji
