// A form in the contract's words, for everything that prints one: `dengji check`, `dengji read`,
// the register.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "parsers/form.hpp"

namespace dengji {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text);   // null where empty
Json registrant_json(const Registrant&);      // name, class, id_type, id_number
Json fields_json_of(const Form&);             // {"site_name": "…"}
std::string dumped(const Json&, int indent);  // -1: on one line; what is no UTF-8 is replaced

}  // namespace dengji
