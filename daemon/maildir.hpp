// Maildir (cr.yp.to/proto/maildir.html) at both ends: mail that waits in new/ and cur/, and letters
// delivered into new/. The embedded default: no server, no password. Files come as they are, with
// CRLF or LF. Names that begin with a dot, links and everything but regular files are left alone.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "daemon/mailbox.hpp"
#include "daemon/postman.hpp"

namespace dengji {

bool is_maildir_url(const std::string& url);  // "maildir:/path"
std::filesystem::path maildir_path(const std::string& url);

// tmp/, new/ and cur/ made where they lack. Throws std::filesystem::filesystem_error.
void make_maildir(const std::filesystem::path&);

// The key of a mail is its file's base name, without the flags after ":2,"; its time is the file's
// mtime. Taken in, it goes to cur/ with the flag S, or to the folder `done_folder` (a Maildir++
// subfolder ".NAME").
class MaildirMailbox : public Mailbox {
 public:
  explicit MaildirMailbox(const MailboxConfig&);

  std::vector<MailItem> list(const IsKnown& known) override;
  void fetch(const std::vector<MailItem>& items, const Sink& sink) override;

 private:
  static void give_header(const std::filesystem::path&, const MailItem&, const Sink&);
  static void give_whole(const std::filesystem::path&, MailItem, const Sink&);
  void mark(const std::filesystem::path& file, const std::string& key);

  std::filesystem::path path_;
  std::string done_folder_;
  std::string skip_before_;
};

// A letter's file is named by its Message-ID, so that a letter delivered again replaces itself.
class MaildirPostman : public Postman {
 public:
  explicit MaildirPostman(const PostmanConfig&);
  Delivery deliver(const Letter&) override;

 private:
  std::filesystem::path path_;
};

}  // namespace dengji
