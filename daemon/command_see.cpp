// `dengji see`: what the eye sees on pictures and scans.
#include <optional>

#include "daemon/child_json.hpp"
#include "daemon/commands.hpp"
#include "daemon/intake.hpp"
#include "daemon/page_json.hpp"
#include "daemon/page_pngs.hpp"

namespace dengji {
namespace {

std::string seen(Eye& eye, const Attachment& file, bool pictures) {
  if (!is_picture(file.type)) {
    const Unreadable reason{Why::unsupported,
                            "not a picture (" + std::string(to_string(file.type)) + ")"};
    return dumped(see_json({0, reason, {}}), -1);
  }
  if (!pictures) return dumped(see_json(eye.look(file, {})), -1);
  PngPile pngs;
  return pngs.with(see_json(eye.look(
      file, {}, [&pngs](const Page& page, const PageFacts& facts) { pngs.add(page, facts); })));
}

FileReader file_reader(const Config& config, bool pictures) {
  return [&config, pictures] {
    return [eye = make_eye(config), pictures](const std::string& name, std::string_view bytes) {
      return seen(*eye, make_attachment(name, std::string(bytes)), pictures);
    };
  };
}

}  // namespace

int see_command(const Arguments& arguments) {
  if (arguments.words().empty()) throw UsageError("see takes at least one file");
  const auto config = load_config(find_config(arguments.value("config")));
  auto limits = reader_limits(config);
  if (!arguments.has("png"))
    return print_files(arguments.words(), file_reader(config, false), limits);
  limits.answer = pngs_bytes;
  PngFolder folder(arguments.value("png"));
  return print_files(
      arguments.words(), file_reader(config, true), limits,
      [&folder](Json& line, std::string_view pictures) { folder.take(line, pictures); });
}

}  // namespace dengji
