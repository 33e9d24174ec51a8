// What a person decides about a held submission: the case as it was judged, the letter that would
// go out, and, once a ruling is due, registering and owing that letter.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "daemon/examine.hpp"
#include "daemon/moment.hpp"
#include "daemon/reply.hpp"
#include "store/queue.hpp"
#include "store/reminders.hpp"
#include "store/rulings.hpp"

namespace dengji {

struct OpenCase {
  StoredSubmission stored;
  Verdict verdict;  // of this submission alone; files by attachment index as in `reading`
  Reading reading;  // empty where it was not kept or could not be read
};
OpenCase open_case(StoredSubmission, const Config&);

// The letter of a ruling, the receipt's number still unknown. reasons: indices of findings that the
// registrant is told to mend. None: the sender has no address that could be written to.
std::optional<ReplyText> draft_letter(const OpenCase&, RulingKind,
                                      const std::vector<std::size_t>& reasons,
                                      const std::string& remark, const Config&);

class Casework {
 public:
  Casework(const Config& config, Database& database, Register& records, std::string secret);

  // Carries out the next ruling that is due; false when none is.
  bool step(std::int64_t now);

  // Once an hour: reminds whoever was asked to mend a submission and sent nothing since.
  void remind(Moment now);

 private:
  std::optional<Id> remind_next(std::int64_t now, Id seen);
  std::optional<Letter> reminder(const Unmended&, std::int64_t now);
  Registering registering(const OpenCase&);
  std::optional<Letter> letter(const Ruling&, const OpenCase&, const Filed&, std::int64_t now);

  const Config& config_;
  Database& database_;
  Register& records_;
  Rulings rulings_;
  Queue queue_;
  Reminders reminders_;
  Outbox outbox_;
  std::int64_t next_reminders_ = 0;  // by the steady clock
  std::string secret_;               // keys the Message-IDs of our letters
};

}  // namespace dengji
