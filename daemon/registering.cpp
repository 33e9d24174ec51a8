#include "daemon/registering.hpp"

#include "store/secret.hpp"

namespace dengji {

std::string account_of(const Submission& submission) {
  if (!submission.form || submission.form->kind != FormKind::account) return "";
  const auto id = submission.form->value("account_id");
  return id.empty() ? "" : submission.form->value("platform_type") + ":" + id;
}

RecordStatus status_after(Action action) {
  if (action == Action::suspend) return RecordStatus::suspended;
  return action == Action::cancel ? RecordStatus::cancelled : RecordStatus::active;
}

std::vector<std::pair<std::string, std::string>> prefixes_of(const Config& config) {
  std::vector<std::pair<std::string, std::string>> prefixes;
  for (const auto& office : config.offices) prefixes.emplace_back(office.id, office.prefix);
  return prefixes;
}

std::string letter_id(const std::string& secret, Id message, const std::string& decision,
                      const std::string& office_address) {
  const auto domain = office_address.substr(office_address.find('@') + 1);
  const auto text = std::to_string(message) + ":" + decision;
  return "<" + hmac_hex(secret, text).substr(0, 32) + "@" + domain + ">";
}

}  // namespace dengji
