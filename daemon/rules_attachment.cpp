// Rules about files that are not read: types, download links, and what is over a limit.
#include <algorithm>

#include "daemon/limit_words.hpp"
#include "daemon/rules.hpp"

namespace dengji {
namespace {

bool is_read(const FileFacts& file) {
  return !file.problem || file.problem->why == Why::over_limit;
}

bool refused_type(const FileFacts& file) {
  return file.problem &&
         (file.problem->why == Why::unsupported || file.problem->why == Why::encrypted);
}

// Whether a file that is read stands in this role.
bool served(const Case& c, Role role) {
  if (role == Role::form) return c.submission.form_state == FormState::read;
  const auto files = files_of(c, role);
  return std::any_of(files.begin(), files.end(), [](const auto* file) { return is_read(*file); });
}

bool complete(const Case& c) {
  const bool website = !c.submission.form || c.is(FormKind::website);
  return served(c, Role::form) && served(c, Role::scan) && served(c, Role::certificate) &&
         (!website || served(c, Role::commitment));
}

void unsupported(const Case& c, const FileFacts& file, Role role, Findings& findings) {
  const bool locked = file.problem->why == Why::encrypted;
  const auto detail =
      locked ? "压缩包设有密码，无法打开，请取消密码或直接发送文件"
             : "这种文件格式无法读取，扫描件请用jpg、png、tif或pdf，登记表请用.doc或.docx";
  const bool needed = role == Role::other ? locked && !complete(c) : !served(c, role);
  if (needed)
    findings.add("attachment.unsupported", in(file), detail);
  else
    findings.note("attachment.unsupported", in(file), detail);
}

}  // namespace

bool excused(const Case& c, Role role) {
  if (!c.reading.message.remote.empty()) return true;
  return std::any_of(c.submission.parts.begin(), c.submission.parts.end(), [&](const Part& part) {
    const auto& file = c.reading.files[part.attachment];
    const bool locked =
        file.problem && file.problem->why == Why::encrypted;  // anything may be inside
    return refused_type(file) && (part.role == role || (part.role == Role::other && locked));
  });
}

void attachments_are_read(const Case& c, Findings& findings) {
  for (const auto& part : c.submission.parts) {
    const auto& file = c.reading.files[part.attachment];
    // What stands for the form has the form's own codes.
    if (!file.problem || part.role == Role::form || part.attachment == c.submission.form_attachment)
      continue;
    if (file.problem->why == Why::over_limit)
      findings.add("attachment.hostile", in(file), limit_words(*file.problem) + "，没有打开");
    else if (refused_type(file))
      unsupported(c, file, part.role, findings);
  }
  for (const auto& problem : c.reading.message.problems) {
    if (problem.why == Why::over_limit)
      findings.add("attachment.hostile", {}, limit_words(problem));
  }
  for (const auto& link : c.reading.message.remote) {
    const auto detail =
        "“" + link + "”是超大附件的下载链接，系统不会下载，请把文件本身作为附件发送";
    if (complete(c))
      findings.note("attachment.remote", {}, detail);
    else
      findings.add("attachment.remote", {}, detail);
  }
}

}  // namespace dengji
