// Content-Transfer-Encoding undone (RFC 2045 6), as tolerantly as mail programs do it. Total: any
// bytes in, bytes out, never longer than what came in.
#pragma once
#include <string>
#include <string_view>

namespace dengji {

// Characters outside the alphabet are skipped; padding may be missing, or stand inside where
// encoded pieces were put end to end.
std::string decode_base64(std::string_view text);

// Line ends stay as they are: CRLF remains CRLF.
std::string decode_quoted_printable(std::string_view text);

// %XX (RFC 3986 2.1); a percent sign without two hexadecimal digits stays.
std::string decode_percent(std::string_view text);

// By the field's value, blanks and case apart: base64, quoted-printable or uuencode; any other
// encoding changes nothing.
std::string decode_transfer(std::string_view body, std::string_view encoding);

}  // namespace dengji
