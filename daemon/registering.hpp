// How a judged submission enters the register, alike whether the rules or a person accepted it.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "daemon/config.hpp"
#include "parsers/form.hpp"
#include "parsers/submission.hpp"
#include "store/register.hpp"

namespace dengji {

// What an account is known by whatever its display name: type and id; "" for other platforms.
std::string account_of(const Submission&);

RecordStatus status_after(Action);

// Each office's id and the prefix of its numbers, as Register and Rulings want them.
std::vector<std::pair<std::string, std::string>> prefixes_of(const Config&);

// A letter's Message-ID: an HMAC of what it answers, so that nobody can foretell it and a retry has
// the same. `decision` tells the letters to one message apart.
std::string letter_id(const std::string& secret, Id message, const std::string& decision,
                      const std::string& office_address);

}  // namespace dengji
