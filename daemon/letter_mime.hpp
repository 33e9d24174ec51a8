// The pieces of an outgoing message: ASCII header text and MIME parts, lines ended by CRLF and at
// most 78 characters long. Controls in what is encoded become blanks, so that no value can begin a
// header of its own.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

// "Name: text" folded; text that is not plain ASCII as RFC 2047 encoded words, split between
// characters.
std::string text_header(std::string_view name, std::string_view utf8);

// "Name: "display" <addr-spec>" with the display name as an RFC 2047 phrase.
std::string address_header(std::string_view name, std::string_view display,
                           std::string_view address);

// "Name: <id> <id>", one a line. What is no msg-id of RFC 5322 is left out; "" if none is left.
std::string id_header(std::string_view name, const std::vector<std::string>& ids);
// The msg-ids of an In-Reply-To or References field, in order.
std::vector<std::string> message_ids(std::string_view text);

// A text part: its headers, an empty line, UTF-8 in base64.
std::string text_part(std::string_view utf8);

// A file: its name by RFC 2231 in Content-Disposition, and by RFC 2047 in Content-Type for mail
// programs that know no better.
std::string file_part(std::string_view name, std::string_view type, std::string_view bytes);

}  // namespace dengji
