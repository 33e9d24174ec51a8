#include "daemon/rules.hpp"

#include <array>

#include "parsers/identifier.hpp"

namespace dengji {

const FormSpec* Case::spec() const {
  return submission.form ? &config.forms.of(submission.form->kind) : nullptr;
}

bool Case::individual() const {
  return registrant && registrant->klass == RegistrantClass::individual;
}

bool Case::is(FormKind kind) const { return submission.form && submission.form->kind == kind; }

namespace {

Role role_of(const Part& part, std::size_t page) {
  return page < part.pages.size() ? part.pages[page] : part.role;
}

// A certificate that lies beside a letter on the same picture serves as one.
bool serves_as(Role role, Role of_page, const PageFacts& page) {
  return of_page == role || (role == Role::certificate && of_page == Role::commitment &&
                             page.certificate != CertificateKind::none);
}

}  // namespace

std::vector<RolePage> pages_of(const Case& c, Role role) {
  static const Agreement unknown;
  std::vector<RolePage> found;
  for (const auto& part : c.submission.parts) {
    const auto& file = c.reading.files[part.attachment];
    for (std::size_t i = 0; i < file.pages.size(); ++i) {
      if (!serves_as(role, role_of(part, i), file.pages[i])) continue;
      const auto& agreement = file.pages[i].agreement;
      found.push_back(
          {&file, &file.pages[i], c.index < agreement.size() ? &agreement[c.index] : &unknown});
    }
  }
  return found;
}

std::vector<const FileFacts*> files_of(const Case& c, Role role) {
  std::vector<const FileFacts*> found;
  for (const auto& part : c.submission.parts) {
    const auto& file = c.reading.files[part.attachment];
    bool serves = part.role == role ||
                  std::find(part.pages.begin(), part.pages.end(), role) != part.pages.end();
    for (std::size_t i = 0; i < file.pages.size() && !serves; ++i)
      serves = serves_as(role, role_of(part, i), file.pages[i]);
    if (serves) found.push_back(&file);
  }
  return found;
}

void Findings::add(std::string code, Where where, std::string detail) {
  const auto severity = config_.severity.at(code);
  found_.push_back({std::move(code), severity, std::move(where.attachment), where.page,
                    std::move(where.field), mask_numbers(detail)});
}

void Findings::note(std::string code, Where where, std::string detail) {
  add(std::move(code), std::move(where), std::move(detail));
  found_.back().severity = Severity::note;
}

Findings::Where on(const RolePage& page) { return {page.file->name, page.facts->page, ""}; }
Findings::Where in(const FileFacts& file) { return {file.name, 0, ""}; }

std::span<const Rule> all_rules() {
  static constexpr std::array<Rule, 15> rules{
      form_is_there,    fields_are_right,     numbers_check,       names_are_clear,
      scan_is_readable, scan_is_of_this_form, seal_is_right,       seal_is_its_own,
      person_signed,    certificate_is_right, commitment_is_there, attachments_are_read,
      in_time,          right_office,         register_agrees};
  return rules;
}

}  // namespace dengji
