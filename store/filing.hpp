// The steps of registering that Register::settle() and a person's ruling share. Each is a part of
// the caller's transaction. Errors: StoreError.
#pragma once
#include <cstdint>
#include <string>

#include "store/register.hpp"

namespace dengji {

struct Entry {  // one submission as the register takes it
  Id submission = 0;
  std::string office, form, platform, account_id;
  RecordChange change = RecordChange::none;
  Id record = 0;  // of append and repeat
  RecordStatus status = RecordStatus::active;
};

struct Numbering {  // of a receipt number: SQ + 2018 - the next serial
  std::string prefix, year;
  Seconds now = 0;
  std::int64_t serial = 0;  // of a record that has its number already; 0: the next
};
std::string receipt_number(const std::string& prefix, const std::string& year, std::int64_t serial);

// Folds like fold_name(); an empty name or account never matches another empty one.
std::string key_of(const std::string& name);

struct SubmissionSlot {  // where a submission stands
  Id message = 0;
  std::string office;
  std::int64_t version = 1, position = 1;  // of the message's decision; 1-based within it
};

// The submission with its files and findings; its id.
Id add_submission(Database&, const SubmissionSlot&, const SettledSubmission&, Seconds now);

// Creates or appends to its record, and links the submission to it.
Filed file_entry(Database&, const Entry&, const Numbering&);

// Earlier submissions that this one mends wait no longer: those of the same platform by the same
// hand, or of the mail that it answers one of our letters about.
struct CameFrom {
  std::string sender, in_reply_to;  // "" for paper
};
void complete_earlier(Database&, Id message, Id submission, const SettledSubmission&,
                      const CameFrom&);

Id owe_letter(Database&, Id message, std::int64_t version, const Letter&, Seconds now);

}  // namespace dengji
