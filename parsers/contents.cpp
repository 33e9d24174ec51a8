#include <algorithm>
#include <array>

#include "parsers/submission.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// Called a document by its extension, whatever its bytes are.
bool named_document(const std::string& name) {
  static constexpr std::array<std::string_view, 17> extensions{
      ".doc", ".docx", ".docm", ".dot",  ".dotx", ".wps", ".wpt",   ".rtf", ".odt",
      ".ods", ".xls",  ".xlsx", ".xlsm", ".xlsb", ".et",  ".pages", ".ofd"};
  const std::string lower = trim(fold_width(name));
  return std::any_of(extensions.begin(), extensions.end(), [&](std::string_view extension) {
    if (lower.size() <= extension.size()) return false;
    return std::equal(extension.rbegin(), extension.rend(), lower.rbegin(), [](char e, char c) {
      return e == (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    });
  });
}

Content unreadable(Why why, std::string detail) {
  return {ContentKind::unreadable, std::nullopt, Unreadable{why, std::move(detail)}};
}

Content content_of(const Attachment& attachment, const FormSpecs& specs) {
  if (attachment.type == FileType::lock_file || is_container(attachment.type)) return {};
  const bool pdf = attachment.type == FileType::pdf;
  if (!is_document(attachment.type)) {
    if (!named_document(attachment.name) || is_picture(attachment.type)) return {};
    if (attachment.type == FileType::empty) return unreadable(Why::empty, "no bytes");
    // Another program's document: OLE2 or a zip that is no archive.
    const bool foreign = attachment.type == FileType::ole || attachment.bytes.starts_with("PK");
    return unreadable(foreign ? Why::unsupported : Why::damaged, "not the document its name says");
  }
  const Result<Document> document = read_document(attachment);
  if (!document) {
    if (pdf) return {};  // a scan; the eye tells what is wrong with it
    return {ContentKind::unreadable, std::nullopt, document.reason()};
  }
  if (auto form = read_form(*document, specs)) return {ContentKind::form, std::move(form), {}};
  if (is_commitment(*document, specs)) return {ContentKind::commitment, {}, {}};
  // A PDF's text may be what a scanner's own recognition left behind its pictures.
  return {pdf ? ContentKind::none : ContentKind::document, {}, {}};
}

}  // namespace

std::vector<Content> read_contents(const std::vector<Attachment>& attachments,
                                   const FormSpecs& specs) {
  std::vector<Content> contents;
  contents.reserve(attachments.size());
  for (const Attachment& attachment : attachments) {
    contents.push_back(content_of(attachment, specs));
  }
  return contents;
}

}  // namespace dengji
