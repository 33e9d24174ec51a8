// Who was asked to mend a submission and sent nothing since. Each submission is reminded of once.
// Every change is one transaction. Errors: StoreError.
#pragma once
#include <optional>
#include <vector>

#include "store/register.hpp"

namespace dengji {

struct Unmended {  // of one mail and office
  Id message = 0;
  std::vector<Id> submissions;
  Seconds asked = 0;  // when the letter that asked for it went out
};

class Reminders {
 public:
  explicit Reminders(Database& database) : database_(database) {}

  // The next behind the submission `after` whose newest letter about it arrived, as far as is
  // known, between the two times.
  std::optional<Unmended> next(Seconds from, Seconds to, Id after);
  // One letter for all of them.
  void owe(const Unmended&, const Letter&, Seconds now);

 private:
  Database& database_;
};

}  // namespace dengji
