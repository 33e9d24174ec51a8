// Whether a value typed into a form can be right. Says no only to what is certainly wrong, since a
// "no" sends the form back; whether it is true is not asked here. Pure.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "parsers/form.hpp"

namespace dengji {

// What is wrong, in Chinese and without the field's label ("少于7位"), or none. `today` as
// YYYY-MM-DD.
std::optional<std::string> field_fault(const FieldSpec& spec, const Field& field,
                                       std::string_view today);

// What is wrong with an identity number, in Chinese ("第18位应为X，填写的是3"), or none. `typed` as
// in the form; `type`: what kind it should be, none to go by its shape. `person`: only a citizen's
// number will do.
std::optional<std::string> id_fault(std::string_view typed, std::optional<IdType> type,
                                    bool person);

}  // namespace dengji
