// Facts to judgement: what the reader saw, what the register knows and what the configuration asks
// for become findings and a decision. Pure: the same facts give the same verdict.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/config.hpp"
#include "daemon/pressed_seal.hpp"
#include "daemon/reading.hpp"
#include "store/decision.hpp"
#include "store/register.hpp"

namespace dengji {

struct JudgedSubmission {
  Submission submission;  // of parsers: platform, form, parts
  std::optional<Registrant> registrant;
  std::vector<Finding> findings;
  Decision decision = Decision::review;
  RecordChange change = RecordChange::none;
  std::optional<Known> known;  // the record it changes or repeats
  std::vector<PressedSeal> pressed;
};

struct Verdict {
  Disposition disposition = Disposition::submission;
  std::string reason;  // of ignored
  const OfficeConfig* office = nullptr;
  MessageFacts message;
  std::vector<FileFacts> files;  // by attachment index
  std::vector<JudgedSubmission> submissions;
  std::int64_t too_large = 0;  // bytes of a mail of which only the header was read; else 0
};

// The register's answer about a submission; in `dengji check` always empty.
using History = std::function<std::vector<Known>(const Submission&)>;

// `received`: seconds since the epoch, the server's INTERNALDATE.
Verdict examine(const Reading&, const OfficeConfig&, const Config&, std::int64_t received,
                const History&, const SealHistory& = {});

// What `examine` said of the header of a mail of so many bytes, over limits::message_bytes: a row
// for staff, and a letter for whom it would have answered.
Verdict refuse_large(Verdict of_header, std::int64_t bytes);
std::string megabytes(std::int64_t bytes);  // "51", rounded up: as letters say it

std::string unread_words(const Unreadable& problem);

// A message that could not be read within its attempts: held for staff, never answered by itself.
Verdict hold_unread(const MessageFacts&, const OfficeConfig&, const Config&,
                    const Unreadable& problem);

}  // namespace dengji
