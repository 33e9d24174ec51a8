// How a judged submission enters the register, alike whether the rules or a person accepted it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/reading.hpp"
#include "parsers/form.hpp"
#include "parsers/submission.hpp"
#include "store/register.hpp"

namespace dengji {

// What an account is known by whatever its display name: type and id; "" for other platforms.
std::string account_of(const Submission&);

RecordStatus status_after(Action);

// The first receipt number that stands in a text (SQ2018-00017), "" if none does.
std::string receipt_number_in(std::string_view text, const Config&);

// What the register knows of a submission: records of its name or account and, of a mail that
// changes one thing, the record whose receipt number its subject names, since a name may change.
std::vector<Known> known_records(Register&, const Reading&, const Submission&, const Config&);

// Each office's id and the prefix of its numbers, as Register and Rulings want them.
std::vector<std::pair<std::string, std::string>> prefixes_of(const Config&);

// A letter's Message-ID: an HMAC of what it answers, so that nobody can foretell it and a retry has
// the same. `decision` tells the letters to one message apart.
std::string letter_id(const std::string& secret, Id message, const std::string& decision,
                      const std::string& office_address);

}  // namespace dengji
