// The configuration, read once into plain structs and checked whole: every mistake is named with
// file and line before anything starts. Files: dengji.toml, and beside it offices.toml,
// forms/*.toml, letters/*.
#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "parsers/form.hpp"
#include "store/decision.hpp"

namespace dengji {

struct MailboxConfig {
  std::string id;   // unique; "shuangqing" or "shuangqing-junk"
  std::string url;  // imaps://host[:port]/FOLDER, imap:// (STARTTLS required), maildir:/path
  std::string user;
  std::filesystem::path password_file;  // or systemd credential; never in the configuration itself
  std::string auth;  // "password" (default) or "xoauth2" (password_file holds the access token;
                     // read anew at each login, since tokens expire)
  std::filesystem::path ca_file;  // extra CA certificates, "" = the system's
  bool allow_plaintext = false;   // only ever for loopback addresses
  std::string done_folder;        // moved there after commit 1; "" = stays
  int poll_seconds = 60;
  std::string authserv_id;  // its server's name in Authentication-Results; "" = not believed
  std::string
      skip_before;  // YYYY-MM-DD: older mail is set aside unread on the first day; "" = none
};

struct PostmanConfig {
  std::string url;  // smtps://host[:port], smtp:// (STARTTLS required), maildir:/path
  std::string user;
  std::filesystem::path password_file;
  std::string auth;  // as a mailbox's
  std::filesystem::path ca_file;
  bool allow_plaintext = false;  // only ever for loopback addresses
  int per_minute = 60;           // at most so many letters by this user
};

struct OfficeConfig {
  std::string id;       // "shuangqing": the contract's word
  std::string name;     // 邵阳市双清区互联网信息办公室
  std::string prefix;   // of receipt numbers: "SQ"
  std::string address;  // e-mail address: where registrants write to and letters come from
  std::vector<std::string> also;   // further addresses that belong to it
  std::string phone;               // for letters, may be ""
  bool city = false;               // anyone may register here: never jurisdiction.other
  std::vector<std::string> areas;  // names of its area, current and old: 双清区, 东区
  std::vector<std::string> codes;  // GB/T 2260 codes of its area
  std::vector<MailboxConfig> mailboxes;
  PostmanConfig postman;
};

struct Campaign {
  std::string start, end;  // YYYY-MM-DD, UTC+8
  int days = 30;           // after opening or change
};

struct DeskConfig {
  std::string host;                                // address to listen on; "" = no desk
  int port = 0;                                    // 0: any that is free
  std::filesystem::path certificate, private_key;  // PEM; "" = plain HTTP
  bool behind_proxy = false;  // a reverse proxy on this machine or network does TLS
  int undo_seconds = 60;      // a decision is carried out after that
  std::filesystem::path pages;

  bool secure() const { return behind_proxy || !certificate.empty(); }
};

struct LetterTemplates {
  std::map<std::string, std::string> text;     // kind -> template
  std::map<std::string, std::string> phrases;  // finding code -> what to do, one line
  std::map<std::string, std::string> titles;   // finding code -> what it is called
  std::map<std::string, std::string>
      words;  // "form.website" -> 网站: the contract's words in Chinese
  std::vector<std::filesystem::path> blanks;  // the blank forms and the commitment letter, .docx
};

struct Config {
  std::filesystem::path file;      // dengji.toml
  std::filesystem::path state;     // register.db, blobs/, lock
  std::filesystem::path key_file;  // seals personal data at rest; "" = it stays plain
  std::vector<std::filesystem::path> old_key_files;  // read until `dengji rotate-key` has ended
  std::filesystem::path tessdata;                    // "" = Tesseract's default
  int workers = 0;                                   // children at once; 0 = as many as cores
  int child_seconds = 120;                           // wall time of one message
  int child_cpu_seconds = 30;
  int child_mebibytes = 1024;
  int attempts = 3;
  int replies_per_day = 3;  // to one address that anybody may have written
  int replies_per_day_authenticated = 30;
  int reminder_days = 0;  // after a submission was sent back; 0: no reminders
  std::int64_t min_free_mebibytes = 1024;
  Campaign campaign;
  DeskConfig desk;
  std::map<std::string, Severity> severity;  // finding code -> severity; the contract's defaults
  std::string city_name;                     // 邵阳市
  std::vector<OfficeConfig> offices;
  FormSpecs forms;
  LetterTemplates letters;

  const OfficeConfig* office(const std::string& id) const;
  const MailboxConfig* mailbox(const std::string& id) const;
  // The office whose address stands among these (case-insensitive); null if none.
  const OfficeConfig* office_of(const std::vector<std::string>& addresses) const;
};

struct ConfigError
    : std::runtime_error {  // what(): one "file:line: what is wrong and what to do" a line
  using std::runtime_error::runtime_error;
};

// Relative paths are relative to the file's folder, those of maildir: URLs to `state`.
// $DENGJI_STATE stands in for the key `state`, so that one configuration serves a trial and the
// service.
Config load_config(const std::filesystem::path& file);
// --config, else $DENGJI_CONFIG, else etc/dengji.toml beside the build or installation of this
// program, else /etc/dengji/dengji.toml. Throws ConfigError naming every place looked at.
std::filesystem::path find_config(const std::string& given);

}  // namespace dengji
