#include "daemon/config.hpp"

#include <algorithm>
#include <cstdlib>

#include "daemon/codes.hpp"
#include "daemon/config_parts.hpp"
#include "daemon/config_reader.hpp"

namespace dengji {

namespace fs = std::filesystem;

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

fs::path beside(const fs::path& folder, const std::string& path) {
  return path.empty() ? fs::path() : (folder / path).lexically_normal();
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void read_reading(const Section& root, const fs::path& folder, Config& config) {
  const auto section = root.section("reading");
  if (!section) return;
  config.tessdata = beside(folder, section->text("tessdata"));
  if (!config.tessdata.empty() && !fs::is_directory(config.tessdata))
    section->mistake("tessdata", "tessdata: there is no folder " + config.tessdata.string());
  config.workers = static_cast<int>(section->integer("workers", 0, 0, 256));
  config.child_seconds = static_cast<int>(section->integer("child_seconds", 120, 1, 3600));
  config.child_cpu_seconds = static_cast<int>(section->integer("child_cpu_seconds", 30, 1, 3600));
  config.child_mebibytes = static_cast<int>(section->integer("child_mebibytes", 1024, 512, 65536));
  config.attempts = static_cast<int>(section->integer("attempts", 3, 1, 100));
  section->done();
}

void read_store(const Section& root, const Folders& folders, Config& config) {
  const auto section = root.section("store");
  if (!section) return;
  config.key_file = secret_path(*section, "key_file", section->text("key_file"), folders);
  for (const auto& name : section->texts("old_key_files"))
    config.old_key_files.push_back(secret_path(*section, "old_key_files", name, folders));
  section->done();
}

void read_campaign(const Section& root, Config& config) {
  const auto section = root.section("campaign");
  if (!section) {
    root.mistake("campaign", "[campaign] is missing: it needs start, end and days");
    return;
  }
  config.campaign.start = section->day("start");
  config.campaign.end = section->day("end");
  config.campaign.days = static_cast<int>(section->integer("days", 30, 1, 366));
  for (const std::string key : {"start", "end"})
    if (!section->has(key)) section->mistake(key, key + " is missing: a day, YYYY-MM-DD");
  if (!config.campaign.end.empty() && config.campaign.end < config.campaign.start)
    section->mistake("end", "the campaign ends before it starts");
  section->done();
}

bool is_loopback(const std::string& host) {
  return host == "127.0.0.1" || host == "[::1]" || host == "localhost";
}

void read_desk(const Section& root, const fs::path& folder, DeskConfig& desk) {
  desk.pages = folder / "desk";
  const auto section = root.section("desk");
  if (!section) return;
  const std::string listen = section->text("listen");
  const auto colon = listen.rfind(':');
  const bool whole = colon != std::string::npos && colon > 0 && listen.size() - colon <= 6 &&
                     listen.find_first_not_of("0123456789", colon + 1) == std::string::npos &&
                     colon + 1 < listen.size();
  if (!listen.empty() && !whole)
    section->mistake("listen", "listen is ADDRESS:PORT, as 127.0.0.1:8020");
  if (whole) {
    desk.host = listen.substr(0, colon);
    desk.port = std::stoi(listen.substr(colon + 1));
  }
  for (const auto& [key, file] :
       {std::pair{"certificate", &desk.certificate}, std::pair{"private_key", &desk.private_key}}) {
    *file = beside(folder, section->text(key));
    if (!file->empty() && !fs::is_regular_file(*file))
      section->mistake(key, std::string(key) + ": there is no file " + file->string());
  }
  if (desk.certificate.empty() != desk.private_key.empty())
    section->mistake("certificate", "certificate and private_key go together");
  desk.behind_proxy = section->flag("behind_proxy", false);
  if (whole && !is_loopback(desk.host) && !desk.secure())
    section->mistake("listen",
                     "passwords would cross the network in the clear: give certificate "
                     "and private_key, or behind_proxy = true");
  desk.undo_seconds = static_cast<int>(section->integer("undo_seconds", 60, 0, 3600));
  section->done();
}

void read_severities(const Section& root, Config& config) {
  config.severity = default_severities();
  const auto section = root.section("severity");
  if (!section) return;
  std::vector<std::string> codes;
  for (const auto& [code, severity] : default_severities()) codes.push_back(code);
  for (const auto& code : section->keys()) {
    const auto found = config.severity.find(code);
    if (found == config.severity.end()) {
      section->mistake(code, "there is no finding " + code + did_you_mean(code, codes));
      continue;
    }
    const auto word = section->one_of(code, "", {"note", "doubt", "defect"});
    if (word == "note") found->second = Severity::note;
    if (word == "doubt") found->second = Severity::doubt;
    if (word == "defect") found->second = Severity::defect;
  }
}

std::vector<fs::path> read_blanks(const Section& root, const fs::path& folder) {
  std::vector<fs::path> blanks;
  const auto section = root.section("letters");
  if (!section) return blanks;
  for (const auto& name : section->texts("blanks")) {
    blanks.push_back(beside(folder, name));
    if (!fs::is_regular_file(blanks.back()))
      section->mistake("blanks", "there is no file " + blanks.back().string());
  }
  section->done();
  return blanks;
}

Config read_root(const Section& root, const fs::path& file, Mistakes& mistakes) {
  Config config;
  config.file = file;
  const fs::path folder = file.parent_path();
  const std::string state = environment("DENGJI_STATE");
  const std::string written = root.required_text("state");
  config.state = state.empty() ? beside(folder, written) : fs::absolute(state);
  const auto city = root.section("city");
  config.city_name = city ? city->required_text("name") : "";
  if (city)
    city->done();
  else
    root.mistake("city", "[city] is missing: it needs name");
  read_reading(root, folder, config);
  if (const auto replies = root.section("replies")) {
    config.replies_per_day = static_cast<int>(replies->integer("per_day", 3, 1, 1000));
    config.replies_per_day_authenticated =
        static_cast<int>(replies->integer("per_day_authenticated", 30, 1, 1000));
    config.reminder_days = static_cast<int>(replies->integer("reminder_days", 0, 0, 366));
    replies->done();
  }
  config.min_free_mebibytes = root.integer("min_free_mebibytes", 1024, 1, 1 << 30);
  read_campaign(root, config);
  read_desk(root, folder, config.desk);
  read_severities(root, config);
  const Folders folders{folder, config.state};
  read_store(root, folders, config);
  PostmanConfig postman;
  postman.url = "maildir:" + (config.state / "sent").string();
  if (const auto section = root.section("postman")) postman = read_postman(*section, folders);
  config.letters = read_letters(folder / "letters", read_blanks(root, folder), mistakes);
  config.forms = read_forms(folder / "forms", mistakes);
  config.offices = read_offices(folder / "offices.toml", folders, postman, mistakes);
  root.done();
  return config;
}

// A program in its build folder uses the source's etc, an installed one PREFIX/etc.
std::vector<fs::path> places_beside_program() {
  std::error_code error;
  const fs::path bin = fs::read_symlink("/proc/self/exe", error).parent_path();
  if (error) return {};
  if (bin == DENGJI_BUILD_BIN) return {DENGJI_SOURCE_ETC "/dengji.toml"};
  return {bin / "../etc/dengji/dengji.toml"};
}

}  // namespace

const OfficeConfig* Config::office(const std::string& id) const {
  const auto found = std::find_if(offices.begin(), offices.end(),
                                  [&](const OfficeConfig& office) { return office.id == id; });
  return found == offices.end() ? nullptr : &*found;
}

const MailboxConfig* Config::mailbox(const std::string& id) const {
  for (const auto& office : offices)
    for (const auto& mailbox : office.mailboxes)
      if (mailbox.id == id) return &mailbox;
  return nullptr;
}

const OfficeConfig* Config::office_of(const std::vector<std::string>& addresses) const {
  for (const auto& address : addresses) {
    const std::string wanted = lower(address);
    for (const auto& office : offices) {
      if (lower(office.address) == wanted) return &office;
      for (const auto& also : office.also)
        if (lower(also) == wanted) return &office;
    }
  }
  return nullptr;
}

Config load_config(const fs::path& file) {
  Mistakes mistakes;
  Config config;
  const fs::path absolute = fs::absolute(file).lexically_normal();
  if (const auto root = Section::open(absolute, mistakes))
    config = read_root(*root, absolute, mistakes);
  if (!mistakes.none()) throw ConfigError(mistakes.text());
  return config;
}

fs::path find_config(const std::string& given) {
  if (!given.empty()) return given;
  const std::string named = environment("DENGJI_CONFIG");
  if (!named.empty()) return named;
  auto places = places_beside_program();
  places.emplace_back("/etc/dengji/dengji.toml");
  std::string looked;
  for (const auto& place : places) {
    const fs::path path = place.lexically_normal();
    if (fs::is_regular_file(path)) return path;
    looked += "\n  " + path.string();
  }
  throw ConfigError("no configuration: give --config FILE or set DENGJI_CONFIG; looked at" +
                    looked);
}

}  // namespace dengji
