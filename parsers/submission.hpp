// Which attachment belongs to which platform, in which role: from the names, the documents, the
// mail around them and, once the pages have been looked at, what they show.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/form.hpp"
#include "parsers/message.hpp"

namespace dengji {

enum class Role { form, scan, certificate, commitment, other };
std::string_view to_string(Role);

struct Part {                      // one attachment's place in one submission
  std::size_t attachment = 0;      // index into the unpacked attachments
  Role role = Role::other;
  std::vector<Role> pages;         // per page (1-based page = index + 1) where a file holds several kinds
  bool shared = false;             // one certificate that serves several platforms of the message
  bool ambiguous = false;          // it is not clear that it belongs here
};

enum class FormState { missing, unknown, unreadable, read };

struct Submission {
  std::string platform;            // from the form, else from names, else from the subject
  FormState form_state = FormState::missing;
  std::optional<Form> form;
  std::optional<std::size_t> form_attachment;
  std::optional<Unreadable> form_problem;  // when unreadable
  bool name_matches = true;        // the form's file is named after the platform
  std::vector<Part> parts;
};

// What a look at an attachment's pages told (ocr/evidence), in the words grouping needs.
struct PageHint {
  Role role = Role::other;         // scan = a page with the stamped form
  double confidence = 0;           // 0..1
  std::string platform;            // the known platform whose name was read on it, else ""
  std::string registrant;          // the known registrant whose name was read on it, else ""
};
using PageHints = std::vector<std::vector<PageHint>>;  // [attachment][page]; empty where not looked at

struct Grouping {
  std::vector<Submission> submissions;
  std::vector<std::size_t> unused;  // attachments that belong to none (signature logos, bodies)
};

// First call without hints (what must be looked at, and which names to expect on it), second call with
// them. A message whose attachments could not be part of any submission gives no submissions.
Grouping group(const Message& message, const std::vector<Attachment>& attachments,
               const FormSpecs& specs, const PageHints& hints = {});

}  // namespace dengji
