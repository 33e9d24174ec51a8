#include "store/decision.hpp"

#include <algorithm>

namespace dengji {

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::note:
      return "note";
    case Severity::doubt:
      return "doubt";
    case Severity::defect:
      return "defect";
  }
  return "";
}

std::string_view to_string(Decision decision) {
  switch (decision) {
    case Decision::accept:
      return "accept";
    case Decision::review:
      return "review";
    case Decision::reject:
      return "reject";
  }
  return "";
}

std::string_view to_string(Disposition disposition) {
  switch (disposition) {
    case Disposition::submission:
      return "submission";
    case Disposition::no_submission:
      return "no-submission";
    case Disposition::ignored:
      return "ignored";
  }
  return "";
}

Decision decide(const std::vector<Finding>& findings) {
  const auto has = [&](Severity severity) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return finding.severity == severity; });
  };
  if (has(Severity::defect)) return Decision::reject;
  return has(Severity::doubt) ? Decision::review : Decision::accept;
}

}  // namespace dengji
