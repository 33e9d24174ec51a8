// What a person decided about a held submission. A ruling waits until it is due, so that it can be
// undone; carried out, it registers and owes its letter in one transaction, like
// Register::settle(). Who decides names the revision that was seen: of two people one is told that
// the other was first. Every call is one transaction. Thread-safe. Errors: StoreError.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/register.hpp"

namespace dengji {

enum class RulingKind {
  accept,
  correct,  // the registrant is asked to mend it: the submission counts as rejected until then
  reject,   // it is refused
};
std::string_view to_string(RulingKind);
std::optional<RulingKind> ruling_kind_from(std::string_view word);

struct Ruling {
  Id id = 0, submission = 0;
  RulingKind kind = RulingKind::accept;
  std::string actor;  // the staff member's name
  Seconds at = 0, due = 0;
  std::string to, subject, body;  // the letter as the person left it; to "": none can be sent
  std::string note;               // for colleagues, never sent
};

// How an accepted submission enters the register.
struct Registering {
  RecordChange change = RecordChange::none;
  Id record = 0;
  RecordStatus status = RecordStatus::active;
};

class Rulings {
 public:
  Rulings(Database&, std::vector<std::pair<std::string, std::string>> prefixes);

  enum class Taken { yes, decided, unknown };
  // decided: the submission waits no longer, or not as it was at `revision`.
  Taken decide(const Ruling&, std::int64_t revision);
  // Of a pending ruling: the submission waits again. False: there is none any more.
  bool undo(Id submission, const std::string& actor, Seconds now);
  // Of a ruling that was carried out, while its letter waits (a server is down): what it registered
  // is taken back with it, unless something rests on that already. False: it stays.
  bool revoke(Id submission, const std::string& actor, Seconds now);
  bool revocable(Id submission);
  std::optional<Ruling> pending(Id submission);
  // The next that is due, or was made by a clock that has been set back since; it stays pending
  // until carry_out().
  std::optional<Ruling> due(Seconds now);
  // Composes the letter once the number is known; none: no letter can be sent.
  Filed carry_out(const Ruling&, const Registering&, const std::string& year, Seconds now,
                  const std::function<std::optional<Letter>(const Filed&)>& compose);
  // To the office that it belongs to, whose queue it joins. False: it waits no longer.
  bool forward(Id submission, std::int64_t revision, const std::string& office,
               const std::string& actor, const std::string& note, Seconds now);

 private:
  Database& database_;
  std::vector<std::pair<std::string, std::string>> prefixes_;
};

// Of these submissions, "(1,2,3)".
std::vector<Ruling> pending_rulings(Database&, const std::string& submissions);

}  // namespace dengji
