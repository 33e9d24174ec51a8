#include "daemon/reading.hpp"

#include <algorithm>

#include "parsers/container.hpp"
#include "parsers/document.hpp"

namespace dengji {
namespace {

std::vector<std::string> recipients_of(const Message& message) {
  std::vector<std::string> all = message.delivered_to;
  for (const auto* list : {&message.to, &message.cc})
    for (const auto& address : *list) all.push_back(address.address);
  return all;
}

MessageFacts facts_of(const Message& m) {
  const auto address = [](const std::optional<Address>& a) {
    return a ? a->address : std::string();
  };
  return {m.message_id,
          m.in_reply_to,
          m.references,
          m.subject,
          m.date,
          m.received,
          address(m.from),
          m.from ? m.from->name : "",
          address(m.reply_to),
          m.return_path,
          recipients_of(m),
          m.machine,
          m.bounce_of,
          m.remote,
          m.problems};
}

FileFacts facts_of(const Attachment& a) {
  return {a.name,
          a.container,
          std::string(to_string(a.type)),
          a.sha256,
          a.bytes.size(),
          a.inline_image,
          a.problem,
          {}};
}

Expectation expectation_of(const Submission& submission) {
  Expectation expected;
  expected.platform = submission.platform;
  if (!submission.form) return expected;
  const auto& form = *submission.form;
  expected.form = form.kind;
  expected.registrant = registrant_of(form);
  expected.legal_name = form.value("legal_name");
  expected.legal_id = canonical_id(form.value("legal_id"));
  expected.manager_name = form.value("manager_name");
  expected.manager_id = canonical_id(form.value("manager_id"));
  return expected;
}

Role role_of(const PageFacts& page) {
  switch (page.kind) {
    case PageKind::form:
      return Role::scan;
    case PageKind::certificate:
      return Role::certificate;
    case PageKind::commitment:
      return Role::commitment;
    case PageKind::other:
      break;
  }
  return Role::other;
}

// The submission that a page fits, in the words grouping uses.
PageHint hint_of(const PageFacts& page, const std::vector<Submission>& submissions) {
  PageHint hint{role_of(page), page.kind_confidence, "", "", page.form};
  for (std::size_t i = 0; i < std::min(submissions.size(), page.agreement.size()); ++i) {
    const auto& seen = page.agreement[i];
    if (seen.platform == true) hint.platform = submissions[i].platform;
    if (seen.registrant == true && submissions[i].form)
      hint.registrant = registrant_of(*submissions[i].form).name;
  }
  return hint;
}

PageHints hints_of(const std::vector<FileFacts>& files,
                   const std::vector<Submission>& submissions) {
  PageHints hints;
  for (const auto& file : files) {
    auto& pages = hints.emplace_back();
    for (const auto& page : file.pages) pages.push_back(hint_of(page, submissions));
  }
  return hints;
}

bool same_submission(const Submission& a, const Submission& b) {
  return a.form_attachment || b.form_attachment ? a.form_attachment == b.form_attachment
                                                : a.platform == b.platform;
}

// Each page's agreement in the order of the submissions as grouped at last.
void reorder(std::vector<FileFacts>& files, const std::vector<Submission>& looked_for,
             const std::vector<Submission>& final) {
  for (auto& file : files) {
    for (auto& page : file.pages) {
      std::vector<Agreement> ordered(final.size());
      for (std::size_t i = 0; i < final.size(); ++i)
        for (std::size_t k = 0; k < std::min(looked_for.size(), page.agreement.size()); ++k)
          if (same_submission(final[i], looked_for[k])) ordered[i] = page.agreement[k];
      page.agreement = std::move(ordered);
    }
  }
}

bool worth_a_look(const Attachment& attachment, const Content& content) {
  if (attachment.inline_image || attachment.problem || !is_picture(attachment.type)) return false;
  return content.kind == ContentKind::none;
}

}  // namespace

Reading read_mail(std::string_view raw, const FormSpecs& specs, Eye& eye) {
  Reading reading;
  const auto message = parse_message(raw);
  if (!message) {
    reading.problem = message.reason();
    return reading;
  }
  reading.message = facts_of(*message);
  if (!message->machine.empty()) return reading;  // not answered whatever it holds

  const auto attachments = unpack(message->attachments);
  for (const auto& attachment : attachments) reading.files.push_back(facts_of(attachment));

  const auto contents = read_contents(attachments, specs);
  const auto first = group(*message, attachments, contents);
  std::vector<Expectation> expected;
  for (const auto& submission : first.submissions) expected.push_back(expectation_of(submission));
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (first.submissions.empty() || !worth_a_look(attachments[i], contents[i])) continue;
    auto seen = eye.look(attachments[i], expected);
    reading.files[i].pages = std::move(seen.pages);
    if (seen.problem) reading.files[i].problem = seen.problem;
  }
  auto last = group(*message, attachments, contents, hints_of(reading.files, first.submissions));
  reorder(reading.files, first.submissions, last.submissions);
  reading.submissions = std::move(last.submissions);
  reading.unused = std::move(last.unused);
  return reading;
}

}  // namespace dengji
