// What was received, decided and registered, counted for an office's head: by office, form, class
// of registrant, decision and day, and how soon letters went out. All of it counts submissions that
// stand (not superseded), under the office they belong to now, by the day on which their mail came
// in, in UTC+8. Errors: StoreError.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace dengji {

class Database;

struct ReportFilter {
  std::string office;    // "": all
  std::string from, to;  // YYYY-MM-DD, both included; "": open
};

struct Report {
  struct Office {
    std::string office;
    std::int64_t received = 0, accepted = 0, held = 0, rejected = 0;  // received: the other three
    std::int64_t records = 0;  // registered anew in the period
  };
  struct Count {
    std::string word;  // the contract's, "" where it is not known; a day: YYYY-MM-DD
    std::int64_t count = 0;
  };
  struct Answer {  // from a mail's receipt to the first letter that was sent for it
    std::int64_t mails = 0;
    std::int64_t median_seconds = 0, p90_seconds = 0;  // nearest rank; 0 without mails
  };
  std::int64_t received = 0;
  std::vector<Office> offices;                   // by id, those with something to count
  std::vector<Count> forms, classes, decisions;  // by word
  std::vector<Count> days;                       // in order, without days of nothing
  Answer answer;
};

Report report(Database&, const ReportFilter&);

}  // namespace dengji
