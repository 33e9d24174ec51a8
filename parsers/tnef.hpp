// The attachments in a winmail.dat ([MS-OXTNEF]), which Outlook and Exchange send in place of MIME
// parts. Names come from PR_ATTACH_LONG_FILENAME where there is one, in UTF-16 or GBK; a message
// attached inside comes out as TNEF bytes again. Linear; at most limits::container_members come
// out.
#pragma once
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/result.hpp"

namespace dengji {

// Why::damaged when the bytes end within the stream or have not its signature.
Result<std::vector<Attachment>> read_tnef(std::string_view bytes);

}  // namespace dengji
