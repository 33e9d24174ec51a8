// A scripted IMAP folder with some mails, and the client that takes them: what the tests of
// ImapMailbox begin with.
#pragma once
#include <gtest/gtest.h>

#include "daemon/imap_mailbox.hpp"
#include "tests/support/mailbox_taker.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji::test {

inline const std::string mail = "Subject: hello\r\n\r\nD5 OK not the end\r\n)\r\n.\r\n";

inline std::string listed(const std::string& uid, std::size_t size, const std::string& flags = "") {
  return "* " + uid + " FETCH (UID " + uid + " FLAGS (" + flags + ") RFC822.SIZE " +
         std::to_string(size) + " INTERNALDATE \"20-Aug-2018 09:30:00 +0800\")\r\n";
}

inline std::string given(const std::string& uid, const std::string& bytes) {
  return "* " + uid + " FETCH (UID " + uid +
         " INTERNALDATE \"20-Aug-2018 09:30:00 +0800\" BODY[] " + imap_literal(bytes) + ")\r\n";
}

// A folder with these UIDs, each holding `mail`.
inline ImapScript folder(const std::vector<std::string>& uids) {
  ImapScript script;
  std::string list;
  for (const std::string& uid : uids) {
    list += listed(uid, mail.size());
    script.on("UID FETCH " + uid + " ", given(uid, mail) + "$ OK done\r\n");
  }
  script.on("UID FETCH 1:*", list + "$ OK done\r\n");
  return script;
}

class Imap : public testing::Test {
 protected:
  Imap() {
    test::write_file(directory_.path() / "password", "s3cret\n");
    std::filesystem::permissions(directory_.path() / "password",
                                 std::filesystem::perms::owner_read);
  }
  void serve(ScriptedServer::Script script) {
    server_ = std::make_unique<ScriptedServer>(std::move(script));
  }
  MailboxConfig config() const {
    MailboxConfig config;
    config.url = "imap://127.0.0.1:" + std::to_string(server_->port()) + "/INBOX";
    config.user = "office@sq.example";
    config.password_file = directory_.path() / "password";
    config.allow_plaintext = true;
    return config;
  }
  ImapMailbox mailbox() const {
    return ImapMailbox(config(), {std::chrono::seconds(2), std::chrono::seconds(20)});
  }
  // What the poll says went wrong; fails if nothing did.
  MailboxError failure(Mailbox& mailbox) {
    try {
      taker_.poll(mailbox);
    } catch (const MailboxError& error) {
      return error;
    }
    ADD_FAILURE() << "no MailboxError";
    return {"", true};
  }

  test::TempDir directory_;
  std::unique_ptr<ScriptedServer> server_;
  MailboxTaker taker_;
};

}  // namespace dengji::test
