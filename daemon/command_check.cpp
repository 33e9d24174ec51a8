// `dengji check`: everything that the daemon does with one message but writing the register and
// sending the reply.
#include <ctime>
#include <iostream>

#include "daemon/calendar.hpp"
#include "daemon/check_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/mailbox.hpp"
#include "daemon/slurp.hpp"
#include "parsers/message.hpp"

namespace dengji {
namespace {

constexpr int unreadable_message = 3;

// When it came in: by the topmost Received, else its own Date, else now.
std::int64_t received_at(const MessageFacts& message) {
  for (const auto& date : {message.received, message.date})
    if (const auto seconds = seconds_of(date)) return *seconds;
  return std::time(nullptr);
}

const OfficeConfig& chosen_office(const Arguments& arguments, const MessageFacts& message,
                                  const Config& config) {
  if (!arguments.has("office")) return office_for(message, config);
  const auto* office = config.office(arguments.value("office"));
  if (office == nullptr)
    throw UsageError("no office '" + arguments.value("office") + "' in " + config.file.string());
  return *office;
}

}  // namespace

int check_command(const Arguments& arguments) {
  if (arguments.words().size() != 1) throw UsageError("check takes one message");
  const auto config = load_config(find_config(arguments.value("config")));
  chosen_office(arguments, {}, config);  // a wrong --office is told before the message is read
  const auto raw = slurp(arguments.words().front());
  if (!raw) {
    std::cerr << "dengji: cannot read " << arguments.words().front() << "\n";
    return unreadable_message;
  }
  const auto bytes = static_cast<std::int64_t>(raw->size());
  ReaderProcess reader(mail_reader(config), reader_limits(config));
  const auto reading = read_confined(reader, is_too_large(bytes) ? header_block(*raw) : *raw);
  const auto nobody = [](const Submission&) { return std::vector<Known>(); };
  if (reading && reading->problem && reading->problem->why != Why::over_limit) {
    std::cerr << "dengji: not a message: " << reading->problem->detail << "\n";
    return unreadable_message;
  }
  const auto message = reading ? reading->message : MessageFacts{};
  const auto& office = chosen_office(arguments, message, config);
  auto verdict = reading ? examine(*reading, office, config, received_at(message), nobody)
                         : hold_unread(message, office, config, reading.reason());
  if (is_too_large(bytes)) verdict = refuse_large(std::move(verdict), bytes);
  std::cout << check_json(verdict, write_reply(verdict, {}, config));
  return std::cout.flush() ? 0 : 1;
}

}  // namespace dengji
