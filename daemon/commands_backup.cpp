// The commands for the day on which a disk dies: `backup`, `restore`, `verify`.
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "store/database.hpp"

namespace dengji {
namespace {

// One line of JSON or of words; each problem on standard error. The exit status.
int tell(const Arguments& arguments, const Json& done, const std::string& words,
         const std::vector<std::string>& problems) {
  Json json = done;
  json["problems"] = problems;
  std::cout << (arguments.has("json") ? dumped(json, 2) : words) << "\n";
  for (const auto& problem : problems) std::cerr << problem << "\n";
  return problems.empty() ? 0 : 1;
}

std::string directory_of(const Arguments& arguments) {
  if (arguments.words().size() != 1) throw UsageError("takes one DIR");
  return arguments.words().front();
}

std::string words_of(const Copied& copied, const std::filesystem::path& where) {
  return std::to_string(copied.blobs) + " mails (" + std::to_string(copied.bytes) +
         " bytes) and the register are in " + where.string();
}

Json json_of(const Copied& copied) { return {{"mails", copied.blobs}, {"bytes", copied.bytes}}; }

}  // namespace

int backup_command(const Arguments& arguments) {
  const auto directory = directory_of(arguments);
  const auto config = load_config(find_config(arguments.value("config")));
  Database database(config.state, Database::Mode::guest);
  const auto copied = back_up(database, config.state, directory);
  return tell(arguments, json_of(copied), words_of(copied, directory), copied.problems);
}

int restore_command(const Arguments& arguments) {
  const auto directory = directory_of(arguments);
  const auto config = load_config(find_config(arguments.value("config")));
  auto copied = restore(directory, config.state);
  Database database(config.state, Database::Mode::guest);
  for (auto& problem : verify(database, Blobs(config.state / "blobs")))
    copied.problems.push_back(std::move(problem));
  return tell(arguments, json_of(copied), words_of(copied, config.state), copied.problems);
}

int verify_command(const Arguments& arguments) {
  if (!arguments.words().empty()) throw UsageError("verify takes no words");
  const auto config = load_config(find_config(arguments.value("config")));
  Database database(config.state, Database::Mode::guest);
  const auto problems = verify(database, Blobs(config.state / "blobs"));
  return tell(arguments, {{"whole", problems.empty()}},
              problems.empty() ? "whole" : std::to_string(problems.size()) + " problems", problems);
}

}  // namespace dengji
