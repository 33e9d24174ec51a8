#include "parsers/submission.hpp"

#include <algorithm>
#include <array>

#include "parsers/file_name.hpp"
#include "parsers/grouping.hpp"
#include "parsers/mail_words.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t logo_bytes = 30'000;  // no page of paper can be read in so few

// What a mail program adds: signature logos, bodies as files, Word's lock files. A larger picture
// shown in the body may be a scan pasted there, until a look at it says otherwise.
bool decoration(const Attachment& attachment, const File& file, bool looked) {
  if (attachment.type == FileType::lock_file) return true;
  const bool text = attachment.type == FileType::text || attachment.type == FileType::html;
  const std::string name = fold_name(attachment.name);
  if (text && (name.empty() || name.starts_with("att0"))) return true;
  if (!is_picture(attachment.type)) return false;
  const bool small = attachment.bytes.size() < logo_bytes;
  if (attachment.inline_image) {
    const bool shows = std::any_of(file.hints.begin(), file.hints.end(), [](const PageHint& hint) {
      return hint.role != Role::other && hint.confidence >= weak;
    });
    return small || (looked && !shows);
  }
  return small && (name.empty() || name.starts_with("image0"));
}

std::vector<File> describe(const std::vector<Attachment>& attachments,
                           const std::vector<Content>& contents, const PageHints& hints) {
  static const Content none;
  std::vector<File> files;
  for (std::size_t i = 0; i < attachments.size(); ++i) {
    File file;
    file.index = i;
    file.attachment = &attachments[i];
    file.content = i < contents.size() ? &contents[i] : &none;
    if (i < hints.size()) file.hints = hints[i];
    file.clues = read_file_name(attachments[i].name);
    file.key = fold_name(stem(attachments[i].name));
    file.core = fold_name(file.clues.core);
    if (file.clues.core.empty()) file.core.clear();
    file.used = decoration(attachments[i], file, !hints.empty());
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
  draft.submission.name_matches = draft.key.empty() || stands_in(draft.key, file.key) ||
                                  file.content->kind != ContentKind::form;
  if (file.content->form) draft.registrant = fold_name(registrant_of(*file.content->form).name);
  draft.container = file.attachment->container;
  draft.folder = file.attachment->folder;
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

// Something that a form says, though it be its manager's name.
bool filled_in(const Draft& draft, const std::string& core) {
  if (!draft.submission.form) return false;
  const auto& fields = draft.submission.form->fields;
  return std::any_of(fields.begin(), fields.end(),
                     [&](const auto& field) { return fold_name(field.second.value) == core; });
}

bool is_known(const std::vector<Draft>& drafts, const std::string& core) {
  return std::any_of(drafts.begin(), drafts.end(), [&](const Draft& draft) {
    if (filled_in(draft, core)) return true;
    return stands_in(draft.key, core) || stands_in(core, draft.key) ||
           stands_in(draft.registrant, core) || stands_in(core, draft.registrant);
  });
}

// Named after the same thing, "双清在线" and "双清在线1" included.
bool companion(const File& file, const File& other) {
  return stands_in(file.core, other.core) || stands_in(other.core, file.core);
}

std::size_t companions(const std::vector<File>& files, const File& file) {
  return static_cast<std::size_t>(std::count_if(files.begin(), files.end(), [&](const File& other) {
    return other.index != file.index && companion(file, other);
  }));
}

bool like_platform(const File& file) {
  return !file.core.empty() && !like_organisation(file.clues.core);
}

// Of the names that companions have, "双清在线" rather than "双清在线1".
std::string shortest_name(const std::vector<File>& files, const File& file) {
  const File* shortest = &file;
  for (const File& other : files) {
    const bool within = companion(file, other) && like_platform(other);
    if (within && other.core.size() < shortest->core.size()) shortest = &other;
  }
  return shortest->clues.core;
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
    if (companions(files, file) > 0 || stands_in(file.core, mail)) {
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
  if (best == files.end() || likelihood(*best) == 0) return;
  drafts.push_back(draft_of(*best, state(*best)));
  drafts.back().name("");  // its own name is the last resort
}

// Platforms that only pictures are named after: a scan of a form, and the mail or a file whose role
// is told by its name beside it. Two photographs of a building are no platform.
void add_formless(const std::vector<File>& files, const std::string& mail,
                  std::vector<Draft>& drafts) {
  for (const File& file : files) {
    if (file.used || is_document_file(file) || !like_platform(file)) continue;
    if (file.clues.role && *file.clues.role != Role::scan) continue;
    if (is_known(drafts, file.core)) continue;
    const bool told = std::any_of(files.begin(), files.end(), [&](const File& other) {
      return &other != &file && other.clues.role && companion(file, other);
    });
    if (!told && !(companions(files, file) > 0 && stands_in(file.core, mail))) continue;
    Draft draft;
    draft.name(shortest_name(files, file));
    drafts.push_back(std::move(draft));
  }
}

// What files or mail call the platform where no form says it.
std::string likely_platform(const Message& message, const std::vector<File>& files) {
  for (const File& file : files) {
    if (!file.used && like_platform(file) && companions(files, file) > 0) {
      return shortest_name(files, file);
    }
  }
  if (std::string name = platform_in_mail(message.subject, message.text); !name.empty())
    return name;
  for (const File& file : files) {
    const bool scan = !is_document_file(file) && file.clues.role.value_or(Role::scan) == Role::scan;
    if (!file.used && like_platform(file) && scan) return file.clues.core;
  }
  for (const std::string& link : message.remote) {
    if (link.find("://") == std::string::npos) return read_file_name(link).core;
  }
  return "";
}

// Something came, but no form, nor a document in its place.
void add_attempt(const Message& message, const std::vector<File>& files,
                 std::vector<Draft>& drafts) {
  const bool any = std::any_of(files.begin(), files.end(), [](const File& f) { return !f.used; });
  if (!drafts.empty() || (!any && message.remote.empty())) return;
  Draft draft;
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

void name_nameless(const Message& message, const std::vector<File>& files,
                   std::vector<Draft>& drafts) {
  if (drafts.size() != 1 || !drafts.front().key.empty()) return;
  Draft& draft = drafts.front();
  draft.name(likely_platform(message, files));
  if (draft.key.empty() && draft.submission.form_attachment) {
    draft.name(files[*draft.submission.form_attachment].clues.core);
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
  add_formless(files, mail, drafts);
  add_attempt(message, files, drafts);
  name_nameless(message, files, drafts);

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
