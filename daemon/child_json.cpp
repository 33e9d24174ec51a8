#include "daemon/child_json.hpp"

#include <iostream>

#include "daemon/slurp.hpp"
#include "parsers/limits.hpp"

namespace dengji {
namespace {

constexpr int deepest_json = 64;  // tables nest 8 deep, at 4 levels of JSON each

// A child is asked about a file's name, NUL, bytes.
ReaderProcess::Prepare prepared(const FileReader& reader) {
  return [reader]() -> ReaderProcess::Job {
    return [read = reader()](std::string_view asked) {
      const auto end = asked.find('\0');
      return read(std::string(asked.substr(0, end)), asked.substr(end + 1));
    };
  };
}

// What the child said, which read hostile bytes: an object, not too deep, or it counts as nothing.
Json parsed(std::string_view answer) {
  bool too_deep = false;
  const auto watch = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > deepest_json;
    return !too_deep;
  };
  auto json = Json::parse(answer, watch, false);
  return json.is_object() && !too_deep ? json
                                       : Json{{"error", "the reading child's answer is nonsense"}};
}

void add_contents(Json& line, const std::string& file, ReaderProcess& reader,
                  const Enclosed& enclosed) {
  const auto bytes = slurp(file);
  if (!bytes) return line.update({{"error", "cannot be opened"}});
  if (bytes->size() > limits::message_bytes)
    return line.update({{"error", "larger than a message may be"}});
  const auto answer = reader.read(file + '\0' + *bytes);
  if (!answer) return line.update({{"error", answer.reason().detail}});
  const auto end = answer->find('\0');
  auto said = parsed(std::string_view(*answer).substr(0, end));
  said.erase("file");
  line.update(said);
  if (enclosed && end != std::string::npos)
    enclosed(line, std::string_view(*answer).substr(end + 1));
}

}  // namespace

int print_files(const std::vector<std::string>& files, const FileReader& file_reader,
                ReaderLimits limits, const Enclosed& enclosed) {
  ReaderProcess reader(prepared(file_reader), limits);
  for (const auto& file : files) {
    Json line{{"file", file}};
    add_contents(line, file, reader, enclosed);
    std::cout << dumped(line, -1) << std::endl;  // as soon as it is known
  }
  return std::cout ? 0 : 1;
}

}  // namespace dengji
