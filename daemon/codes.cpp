#include "daemon/codes.hpp"

namespace dengji {

const std::map<std::string, Severity>& default_severities() {
  using enum Severity;
  static const std::map<std::string, Severity> table = {
      {"action.unknown_record", doubt}, {"attachment.hostile", doubt},
      {"attachment.remote", defect},    {"attachment.unsupported", defect},
      {"certificate.expired", doubt},   {"certificate.missing", defect},
      {"certificate.wrong", defect},    {"commitment.missing", defect},
      {"commitment.unsealed", doubt},   {"deadline.late", note},
      {"duplicate.conflict", doubt},    {"duplicate.same", note},
      {"field.invalid", defect},        {"field.missing", defect},
      {"form.missing", defect},         {"form.unknown", defect},
      {"form.unreadable", defect},      {"id.checksum", defect},
      {"id.mismatch", doubt},           {"id.unread", doubt},
      {"jurisdiction.other", doubt},    {"name.ambiguous", doubt},
      {"name.mismatch", note},          {"scan.mismatch", doubt},
      {"scan.missing", defect},         {"scan.unreadable", defect},
      {"seal.copied", doubt},           {"seal.mismatch", doubt},
      {"seal.missing", defect},         {"seal.monochrome", doubt},
      {"seal.unread", doubt},           {"signature.missing", doubt},
  };
  return table;
}

}  // namespace dengji
