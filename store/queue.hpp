// The register as staff see it: what waits for a person, and a search over all submissions. Each
// question names the office that it is bound to. Reads only. Thread-safe. Errors: StoreError.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "store/database.hpp"
#include "store/rulings.hpp"

namespace dengji {

struct QueueFilter {
  std::string office;  // "": all
  std::string form, code, decision, text;
  std::string ruling;          // the kind of what a person ruled
  std::string not_ruling;      // but for those that a person ruled so
  Seconds unmended_since = 0;  // received before, and nothing came since; 0: whenever
  Id record = 0;               // 0: of any or none
  Id after = 0;                // the last of the page before
  std::int64_t limit = 50;
};

struct QueueItem {
  Id submission = 0, message = 0;
  std::string number, status;  // of the record, "" where none
  std::string office, platform, form, action, registrant, decision, sender, subject;
  Seconds received = 0, reminded = 0;  // 0: not
  std::vector<Finding> findings;
  std::optional<Ruling> ruling;  // pending
};

// One submission with all that was stored about it.
struct StoredSubmission {
  Id submission = 0, message = 0;
  std::int64_t position = 1;  // 1-based, within its message
  std::int64_t revision = 1;
  bool superseded = false;
  Id completed_by = 0, completes = 0;
  std::string office, platform, form, action, registrant_name, registrant_class, id_type, id_number;
  std::string account_id, fields_json, number;
  std::string decision, change;
  std::vector<Finding> findings;
  // Of its mail.
  std::string sha256, message_id, sender, subject, date, reading;
  Seconds received = 0;
  std::int64_t size = 0;
  bool unread = false;  // held since it could not be read
};

struct TrailEntry {  // of the audit, or what staff noted about a record
  Seconds at = 0;
  std::string actor, action, detail;
};
struct SentLetter {
  Id message = 0;
  std::string kind, to, subject, state, error;
  Seconds created = 0, finished = 0;
};
struct UnreadMail {
  Id message = 0, submission = 0;
  std::string office, sender, reason;
  Seconds received = 0;
  std::int64_t size = 0;
};

class Queue {
 public:
  explicit Queue(Database& database) : database_(database) {}

  std::vector<QueueItem> held(const QueueFilter&);    // oldest first
  std::vector<QueueItem> search(const QueueFilter&);  // newest first
  std::vector<std::pair<std::string, std::int64_t>> held_by_office();
  // Another text whenever the queue may look otherwise.
  std::string mark();
  // The neighbours of a submission in its office's queue, or in all: before and behind; 0 none.
  std::pair<Id, Id> neighbours(Id submission, const std::string& office);

  std::optional<StoredSubmission> submission(Id);
  std::vector<Id> submissions(Id message);  // that stand, in their order
  std::vector<TrailEntry> trail(Id message);
  std::vector<SentLetter> letters(Id message);
  std::vector<SentLetter> undelivered(const std::string& office);
  std::vector<UnreadMail> unread(const std::string& office);

 private:
  Database& database_;
};

}  // namespace dengji
