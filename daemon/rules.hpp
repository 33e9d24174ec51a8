// The rules by which facts become findings: one plain function a subject, in a table. Pure. A rule
// names a code; its severity comes from the configuration, or is lowered to a note where the
// contract says "else note".
#pragma once
#include <span>
#include <string>
#include <vector>

#include "daemon/examine.hpp"

namespace dengji {

// One submission with all that a rule may look at. Lives while its rules run.
struct Case {
  const Reading& reading;
  const Submission& submission;
  std::size_t index;  // of the submission, and so of its Agreement on each page
  const std::optional<Registrant>& registrant;
  const std::vector<Known>& known;  // records under the same name or account
  const OfficeConfig& office;
  const Config& config;
  std::string today;  // the day it was received, YYYY-MM-DD in UTC+8
  const std::vector<PressedSeal>& pressed;

  const FormSpec* spec() const;  // of the form that was read, else null
  bool individual() const;
  bool is(FormKind kind) const;
};

// Confidence below which a red spot is neither called a seal nor is a seal's absence certain.
inline constexpr double surely_a_seal = 0.4;

// A page in a role, as a file of one role or a page of a file that holds several.
struct RolePage {
  const FileFacts* file;
  const PageFacts* facts;
  const Agreement* agreement;  // with this submission
};
std::vector<RolePage> pages_of(const Case&, Role);
std::vector<const FileFacts*> files_of(const Case&, Role);

class Findings {
 public:
  explicit Findings(const Config& config) : config_(config) {}
  struct Where {
    std::string attachment = "";
    int page = 0;
    std::string field = "";
  };
  void add(std::string code, Where where, std::string detail);
  void note(std::string code, Where where, std::string detail);  // whatever the configuration says
  std::vector<Finding> take() { return std::move(found_); }

 private:
  const Config& config_;
  std::vector<Finding> found_;
};
Findings::Where on(const RolePage& page);
Findings::Where in(const FileFacts& file);

using Rule = void (*)(const Case&, Findings&);
std::span<const Rule> all_rules();

// The rules, by file.
void form_is_there(const Case&, Findings&);  // rules_form.cpp
void fields_are_right(const Case&, Findings&);
void numbers_check(const Case&, Findings&);
void names_are_clear(const Case&, Findings&);
void scan_is_readable(const Case&, Findings&);  // rules_scan.cpp
void scan_is_of_this_form(const Case&, Findings&);
void seal_is_right(const Case&, Findings&);
void seal_is_its_own(const Case&, Findings&);
void person_signed(const Case&, Findings&);
void certificate_is_right(const Case&, Findings&);  // rules_papers.cpp
void commitment_is_there(const Case&, Findings&);
void attachments_are_read(const Case&, Findings&);  // rules_attachment.cpp
void in_time(const Case&, Findings&);               // rules_register.cpp
void right_office(const Case&, Findings&);
void register_agrees(const Case&, Findings&);

// Something of the submission cannot be had because of a link or a type that is not read, which has
// its own finding: what is missing for that reason is not told twice.
bool excused(const Case&, Role);

// What the register does on acceptance, by the same look at the known records as register_agrees().
struct Step {
  RecordChange change = RecordChange::none;
  const Known* known = nullptr;
};
Step next_step(const Case&);

// The office whose area a registrant is in, by its name (government) or address; null if unknown.
const OfficeConfig* home_office(const Case&);

}  // namespace dengji
