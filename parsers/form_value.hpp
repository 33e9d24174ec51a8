// What stands in a field's cell, as the field's value: hints and rules that the form prints taken
// off, lines joined, dates and choices read. Pure; any text in.
#pragma once
#include <optional>
#include <string_view>

#include "parsers/form.hpp"

namespace dengji {

// None where nothing was filled in: no text, "____", "年　月　日", "（请填写全称）", no box ticked;
// none also for the cells of seals and of the office.
std::optional<Field> read_value(const FieldSpec& spec, std::string_view typed, const Place& place);

}  // namespace dengji
