// Whether a message came from a machine and must never be answered: RFC 3834 (Auto-Submitted),
// RFC 3464 and 6522 (bounces), RFC 2369 and 2919 (lists), and what servers in use write instead.
#pragma once
#include <string>

#include "parsers/entity.hpp"
#include "parsers/message.hpp"

namespace dengji {

// One of message.hpp's words, "" for a person's. `message` has its addresses, subject and
// attachments already.
std::string machine_word(const Entity& root, const Message& message);

// The Message-ID of the message that a bounce reports: of its report, of what it returns of the
// message, or what it answers to. "" where it does not tell.
std::string bounced_message_id(const Entity& root);

}  // namespace dengji
