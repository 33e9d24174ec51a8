// By when an opening, a change, a suspension or a cancellation is to be sent in: until the campaign
// ends, after that within its days. Days are YYYY-MM-DD of UTC+8. Pure.
#pragma once
#include <string>

#include "daemon/config.hpp"
#include "parsers/form.hpp"

namespace dengji {

// The form's field that says when it happened.
const char* event_field(Action);
// The last day; "" where `since` is no day.
std::string due_day(const std::string& since, const Campaign&);

}  // namespace dengji
