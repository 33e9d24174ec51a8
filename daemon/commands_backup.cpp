// The commands for the day on which a disk dies or a key is lost: `backup`, `restore`, `verify`,
// `rotate-key`.
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "daemon/keys.hpp"
#include "store/backup.hpp"
#include "store/blobs.hpp"
#include "store/database.hpp"
#include "store/rekey.hpp"

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
  Database database(config.state, Database::Mode::guest, keyring_of(config));
  const auto copied = back_up(database, config.state, directory);
  return tell(arguments, json_of(copied), words_of(copied, directory), copied.problems);
}

int restore_command(const Arguments& arguments) {
  const auto directory = directory_of(arguments);
  const auto config = load_config(find_config(arguments.value("config")));
  auto copied = restore(directory, config.state, keyring_of(config));
  Database database(config.state, Database::Mode::guest, keyring_of(config));
  for (auto& problem : verify(database, Blobs(config.state / "blobs", database.keys())))
    copied.problems.push_back(std::move(problem));
  return tell(arguments, json_of(copied), words_of(copied, config.state), copied.problems);
}

int rotate_key_command(const Arguments& arguments) {
  if (!arguments.words().empty()) throw UsageError("rotate-key takes no words");
  const auto config = load_config(find_config(arguments.value("config")));
  Database database(config.state, Database::Mode::guest, keyring_of(config));
  Blobs blobs(config.state / "blobs", database.keys());
  const auto done = rekey(database, blobs);
  const std::string words = std::to_string(done.rows) + " values and " +
                            std::to_string(done.blobs) + " mails were " +
                            (config.key_file.empty() ? "opened" : "sealed under key_file");
  const std::string then = done.problems.empty() ? "; old_key_files may leave the configuration now"
                                                 : "; old_key_files are still needed";
  return tell(arguments, {{"values", done.rows}, {"mails", done.blobs}}, words + then,
              done.problems);
}

int verify_command(const Arguments& arguments) {
  if (!arguments.words().empty()) throw UsageError("verify takes no words");
  const auto config = load_config(find_config(arguments.value("config")));
  Database database(config.state, Database::Mode::guest, keyring_of(config));
  const auto problems = verify(database, Blobs(config.state / "blobs", database.keys()));
  return tell(arguments, {{"whole", problems.empty()}},
              problems.empty() ? "whole" : std::to_string(problems.size()) + " problems", problems);
}

}  // namespace dengji
