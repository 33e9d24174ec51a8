// One submission as the desk shows it: findings with the place to look at, the form's values beside
// what scans and certificates read, the files and their pages (docs/DESK.md).
#pragma once
#include "daemon/casework.hpp"
#include "daemon/desk/item_json.hpp"

namespace dengji {

// What a group of fields is called, "" for none.
std::string group_title(const FormSpec&, const std::string& group);
Json findings_json(const OpenCase&, const Config&);
Json fields_review_json(const OpenCase&, const Config&);
Json files_json(const OpenCase&);

}  // namespace dengji
