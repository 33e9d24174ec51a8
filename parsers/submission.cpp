#include "parsers/submission.hpp"

#include <algorithm>
#include <array>

#include "parsers/file_name.hpp"
#include "parsers/grouping.hpp"
#include "parsers/mail_words.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t logo_bytes = 30'000;  // a nameless picture below this is a mail's decoration

bool contains(const std::string& text, const std::string& part) {
  return !part.empty() && text.find(part) != std::string::npos;
}

// Signature logos and Word's lock files: no part of anything.
bool decoration(const Attachment& attachment, const File& file) {
  if (attachment.inline_image || attachment.type == FileType::lock_file) return true;
  const bool numbered = fold_name(attachment.name).starts_with("image0");
  return is_picture(attachment.type) && attachment.bytes.size() < logo_bytes &&
         (numbered || attachment.name.empty()) && file.hints.empty();
}

std::vector<File> describe(const std::vector<Attachment>& attachments,
                           const std::vector<Content>& contents, const PageHints& hints) {
  std::vector<File> files;
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    File file;
    file.index = i;
    file.attachment = &attachments[i];
    file.content = &contents[i];
    if (i < hints.size()) file.hints = hints[i];
    file.clues = read_file_name(attachments[i].name);
    file.key = fold_name(stem(attachments[i].name));
    file.core = fold_name(file.clues.core);
    if (file.clues.core.empty()) file.core.clear();
    file.used = decoration(attachments[i], file);
    files.push_back(std::move(file));
  }
  return files;
}

Draft draft_of(File& file, FormState state) {
  Draft draft;
  draft.submission.form_state = state;
  draft.submission.form_attachment = file.index;
  draft.submission.form = file.content->form;
  draft.submission.form_problem = file.content->problem;
  std::string platform = file.content->form ? file.content->form->platform() : "";
  if (platform.empty()) platform = file.clues.core;
  draft.name(platform);
  draft.submission.name_matches =
      draft.key.empty() || contains(file.key, draft.key) || file.content->kind != ContentKind::form;
  if (file.content->form) draft.registrant = fold_name(registrant_of(*file.content->form).name);
  draft.submission.parts.push_back({file.index, Role::form, {}, false, false});
  file.used = true;
  return draft;
}

// A PDF of a form that also came as a document is its printout or scan, not a second form.
bool same_form(const Draft& draft, const Form& form) {
  return draft.submission.form && draft.submission.form->kind == form.kind &&
         draft.key == fold_name(form.platform());
}

void add_readable_forms(std::vector<File>& files, std::vector<Draft>& drafts) {
  for (const bool pdf : {false, true}) {
    for (File& file : files) {
      if (file.used || file.content->kind != ContentKind::form) continue;
      if ((file.attachment->type == FileType::pdf) != pdf) continue;
      const auto twin = std::find_if(drafts.begin(), drafts.end(), [&](const Draft& draft) {
        return same_form(draft, *file.content->form);
      });
      if (twin == drafts.end()) {
        drafts.push_back(draft_of(file, FormState::read));
      } else if (!pdf) {
        twin->submission.parts.push_back({file.index, Role::form, {}, false, false});
        file.used = true;
      }
    }
  }
  std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) {
    return a.submission.form_attachment < b.submission.form_attachment;
  });
}

bool is_known(const std::vector<Draft>& drafts, const std::string& core) {
  return std::any_of(drafts.begin(), drafts.end(), [&](const Draft& draft) {
    return contains(core, draft.key) || contains(draft.key, core) ||
           contains(core, draft.registrant) || contains(draft.registrant, core);
  });
}

// How many other files are named after the same thing, "双清在线1" and "双清在线2" included.
std::size_t companions(const std::vector<File>& files, const File& file) {
  return static_cast<std::size_t>(std::count_if(files.begin(), files.end(), [&](const File& other) {
    return other.index != file.index && !other.core.empty() &&
           (contains(other.core, file.core) || contains(file.core, other.core));
  }));
}

bool like_platform(const File& file) {
  return !file.core.empty() && !like_organisation(file.clues.core);
}

bool is_document_file(const File& file) {
  return file.content->kind == ContentKind::document ||
         file.content->kind == ContentKind::unreadable;
}

