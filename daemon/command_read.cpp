// `dengji read`: what a document, an archive or a message holds.
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "daemon/intake.hpp"
#include "daemon/read_json.hpp"
#include "daemon/slurp.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr int deepest_json = 64;  // tables nest 8 deep, at 4 levels of JSON each

// A child is asked about a file's name, NUL, bytes.
ReaderProcess::Prepare file_reader(const Config& config) {
  return [specs = config.forms]() -> ReaderProcess::Job {
    fold_name("登记");  // its table is made here once, not in each child
    return [specs](std::string_view asked) {
      const auto end = asked.find('\0');
      return read_json(std::string(asked.substr(0, end)), asked.substr(end + 1), specs);
    };
  };
}

// What the child said, which read hostile bytes: an object, not too deep, or it counts as nothing.
Json parsed(const std::string& answer) {
  bool too_deep = false;
  const auto watch = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > deepest_json;
    return !too_deep;
  };
  auto json = Json::parse(answer, watch, false);
  return json.is_object() && !too_deep ? json
                                       : Json{{"error", "the reading child's answer is nonsense"}};
}

Json contents_of(const std::string& file, ReaderProcess& reader) {
  const auto bytes = slurp(file);
  if (!bytes) return {{"error", "cannot be opened"}};
  if (bytes->size() > limits::message_bytes) return {{"error", "larger than a message may be"}};
  const auto answer = reader.read(file + '\0' + *bytes);
  return answer ? parsed(*answer) : Json{{"error", answer.reason().detail}};
}

Json line_of(const std::string& file, ReaderProcess& reader) {
  Json line{{"file", file}};
  line.update(contents_of(file, reader));
  return line;
}

}  // namespace

int read_command(const Arguments& arguments) {
  if (arguments.words().empty()) throw UsageError("read takes at least one file");
  const auto config = load_config(find_config(arguments.value("config")));
  ReaderProcess reader(file_reader(config), reader_limits(config));
  for (const auto& file : arguments.words())
    std::cout << dumped(line_of(file, reader), -1) << std::endl;  // a line as soon as it is known
  return std::cout ? 0 : 1;
}

}  // namespace dengji
