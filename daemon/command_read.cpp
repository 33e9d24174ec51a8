// `dengji read`: what a document, an archive or a message holds.
#include "daemon/child_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/read_json.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

FileReader file_reader(const Config& config) {
  return [specs = config.forms] {
    fold_name("登记");  // its table is made here once, not in each child
    return [specs](const std::string& name, std::string_view bytes) {
      return read_json(name, bytes, specs);
    };
  };
}

}  // namespace

int read_command(const Arguments& arguments) {
  if (arguments.words().empty()) throw UsageError("read takes at least one file");
  const auto config = load_config(find_config(arguments.value("config")));
  return print_files(arguments.words(), file_reader(config), reader_limits(config));
}

}  // namespace dengji
