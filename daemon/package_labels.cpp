#include "daemon/package_labels.hpp"

namespace dengji {

namespace {

std::string sheet_title(FormKind kind) {
  switch (kind) {
    case FormKind::website:
      return "网站";
    case FormKind::account:
      return "账号";
    case FormKind::forum:
      return "论坛";
  }
  return "";
}

bool is_filled_in(const FieldSpec& field) {
  return field.type != FieldType::seal && field.type != FieldType::office;
}

}  // namespace

PackageLabels package_labels(const Config& config) {
  PackageLabels labels;
  for (const auto& spec : config.forms.forms) {
    auto& form = labels.forms.emplace_back();
    form.form = to_string(spec.kind);
    form.title = sheet_title(spec.kind);
    for (const auto& field : spec.fields)
      if (is_filled_in(field)) form.fields.emplace_back(field.key, field.label);
  }
  for (const auto& office : config.offices) labels.offices[office.id] = office.name;
  return labels;
}

}  // namespace dengji
