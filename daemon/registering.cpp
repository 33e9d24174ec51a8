#include "daemon/registering.hpp"

#include <algorithm>

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

std::string receipt_number_in(std::string_view text, const Config& config) {
  const auto digits = [&](std::size_t at) {
    const auto end = std::min(text.find_first_not_of("0123456789", at), text.size());
    return end - std::min(at, text.size());
  };
  for (const auto& office : config.offices) {
    for (auto at = text.find(office.prefix); at != std::string_view::npos;
         at = text.find(office.prefix, at + 1)) {
      const auto year = at + office.prefix.size(), serial = year + 5;
      if (digits(year) == 4 && serial < text.size() && text[serial - 1] == '-' &&
          digits(serial) >= 5)
        return std::string(text.substr(at, serial + digits(serial) - at));
    }
  }
  return "";
}

std::vector<Known> known_records(Register& records, const Reading& reading,
                                 const Submission& submission, const Config& config) {
  auto known = records.known(std::string(to_string(submission.form->kind)), submission.platform,
                             account_of(submission));
  const bool changes = submission.form->action != Action::create;
  if (!known.empty() || !changes || reading.submissions.size() != 1) return known;
  const auto number = receipt_number_in(reading.message.subject, config);
  if (number.empty()) return known;
  if (auto record = records.known_by_number(number);
      record && record->form == to_string(submission.form->kind))
    known.push_back(*std::move(record));
  return known;
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
