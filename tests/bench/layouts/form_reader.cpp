// form_reader FILE...: what the form reader makes of each file, a JSON line each: the form's kind,
// each field's value and where it was found. For measure.py.
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>

#include "parsers/attachment.hpp"
#include "parsers/form.hpp"
#include "tests/support/form_specs.hpp"

namespace {

using Json = nlohmann::json;

Json told(const dengji::Form& form) {
  Json fields = Json::object();
  for (const auto& [key, field] : form.fields) {
    const dengji::Place& place = field.place;
    fields[key] = {{"value", field.value},
                   {"understood", field.understood},
                   {"place", {place.table, place.row, place.column}}};
  }
  return fields;
}

Json read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  dengji::Attachment attachment;
  attachment.name = path;
  attachment.bytes.assign(std::istreambuf_iterator<char>(file), {});
  attachment.type = dengji::sniff(attachment.bytes);
  Json out{{"file", path}, {"form", nullptr}};
  const auto document = dengji::read_document(attachment);
  if (!document) return out;
  if (const auto form = dengji::read_form(*document, dengji::test::forms())) {
    out["form"] = dengji::to_string(form->kind);
    out["fields"] = told(*form);
  }
  return out;
}

}  // namespace

int main(int count, char** words) {
  for (int i = 1; i < count; ++i) std::cout << read(words[i]) << "\n";
}
