// The pipeline: one message from the register through reading, judgement and settlement. Readers
// may run at once; judging and settling are one at a time, so that two mails about one platform see
// each other.
#pragma once
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "daemon/examine.hpp"
#include "daemon/moment.hpp"
#include "daemon/reader.hpp"
#include "store/blobs.hpp"
#include "store/outbox.hpp"
#include "store/register.hpp"

namespace dengji {

std::shared_ptr<Eye> make_eye(const Config&);  // loads the models
// What the child runs, with models loaded once: for ReaderProcess.
ReaderProcess::Prepare mail_reader(const Config&);
ReaderLimits reader_limits(const Config&);
// What such a child read; Why::damaged where its answer is nonsense.
Result<Reading> read_confined(ReaderProcess&, std::string_view raw);

// Which office a message is for when its mailbox does not say: by its addresses, else the city's.
const OfficeConfig& office_for(const MessageFacts&, const Config&);

struct IntakeParts {
  const Config& config;
  Register& records;
  Outbox& outbox;
  Blobs& blobs;
  ReaderProcess& reader;
  std::string secret;  // keys the Message-IDs of our letters
};

class Intake {
 public:
  explicit Intake(IntakeParts parts) : parts_(parts) {}
  // Works one message through; false when none waits. Thread-safe.
  bool step(Moment now);

 private:
  void settle(const Claim&, const Reading&, const Verdict&, std::int64_t now);
  bool may_answer(const Claim&, const Verdict&, std::int64_t now);

  IntakeParts parts_;
  std::mutex judging_;
};

}  // namespace dengji
