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

struct Part {                  // one attachment's place in one submission
  std::size_t attachment = 0;  // index into the unpacked attachments
  Role role = Role::other;
  std::vector<Role> pages;  // per page (1-based page = index + 1) where a file holds several kinds
  bool shared = false;      // one certificate that serves several platforms of the message
  bool ambiguous = false;   // it is not clear that it belongs here
};

enum class FormState { missing, unknown, unreadable, read };

struct Submission {
  std::string platform;  // from the form, else from names, else from the subject
  FormState form_state = FormState::missing;
  std::optional<Form> form;
  std::optional<std::size_t> form_attachment;
  std::optional<Unreadable> form_problem;  // when unreadable
  bool name_matches = true;                // the form's file is named after the platform
  std::vector<Part> parts;
};

// What a look at an attachment's pages told (ocr/evidence), in the words grouping needs.
struct PageHint {
  Role role = Role::other;            // scan = a page with the stamped form
  double confidence = 0;              // 0..1
  std::string platform;               // the known platform whose name was read on it, else ""
  std::string registrant;             // the known registrant whose name was read on it, else ""
  std::optional<FormKind> form = {};  // of a scan: which of the three forms it shows
};
using PageHints =
    std::vector<std::vector<PageHint>>;  // [attachment][page]; empty where not looked at

// What one attachment holds as a document: read once, handed to every call of group().
enum class ContentKind {
  none,        // a picture, a scan, an archive, a type that is not known
  form,        // an electronic form
  commitment,  // an electronic commitment letter
  document,    // some other document
  unreadable,  // a document that could not be read
};
struct Content {
  ContentKind kind = ContentKind::none;
  std::optional<Form> form;           // of kind form
  std::optional<Unreadable> problem;  // of kind unreadable
};

// Reads each document among the attachments. A PDF is a form if its text layer reads as one, else a
// scan.
std::vector<Content> read_contents(const std::vector<Attachment>& attachments,
                                   const FormSpecs& specs);

struct Grouping {
  std::vector<Submission> submissions;
  std::vector<std::size_t> unused;  // attachments that belong to none (signature logos, bodies)
};

// The caller unpacks the attachments and reads their contents once, then calls twice: first without
// hints (what must be looked at, and which names to expect on it), then with what the pages showed.
// `contents` has one element per attachment; `hints` is empty or likewise. Pure. A message with
// nothing that could be part of a submission gives none; one with only remote links or an archive
// that could not be opened counts as an attempt.
Grouping group(const Message& message, const std::vector<Attachment>& attachments,
               const std::vector<Content>& contents, const PageHints& hints = {});

}  // namespace dengji
