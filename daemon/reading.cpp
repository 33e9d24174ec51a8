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
          m.authentications,
          m.remote,
          m.problems};
}

// A type that no reader takes is told as such: nobody looked inside.
std::optional<Unreadable> problem_of(const Attachment& a, const Content& content) {
  const bool read = is_picture(a.type) || content.kind != ContentKind::none;
  if (a.problem || read || a.type == FileType::empty) return a.problem;
  return Unreadable{Why::unsupported, std::string(to_string(a.type))};
}

FileFacts facts_of(const Attachment& a, const Content& content) {
  return {a.name,         a.container,    std::string(to_string(a.type)), a.sha256,
          a.bytes.size(), a.inline_image, problem_of(a, content),         {}};
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

// The submission that a page fits best, in the words grouping uses: one platform's name may stand
// within another's.
PageHint hint_of(const PageFacts& page, const std::vector<Submission>& submissions) {
  PageHint hint{role_of(page), page.kind_confidence, "", "", page.form};
  double best_platform = -1, best_registrant = -1;
  for (std::size_t i = 0; i < std::min(submissions.size(), page.agreement.size()); ++i) {
    const auto& seen = page.agreement[i];
    if (seen.platform == true && seen.score > best_platform) {
      best_platform = seen.score;
      hint.platform = submissions[i].platform;
    }
    if (seen.registrant == true && seen.score > best_registrant && submissions[i].form) {
      best_registrant = seen.score;
      hint.registrant = registrant_of(*submissions[i].form).name;
    }
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

// Every picture that may belong to a submission, but for a form that is read as a document.
bool worth_a_look(const Attachment& attachment, std::size_t index, const Grouping& grouping) {
  if (attachment.problem || !is_picture(attachment.type)) return false;
  const auto& unused = grouping.unused;
  if (std::find(unused.begin(), unused.end(), index) != unused.end()) return false;
  return std::none_of(grouping.submissions.begin(), grouping.submissions.end(),
                      [&](const Submission& s) { return s.form && s.form_attachment == index; });
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
  const auto contents = read_contents(attachments, specs);
  for (std::size_t i = 0; i < attachments.size(); ++i)
    reading.files.push_back(facts_of(attachments[i], contents[i]));

  const auto first = group(*message, attachments, contents);
  std::vector<Expectation> expected;
  for (const auto& submission : first.submissions) expected.push_back(expectation_of(submission));
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    if (first.submissions.empty() || !worth_a_look(attachments[i], i, first)) continue;
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
