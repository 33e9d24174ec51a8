// `dengji check`: everything that the daemon does with one message but writing the register and
// sending the reply.
#include <fcntl.h>
#include <unistd.h>

#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>

#include "daemon/calendar.hpp"
#include "daemon/check_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int unreadable_message = 3;

// At most one byte more than a message may have, so that the parser sees that it is over the limit.
std::optional<std::string> slurp(const std::string& file) {
  std::ifstream opened;
  if (file != "-") opened.open(file, std::ios::binary);
  std::istream& in = file == "-" ? std::cin : opened;
  if (!in) return std::nullopt;
  std::string bytes(limits::message_bytes + 1, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (in.bad()) return std::nullopt;
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  return bytes;
}

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
  ReaderProcess reader(mail_reader(config), reader_limits(config));
  const auto reading = read_confined(reader, *raw);
  const auto nobody = [](const Submission&) { return std::vector<Known>(); };
  if (reading && reading->problem && reading->problem->why != Why::over_limit) {
    std::cerr << "dengji: not a message: " << reading->problem->detail << "\n";
    return unreadable_message;
  }
  const auto message = reading ? reading->message : MessageFacts{};
  const auto& office = chosen_office(arguments, message, config);
  const auto verdict = reading ? examine(*reading, office, config, received_at(message), nobody)
                               : hold_unread(message, office, config, reading.reason().detail);
  std::cout << check_json(verdict, write_reply(verdict, {}, config));
  return std::cout.flush() ? 0 : 1;
}

}  // namespace dengji
