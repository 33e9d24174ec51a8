// Decision to letter: Simplified Chinese from the templates of etc/letters, as a complete RFC 5322
// message that threads to the mail it answers. Numbers are masked. Pure: no clock, no network.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/examine.hpp"
#include "store/outbox.hpp"
#include "store/register.hpp"

namespace dengji {

struct ReplyText {
  std::string kind, to, subject, body;
};

// The letter's words; none for a message that must not be answered. `filed` is empty in a dry run:
// the number is then shown as （正式受理后编号）.
std::optional<ReplyText> write_reply(const Verdict&, const std::vector<Filed>& filed,
                                     const Config&);

// The letter of one kind of etc/letters, whatever the verdict would say: for what a person decided.
// `remark`: the person's own words, "" none.
std::optional<ReplyText> write_letter(const std::string& kind, const Verdict&,
                                      const std::vector<Filed>& filed, const std::string& remark,
                                      const Config&);

// That what was sent back at `asked` (RFC 3339) is still to be mended.
std::optional<ReplyText> write_reminder(const Verdict&, const std::string& asked, const Config&);

struct Envelope {
  std::string message_id;  // of the letter: an HMAC, see promises
  std::string date;        // RFC 5322 date-time
  bool attach_blanks = false;
};
// Base64 UTF-8 text, RFC 2047 subject and names, Auto-Submitted: auto-replied, In-Reply-To,
// References.
Letter make_letter(const ReplyText&, const Verdict&, const Envelope&, const Config&);

}  // namespace dengji
