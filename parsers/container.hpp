// Archives opened into their members, within limits, nothing ever written to disk: zip (names in
// UTF-8 or GB18030), rar 4 and 5, 7z, tar and gzip through libarchive; winmail.dat (TNEF) by hand.
#pragma once
#include <vector>

#include "parsers/attachment.hpp"

namespace dengji {

// The attachments with each container replaced by its members (recursively, limits::container_*;
// what a mail program wraps around files, winmail.dat and messages, is counted apart from
// archives). One that cannot be opened stays, with `problem` set: encrypted, damaged, unsupported
// (a solid RAR 4, a rare compression) or over_limit (a bomb). A message attached as a file
// (message/rfc822) is opened likewise.
std::vector<Attachment> unpack(std::vector<Attachment> attachments);

}  // namespace dengji
