// One record with its history, and what staff add to it without a mail: a note of a summons or a
// naming, a submission on paper. Every change is one transaction. Errors: StoreError.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "store/filing.hpp"
#include "store/queue.hpp"

namespace dengji {

struct RecordEvent {
  std::string kind;  // "summons" (约谈), "naming" (通报), "note"
  std::string day;   // YYYY-MM-DD
  std::string actor, note;
  Seconds at = 0;
};

struct RecordVersion {
  int version = 1;
  Id submission = 0, message = 0;
  std::string status, action, platform, registrant_name, fields_json, actor;
  Seconds created = 0, received = 0;  // received: its mail or paper
};

struct StoredRecord {
  Id record = 0;
  std::string number, office, form, platform, status;
  Seconds created = 0, updated = 0;
  std::vector<RecordVersion> versions;  // oldest first
  std::vector<RecordEvent> events;
  std::vector<Id> messages;  // of all submissions about it, oldest first
};

struct PaperSubmission {
  SettledSubmission submission;  // accepted; change, record and status as it enters the register
  std::string office, actor, note, reading, year;
  std::string prefix;  // of the office's numbers
  Seconds received = 0, now = 0;
};

class Records {
 public:
  explicit Records(Database& database) : database_(database) {}

  std::optional<StoredRecord> find(const std::string& number);
  std::vector<QueueItem> submissions(Id record);  // oldest first
  void note(Id record, const RecordEvent&);
  // A message of the mailbox "paper" without bytes, settled as the clerk says.
  Filed file_paper(const PaperSubmission&);

 private:
  Database& database_;
};

}  // namespace dengji
