// `dengji see`: what the eye sees on pictures and scans.
#include "daemon/child_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/page_json.hpp"

namespace dengji {
namespace {

FileReader file_reader(const Config& config) {
  return [&config] {
    return [eye = make_eye(config)](const std::string& name, std::string_view bytes) {
      const auto file = make_attachment(name, std::string(bytes));
      if (!is_picture(file.type))
        return see_json({0,
                         Unreadable{Why::unsupported,
                                    "not a picture (" + std::string(to_string(file.type)) + ")"},
                         {}});
      return see_json(eye->look(file, {}));
    };
  };
}

}  // namespace

int see_command(const Arguments& arguments) {
  if (arguments.words().empty()) throw UsageError("see takes at least one file");
  const auto config = load_config(find_config(arguments.value("config")));
  return print_files(arguments.words(), file_reader(config), reader_limits(config));
}

}  // namespace dengji