// Documents that are no readable form but stand where one should: named after a platform that other
// files or the mail name too or, where the message has no form at all, the likeliest one.
void add_other_documents(std::vector<File>& files, const std::string& mail,
                         std::vector<Draft>& drafts) {
  const auto state = [](const File& file) {
    return file.content->kind == ContentKind::document ? FormState::unknown : FormState::unreadable;
  };
  for (File& file : files) {
    if (file.used || !is_document_file(file) || !like_platform(file)) continue;
    if (file.clues.role && *file.clues.role != Role::form) continue;
    if (is_known(drafts, file.core)) continue;
    if (companions(files, file) > 0 || contains(mail, file.core)) {
      drafts.push_back(draft_of(file, state(file)));
    }
  }
  if (!drafts.empty()) return;
  const auto likelihood = [](const File& file) {
    if (file.used || !is_document_file(file)) return 0;
    if (file.clues.role && *file.clues.role != Role::form) return 0;
    return 1 + (like_platform(file) ? 1 : 0) + (file.clues.role == Role::form ? 2 : 0) +
           (file.content->kind == ContentKind::unreadable ? 1 : 0);
  };
  const auto best = std::max_element(files.begin(), files.end(), [&](const File& a, const File& b) {
    return likelihood(a) < likelihood(b);
  });
  if (best != files.end() && likelihood(*best) > 0) {
    drafts.push_back(draft_of(*best, state(*best)));
  }
}

// Platforms that only scans are named after: two files at least, one of them a picture of a form.
void add_formless(std::vector<File>& files, std::vector<Draft>& drafts) {
  for (const File& file : files) {
    if (file.used || is_document_file(file) || !like_platform(file)) continue;
    if (file.clues.role && *file.clues.role != Role::scan) continue;
    if (is_known(drafts, file.core) || companions(files, file) == 0) continue;
    Draft draft;
    std::string name = file.clues.core;
    for (const File& other : files) {  // "双清在线" rather than "双清在线1"
      if (!other.core.empty() && other.core.size() < fold_name(name).size() &&
          contains(file.core, other.core) && like_platform(other)) {
        name = other.clues.core;
      }
    }
    draft.name(name);
    drafts.push_back(std::move(draft));
  }
}

bool counts(const File& file) { return !file.used; }

// Something came, but nothing says of which platform but the mail, or a single picture's name.
void add_attempt(const Message& message, std::vector<File>& files, std::vector<Draft>& drafts) {
  if (!drafts.empty()) return;
  const bool attempt = std::any_of(files.begin(), files.end(), counts) || !message.remote.empty();
  if (!attempt) return;
  Draft draft;
  for (const File& file : files) {
    if (!file.used && like_platform(file) && companions(files, file) > 0 && draft.key.empty()) {
      draft.name(file.clues.core);
    }
  }
  if (draft.key.empty()) draft.name(platform_in_mail(message.subject, message.text));
  for (const File& file : files) {
    const bool scan_named = !file.clues.role || *file.clues.role == Role::scan;
    if (draft.key.empty() && !file.used && like_platform(file) && scan_named) {
      draft.name(file.clues.core);
    }
  }
  for (const std::string& link : message.remote) {
    const NameClues clues = read_file_name(link);
    if (draft.key.empty() && !clues.camera && link.find("://") == std::string::npos) {
      draft.name(clues.core);
    }
  }
  // An archive that cannot be opened holds the form, if anything does.
  for (const File& file : files) {
    const auto& problem = file.attachment->problem;
    if (problem && problem->why != Why::over_limit && !draft.submission.form_problem) {
      draft.submission.form_state = FormState::unreadable;
      draft.submission.form_problem = problem;
      draft.submission.form_attachment = file.index;
    }
  }
  drafts.push_back(std::move(draft));
}

// A submission whose form says no name takes the mail's.
void name_nameless(const Message& message, std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    if (draft.key.empty() && drafts.size() == 1) {
      draft.name(platform_in_mail(message.subject, message.text));
    }
  }
}

}  // namespace

std::string_view to_string(Role role) {
  constexpr std::array<std::string_view, 5> names{"form", "scan", "certificate", "commitment",
                                                  "other"};
  return names[static_cast<std::size_t>(role)];
}

Grouping group(const Message& message, const std::vector<Attachment>& attachments,
               const std::vector<Content>& contents, const PageHints& hints) {
  std::vector<File> files = describe(attachments, contents, hints);
  const std::string mail = fold_name(message.subject) + '\n' + fold_name(message.text);
  std::vector<Draft> drafts;
  add_readable_forms(files, drafts);
  add_other_documents(files, mail, drafts);
  add_formless(files, drafts);
  add_attempt(message, files, drafts);
  name_nameless(message, drafts);

  Grouping grouping;
  if (!drafts.empty()) assign(files, drafts);
  for (Draft& draft : drafts) grouping.submissions.push_back(std::move(draft.submission));
  std::vector<bool> used(attachments.size(), false);
  for (const Submission& submission : grouping.submissions) {
    for (const Part& part : submission.parts) used[part.attachment] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i) {
    if (!used[i]) grouping.unused.push_back(i);
  }
  return grouping;
}

}  // namespace dengji
