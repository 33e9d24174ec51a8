// The bounded scan that comes before mimetic: one pass over a message's raw bytes that counts
// header sizes, parts and depth, and writes the same message again in the one spelling that mimetic
// reads right. mimetic 0.9.8 loses headers behind a BOM, an mbox "From " line, a leading folded
// line, a line without a colon or CRCRLF, and parts behind boundaries with trailing blanks or with
// a common beginning; it is quadratic in header size and recursive in depth. So in the mended bytes
//   - every field stands on one line, without NUL;
//   - Content-Type says only what the structure is (multipart, message/rfc822 or a leaf), with
//     boundaries that no sender can foresee; the sender's own field is called `sent_type_field`;
//   - every multipart is closed and has a part; one in which no part can be found is a leaf;
//   - attached messages that were encoded stand decoded, the parts of a digest are messages;
//   - bodies are as they were, byte by byte.
#pragma once
#include <string>
#include <string_view>

#include "parsers/result.hpp"

namespace dengji {

inline constexpr std::string_view sent_type_field = "X-Sent-Content-Type";

// Why::over_limit as limits::message_* and mime_* say, Why::damaged where there is no header field.
Result<std::string> mend(std::string_view raw);

}  // namespace dengji
