// offices.toml: who registers what, with their mailboxes and the way out for letters.
#include <algorithm>
#include <cstdlib>
#include <map>

#include "daemon/config_parts.hpp"
#include "parsers/message.hpp"

namespace dengji {

namespace fs = std::filesystem;

namespace {

struct Url {
  std::string scheme, host, rest;
};

// scheme://host[:port]/rest, or scheme:rest.
Url split_url(const std::string& url) {
  const auto colon = url.find(':');
  if (colon == std::string::npos) return {"", "", url};
  Url parts{url.substr(0, colon), "", url.substr(colon + 1)};
  if (!parts.rest.starts_with("//")) return parts;
  const auto slash = std::min(parts.rest.find('/', 2), parts.rest.size());
  parts.host = parts.rest.substr(2, slash - 2);
  parts.rest.erase(0, slash);
  return parts;
}

bool is_loopback(std::string host) {
  if (host.starts_with("[::1]")) return true;
  host.erase(std::min(host.find(':'), host.size()));
  if (host == "localhost") return true;
  const bool digits = host.find_first_not_of("0123456789.") == std::string::npos;
  return digits && host.starts_with("127.") && std::count(host.begin(), host.end(), '.') == 3;
}

fs::path ca_path(const Section& section, const Folders& folders) {
  const std::string name = section.text("ca_file");
  if (name.empty()) return {};
  const fs::path path = (folders.configuration / name).lexically_normal();
  if (!fs::is_regular_file(path)) section.mistake("ca_file", "there is no file " + path.string());
  return path;
}

// The URL as it is used: a maildir's path made absolute. Servers need a host, a user and a
// password.
std::string read_url(const Section& section, const Folders& folders,
                     const std::vector<std::string>& schemes, bool plaintext) {
  const std::string url = section.required_text("url");
  const Url parts = split_url(url);
  if (url.empty()) return url;
  if (std::find(schemes.begin(), schemes.end(), parts.scheme) == schemes.end()) {
    section.mistake("url", "url must begin with " + schemes[0] + "://, " + schemes[1] +
                               ":// or maildir:" + did_you_mean(parts.scheme, schemes));
    return url;
  }
  if (parts.scheme == "maildir") {
    if (parts.rest.empty()) section.mistake("url", "maildir: needs a path");
    return "maildir:" + (folders.state / parts.rest).lexically_normal().string();
  }
  if (parts.host.empty()) section.mistake("url", "url names no host: " + parts.scheme + "://host/");
  if (parts.host.find('@') != std::string::npos)
    section.mistake("url", "the user stands in user, never in url");
  if (plaintext && !is_loopback(parts.host))
    section.mistake("allow_plaintext", "allow_plaintext is only for 127.0.0.1, ::1 and localhost");
  return url;
}

bool is_maildir(const std::string& url) { return url.starts_with("maildir:"); }

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

MailboxConfig read_mailbox(const Section& section, const Folders& folders) {
  MailboxConfig mailbox;
  mailbox.id = section.required_text("id");
  mailbox.allow_plaintext = section.flag("allow_plaintext", false);
  mailbox.url = read_url(section, folders, {"imaps", "imap", "maildir"}, mailbox.allow_plaintext);
  mailbox.user = section.text("user");
  mailbox.password_file =
      secret_path(section, "password_file", section.text("password_file"), folders);
  mailbox.auth = section.one_of("auth", "password", {"password", "xoauth2"});
  mailbox.ca_file = ca_path(section, folders);
  mailbox.done_folder = section.text("done_folder");
  mailbox.poll_seconds = static_cast<int>(section.integer("poll_seconds", 60, 1, 86400));
  mailbox.skip_before = section.day("skip_before");
  mailbox.authserv_id = lower(section.text("authserv_id"));
  if (!mailbox.url.empty() && !is_maildir(mailbox.url))
    for (const std::string key : {"user", "password_file"})
      if (!section.has(key)) section.mistake(key, key + " is missing for " + mailbox.url);
  section.done();
  return mailbox;
}

bool is_id(const std::string& id) {
  const std::string allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  return !id.empty() && id.size() <= 40 && id.find_first_not_of(allowed) == std::string::npos;
}

bool is_prefix(const std::string& prefix) {
  return prefix.size() >= 2 && prefix.size() <= 4 &&
         std::all_of(prefix.begin(), prefix.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void check_shapes(const Section& section, const OfficeConfig& office) {
  if (!office.id.empty() && !is_id(office.id))
    section.mistake("id", "id \"" + office.id + "\" must be of a-z, 0-9 and -");
  if (!office.prefix.empty() && !is_prefix(office.prefix))
    section.mistake("prefix", "prefix \"" + office.prefix + "\" must be 2 to 4 letters A-Z");
  auto addresses = office.also;
  if (!office.address.empty()) addresses.push_back(office.address);
  for (const auto& address : addresses)
    if (!is_addr_spec(address))
      section.mistake(address == office.address ? "address" : "also",
                      "\"" + address + "\" is not an e-mail address");
  for (const auto& code : office.codes)
    if (code.size() != 6 || code.find_first_not_of("0123456789") != std::string::npos)
      section.mistake("codes", "\"" + code + "\" is not a six-digit area code (GB/T 2260)");
  if (office.areas.empty() && !office.city)
    section.mistake("areas", "areas is missing: the names of the office's area");
}

OfficeConfig read_office(const Section& section, const Folders& folders,
                         const PostmanConfig& postman) {
  OfficeConfig office;
  office.id = section.required_text("id");
  office.name = section.required_text("name");
  office.prefix = section.required_text("prefix");
  office.address = section.required_text("address");
  office.also = section.texts("also");
  office.phone = section.text("phone");
  office.city = section.flag("city", false);
  office.areas = section.texts("areas");
  office.codes = section.texts("codes");
  check_shapes(section, office);
  for (const auto& mailbox : section.sections("mailbox"))
    office.mailboxes.push_back(read_mailbox(mailbox, folders));
  if (office.mailboxes.empty()) {
    office.mailboxes.emplace_back().id = office.id;
    office.mailboxes.back().url = "maildir:" + (folders.state / "mail" / office.id).string();
  }
  const auto own = section.section("postman");
  office.postman = own ? read_postman(*own, folders) : postman;
  section.done();
  return office;
}

// One meaning for one word: ids, prefixes, addresses and codes stand once.
class Unique {
 public:
  void claim(const Section& section, const std::string& key, const std::string& value,
             const std::string& by) {
    if (value.empty()) return;
    const auto [at, added] = seen_.try_emplace(key + " " + value, by);
    if (!added) section.mistake(key, key + " " + value + " belongs to " + at->second + " already");
  }

 private:
  std::map<std::string, std::string> seen_;
};

void check_unique(const Section& section, const OfficeConfig& office, Unique& unique) {
  unique.claim(section, "id", office.id, "another office");
  unique.claim(section, "prefix", office.prefix, office.id);
  unique.claim(section, "address", lower(office.address), office.id);
  for (const auto& also : office.also) unique.claim(section, "address", lower(also), office.id);
  if (!office.city)
    for (const auto& code : office.codes) unique.claim(section, "codes", code, office.id);
  if (office.city) unique.claim(section, "city", "true", office.id);
  for (const auto& mailbox : office.mailboxes) {
    unique.claim(section, "mailbox", mailbox.id, office.id);
    unique.claim(section, "mailbox", mailbox.url + " of user " + mailbox.user, office.id);
  }
}

}  // namespace

fs::path secret_path(const Section& section, const std::string& key, const std::string& name,
                     const Folders& folders) {
  if (name.empty()) return {};
  const char* credentials = std::getenv("CREDENTIALS_DIRECTORY");  // of systemd's LoadCredential=
  const fs::path held = credentials ? fs::path(credentials) / name : fs::path();
  if (credentials && fs::is_regular_file(held)) return held;
  const fs::path path = (folders.configuration / name).lexically_normal();
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::is_regular_file(status))
    section.mistake(key, "there is no file " + path.string());
  else if ((status.permissions() & fs::perms::others_read) != fs::perms::none)
    section.mistake(key, path.string() + " can be read by everyone: chmod 600 it");
  return path;
}

PostmanConfig read_postman(const Section& section, const Folders& folders) {
  PostmanConfig postman;
  postman.allow_plaintext = section.flag("allow_plaintext", false);
  postman.url = read_url(section, folders, {"smtps", "smtp", "maildir"}, postman.allow_plaintext);
  postman.user = section.text("user");
  postman.password_file =
      secret_path(section, "password_file", section.text("password_file"), folders);
  postman.auth = section.one_of("auth", "password", {"password", "xoauth2"});
  postman.ca_file = ca_path(section, folders);
  postman.per_minute = static_cast<int>(section.integer("per_minute", 60, 1, 100000));
  if (postman.user.empty() != postman.password_file.empty())
    section.mistake("user", "user and password_file go together");
  section.done();
  return postman;
}

std::vector<OfficeConfig> read_offices(const fs::path& file, const Folders& folders,
                                       const PostmanConfig& postman, Mistakes& mistakes) {
  std::vector<OfficeConfig> offices;
  const auto root = Section::open(file, mistakes);
  if (!root) return offices;
  Unique unique;
  for (const auto& section : root->sections("office")) {
    offices.push_back(read_office(section, folders, postman));
    check_unique(section, offices.back(), unique);
  }
  if (offices.empty()) root->mistake("office", "there is no [[office]]");
  root->done();
  return offices;
}

}  // namespace dengji
