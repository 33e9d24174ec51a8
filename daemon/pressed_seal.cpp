#include "daemon/pressed_seal.hpp"

#include <algorithm>

#include "daemon/rules.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

bool is_pressed(const Seal& seal) {
  return seal.red && seal.confidence >= surely_a_seal && seal.shape != SealShape::square &&
         !seal.fingerprint.empty();
}

// The holder's own, or the sender's own first try, which was sent back and is now put right.
bool is_own(const StampedBefore& before, const Case& c) {
  const auto& now = *c.registrant;
  if (!before.id_number.empty() && before.id_number == now.id_number) return true;
  if (fold_name(before.registrant_name) == fold_name(now.name)) return true;
  return !before.accepted && before.sender == c.reading.message.from;
}

// A seal that names the registrant is its own wherever else it was seen.
std::string earlier_of(const Seal& seal, const Case& c, const SealHistory& history) {
  if (!history || !c.registrant || seal.name == SealName::matches) return "";
  for (const auto& before : history(seal.fingerprint))
    if (!is_own(before, c))
      return before.number.empty() ? "S" + std::to_string(before.submission) : before.number;
  return "";
}

}  // namespace

std::vector<PressedSeal> pressed_seals(const Case& c, const SealHistory& history) {
  std::vector<PressedSeal> all;
  for (const auto role : {Role::scan, Role::commitment})
    for (const auto& page : pages_of(c, role))
      for (const auto& seal : page.facts->seals) {
        if (!is_pressed(seal) || all.size() == limits::seals_on_page) continue;
        all.push_back(
            {page.file->name, page.facts->page, seal.fingerprint, earlier_of(seal, c, history)});
      }
  return all;
}

}  // namespace dengji
