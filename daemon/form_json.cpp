#include "daemon/form_json.hpp"

#include "parsers/identifier.hpp"

namespace dengji {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json registrant_json(const Registrant& r) {
  return {{"name", r.name},
          {"class", to_string(r.klass)},
          {"id_type", r.id_type ? Json(to_string(*r.id_type)) : Json(nullptr)},
          {"id_number", text_or_null(r.id_number)}};
}

Json fields_json_of(const Form& form) {
  Json fields = Json::object();
  for (const auto& [key, field] : form.fields) fields[key] = field.value;
  return fields;
}

std::string dumped(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace dengji
