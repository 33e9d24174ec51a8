// The few texts of IMAP (RFC 3501) that need care: dates on the way in, names on the way out.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dengji {

// "17-Jul-1996 02:44:25 -0700" (the day may be blank-padded) to seconds since the epoch.
std::optional<std::int64_t> read_internal_date(std::string_view);

// A mailbox's name as IMAP writes it: modified UTF-7 (section 5.1.3).
std::string modified_utf7(std::string_view utf8);

// "..." with \ and " escaped. Controls, which a quoted string cannot hold, are left out.
std::string imap_quoted(std::string_view);

std::string ascii_upper(std::string_view);

}  // namespace dengji
