// The finding codes of docs/CONTRACT.md with their default severities: the one list that
// configuration, rules and letters are checked against. Where the contract makes a severity depend
// on the case (commitment.missing, attachment.unsupported, attachment.remote) the graver one stands
// here and rules lowers it.
#pragma once
#include <map>
#include <string>

#include "store/decision.hpp"

namespace dengji {

const std::map<std::string, Severity>& default_severities();

}  // namespace dengji
