// The four kinds of number by which a registrant is known, with their structure and check digits:
//   uscc     18 of 0-9A-Z without I O S V Z, GB 32100-2015 (mod 31)
//   orgcode  8 + '-' + 1, GB 11714-1997 (mod 11)
//   licence  15 digits, the business registration number of GS15-2006 (mod 11,10 of ISO 7064)
//   citizen  18 digits or X last, GB 11643-1999 (ISO 7064 mod 11-2), with a date of birth;
//            the 15-digit number of before 1999 has no check digit
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

enum class IdType { uscc, orgcode, licence, citizen };

std::string_view to_string(IdType);
std::optional<IdType> id_type_from(std::string_view word);

// As typed to canonical: NFKC, blanks and dashes out, upper case (an orgcode keeps no dash).
std::string canonical_id(std::string_view typed);

enum class IdFault { none, length, character, area, date, check };

struct IdCheck {
  IdFault fault = IdFault::none;
  int position = 0;       // 1-based position of the fault in the canonical number, 0 if it has none
  char expected = 0;      // at a fault of `check`: the check character the other digits ask for
  bool old_form = false;  // a 15-digit citizen number: right, worth a notice
  bool ok() const { return fault == IdFault::none; }
};

// `canonical` as from canonical_id().
IdCheck check_id(IdType, std::string_view canonical);

// The kind a number must be by its shape alone; none if no kind has this shape.
// A 15-digit number is a licence unless `person` says that a citizen's number is meant.
std::optional<IdType> id_shape(std::string_view canonical, bool person);

// First 6 and last 4 at most, the rest '*': how a number may leave the register.
std::string mask_id(std::string_view number);
// Every number of 11 digits and more within a text masked likewise: for logs and letters.
std::string mask_numbers(std::string_view text);

}  // namespace dengji
