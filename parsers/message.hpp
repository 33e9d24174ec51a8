// An Internet message (RFC 5322, MIME RFC 2045-2049, 2047, 2183, 2231) as values. Three steps: a
// bounded scan counts and mends the raw bytes (mend), mimetic reads structure and fields of the
// mended bytes (entity, the only place that sees it), and what mimetic lacks is done here: names
// and charsets (header), transfer encodings (transfer), files written into a text (uuencode), loop
// marks (machine), bodies and links (remote).
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/authentication.hpp"
#include "parsers/result.hpp"

namespace dengji {

struct Address {
  std::string name;     // decoded display name, may be ""
  std::string address;  // addr-spec as sent, "" where none could be read
};

struct Message {
  std::string message_id, in_reply_to, references;  // as sent, with <>, unfolded
  std::string return_path;        // addr-spec of the topmost Return-Path; "" for <> or none
  bool null_return_path = false;  // Return-Path: <>
  std::optional<Address> from, reply_to;
  std::vector<Address> to, cc;
  std::vector<std::string> delivered_to;  // Delivered-To, X-Original-To, X-Forwarded-To,
                                          // Envelope-To, "for <>" of the topmost Received
  std::string subject;                    // decoded
  std::string date;  // Date: as RFC 3339 with its own offset, "" where unreadable
  std::vector<Authentication> authentications;
  std::string received;  // the topmost Received's date, likewise: the nearest to INTERNALDATE
  std::string text;      // the plain body, else the HTML body as text; UTF-8
  std::string html;      // the HTML body, UTF-8; "" where none
  std::vector<Attachment> attachments;  // all but the bodies, in order; containers not yet opened,
                                        // attachments of forwarded messages included
  std::vector<std::string>
      remote;  // names (or links) of "super-large attachments" seen in the bodies
  // Why this message must never be answered: "bounce", "auto-submitted", "list", "precedence",
  // "suppressed", "autoreply", "system-address"; "" for a person's. RFC 3834, RFC 3464, RFC 2369.
  std::string machine;
  std::string bounce_of;             // RFC 3464: Message-ID of the message that did not arrive
  std::vector<Unreadable> problems;  // parts that were over a limit or damaged
};

// Takes Maildir files too: CRLF or LF, a BOM, an mbox "From " line. Over limits::message_* the
// result is Why::over_limit; bytes that have no header at all are Why::damaged.
Result<Message> parse_message(std::string_view raw);

// Every part that holds bytes, in order: bodies and reports too, those of attached messages
// included.
Result<std::vector<Attachment>> message_leaves(std::string_view raw);

// The header of a message with the empty line that ends it; all where there is none.
std::string_view header_block(std::string_view raw);

// A header's text: RFC 2047 encoded words (adjacent ones joined as bytes first), raw UTF-8 or
// GB18030.
std::string decode_header(std::string_view raw);

// A strict addr-spec (RFC 5322 without quoted strings and comments; no controls, at most 254 bytes)
// that is safe in SMTP commands and headers.
bool is_addr_spec(std::string_view);

}  // namespace dengji
