// What was found and decided about one submission: the public vocabulary of `dengji check`, the
// register, the letters and the review page.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

enum class Severity { note, doubt, defect };
enum class Decision { accept, review, reject };
enum class Disposition { submission, no_submission, ignored };

std::string_view to_string(Severity);
std::string_view to_string(Decision);
std::string_view to_string(Disposition);

struct Finding {
  std::string code;  // a code of docs/CONTRACT.md: "seal.missing"
  Severity severity = Severity::note;
  std::string attachment;  // its name, "" if of the submission as a whole
  int page = 0;            // 1-based, 0 if of no page
  std::string field;       // the form field's key, "" if none
  std::string detail;      // Simplified Chinese, for registrant and clerk; numbers masked
};

// reject if there is a defect; else review if there is a doubt; else accept.
Decision decide(const std::vector<Finding>& findings);

}  // namespace dengji
