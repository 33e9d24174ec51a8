// A verdict in the contract's words: what `dengji check` prints, and the fields as the register
// keeps them.
#pragma once
#include <string>

#include "daemon/examine.hpp"
#include "daemon/reply.hpp"

namespace dengji {

std::string check_json(const Verdict&,
                       const std::optional<ReplyText>&);          // pretty-printed, ends in '\n'
std::string fields_json(const Form&);                             // {"site_name": "…"}
std::string seals_json(const JudgedSubmission&, const Verdict&);  // the contract's "seals"

// Whether a form says what an earlier one (its fields_json) said, but for who filled it in and
// when.
bool same_content(const std::string& fields_json, const Form&);

}  // namespace dengji
