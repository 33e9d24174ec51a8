// One file as it came with a message: bytes, digest, the type its content shows (never what its
// extension says) and a name that is safe to show.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "parsers/result.hpp"

namespace dengji {

enum class FileType {
  unknown,
  empty,
  lock_file,  // Word's "~$..." of 162 bytes
  // Documents; Kingsoft's .wps is doc or docx.
  doc,
  docx,
  rtf,
  odt,
  html,
  mht,
  wordml,
  text,
  xls,
  xlsx,
  ole,    // another OLE2 file
  works,  // Microsoft's .wps
  pdf,
  // Pictures.
  jpeg,
  png,
  tiff,
  bmp,
  gif,
  webp,
  heic,
  // Containers.
  zip,
  rar,
  sevenzip,
  gzip,
  tar,
  message,  // message/rfc822
  tnef,     // winmail.dat
};

std::string_view to_string(FileType);
bool is_document(FileType);  // something that could hold an electronic form, pdf included
bool is_picture(FileType);   // something that has pages of pixels, pdf included
bool is_container(FileType);

struct Attachment {
  std::string name;           // UTF-8, the last component only, no controls; "" where it had none
  std::string container;      // name of the outermost archive it lies in, else ""
  std::string folder;         // the folders above it inside the archive, "a/b", else ""
  std::string declared_type;  // "image/jpeg", lower case, as the message said; may be ""
  std::string content_id;     // without <>; set for pictures that the HTML body shows
  bool inline_image =
      false;  // a picture shown in the HTML body (logo, signature) by its content id
  FileType type = FileType::unknown;
  std::string bytes;
  std::string sha256;
  std::optional<Unreadable> problem;  // an archive that is encrypted, damaged or over a limit
};

// Sniffs by magic numbers and structure; looks at most at the first 64 KiB and the directory of a
// zip or OLE2 file. An OOXML file under a password is docx (an OLE2 file with an EncryptedPackage).
FileType sniff(std::string_view bytes);

// Path components off, controls, bidi overrides and NUL out, at most 255 bytes, NFC.
std::string clean_name(std::string_view utf8_name);

// The name without its extension(s): "a.b.doc" -> "a.b"; only known extensions count.
std::string stem(std::string_view name);

Attachment make_attachment(std::string name, std::string bytes);

}  // namespace dengji
