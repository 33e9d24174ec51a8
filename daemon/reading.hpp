// Everything that the confined child read from one message, as plain values: what crosses the pipe.
// The parent treats it as hostile: capped, parsed strictly, indices checked.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocr/evidence.hpp"
#include "parsers/limits.hpp"
#include "parsers/message.hpp"
#include "parsers/submission.hpp"

namespace dengji {

struct MessageFacts {  // a Message without its bodies and bytes
  std::string message_id, in_reply_to, references, subject, date, received;
  std::string from, from_name, reply_to, return_path;
  std::vector<std::string> recipients;  // To, Cc, Delivered-To and their like, addresses only
  std::string machine, bounce_of;
  std::vector<Authentication> authentications;
  std::vector<std::string> remote;
  std::vector<Unreadable> problems;
};

struct FileFacts {
  std::string name, container, type, sha256;
  std::size_t bytes = 0;
  bool inline_image = false;
  std::optional<Unreadable> problem;
  std::vector<PageFacts> pages;  // empty where it was not looked at
};

struct Reading {
  std::optional<Unreadable> problem;  // of the message as a whole; then nothing else is set
  MessageFacts message;
  std::vector<FileFacts> files;  // the unpacked attachments
  std::vector<Submission> submissions;
  std::vector<std::size_t> unused;
};

// What the child runs: message, attachments, documents, grouping, pages. `eye` looks at the pages.
Reading read_mail(std::string_view raw, const FormSpecs& specs, Eye& eye);

std::string to_wire(const Reading&);
Result<Reading> from_wire(std::string_view);

}  // namespace dengji
