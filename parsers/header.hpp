// One header field's value, read: encoded words (decode_header is message.hpp's), parameters
// (RFC 2045 5.1, 2183, 2231), address lists (RFC 5322 3.4) and dates (RFC 5322 3.3). Values are
// unfolded and raw (any charset). Total, linear; all text out is UTF-8.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/message.hpp"

namespace dengji {

// "type/subtype; name=value ...": also where blanks stand for semicolons or quotes are unbalanced.
struct Parametered {
  std::string value;                          // lower case: "text/plain", "attachment"; may be ""
  std::map<std::string, std::string> params;  // names lower case, values decoded to UTF-8
  std::string param(const std::string& name) const;  // "" where absent
};
Parametered read_parametered(std::string_view raw);

// The end of the RFC 2047 encoded word that stands at `at`; `at` itself where none does.
std::size_t encoded_word_end(std::string_view raw, std::size_t at);

// Groups are flattened, comments serve as names where there is no other. At most `limit`.
std::vector<Address> read_addresses(std::string_view raw, std::size_t limit);

// "Sat, 25 Aug 2018 14:57:01 +0800" as RFC 3339; "" where unreadable. CST without an offset is
// taken for China's time, since the mail comes from there.
std::string read_mail_date(std::string_view raw);

std::string lower_ascii(std::string_view text);
std::string_view strip_blanks(std::string_view text);  // ASCII ones, off both ends

// A lead byte of GBK takes its trail byte along, which may be a backslash: for text that is not
// UTF-8.
bool is_gbk_pair(std::string_view text, std::size_t at);

}  // namespace dengji
