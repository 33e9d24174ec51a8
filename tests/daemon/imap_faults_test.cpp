// Everything that can go wrong between an IMAP server and the register: the conversation is
// disturbed once, then the mailbox is polled by a new daemon undisturbed, and the register must
// have ended where an undisturbed run ends: each mail once, whole, and marked on the server.
// DENGJI_ALL_CUTS=1 cuts and stalls at every byte instead of at some.
#include <gtest/gtest.h>

#include <random>

#include "daemon/imap_mailbox.hpp"
#include "daemon/poller.hpp"
#include "parsers/digest.hpp"
#include "store/database.hpp"
#include "tests/support/cases.hpp"
#include "tests/support/imap_folder.hpp"
#include "tests/support/temp_dir.hpp"

namespace dengji {
namespace {

using namespace test;

const std::map<int, std::string> three_mails = {
    {3, "Subject: one\r\n\r\nD5 OK not the end\r\n)\r\n"},
    {4, "Subject: two\r\n\r\n* 1 FETCH (UID 3 BODY[] {5}\r\nhello)\r\n"},
    {10, "Subject: three\r\n\r\n" + std::string(500, '.') + "\r\n"}};

class ImapFaults : public ::testing::Test {
 protected:
  ImapFaults() {
    write_file(dir_.path() / "password", "s3cret\n");
    std::filesystem::permissions(dir_.path() / "password", std::filesystem::perms::owner_read);
    config_.state = dir_.path();
    config_.min_free_mebibytes = 0;
    OfficeConfig& office = config_.offices.emplace_back();
    office.id = "office";
    office.mailboxes.emplace_back();
  }

  // Each scenario has a mailbox of its own in the one register.
  void begin(const std::string& done_folder = "") {
    server_.reset();
    folder_ = std::make_unique<ImapFolder>(three_mails);
    MailboxConfig& mailbox = config_.offices[0].mailboxes[0];
    mailbox.id = "box" + std::to_string(++scenarios_);
    mailbox.user = "office@sq.example";
    mailbox.password_file = dir_.path() / "password";
    mailbox.allow_plaintext = true;
    mailbox.done_folder = done_folder;
  }
  void serve(ScriptedServer::Script script) {
    server_ = std::make_unique<ScriptedServer>(std::move(script));
    config_.offices[0].mailboxes[0].url =
        "imap://127.0.0.1:" + std::to_string(server_->port()) + "/INBOX";
  }
  // So many polls by one daemon, whatever becomes of them.
  void poll(int times = 1) {
    Poller poller(config_, records_, blobs_, [](const MailboxConfig& mailbox) {
      return std::make_unique<ImapMailbox>(
          mailbox, ImapTimes{std::chrono::milliseconds(200), std::chrono::seconds(5)});
    });
    for (int i = 0; i < times; ++i) {
      poller.poll_all_now();
      poller.step(at(received));
    }
  }
  // Disturbed by `script` first, then a new daemon with a server that does all well.
  void run(const std::string& what, ScriptedServer::Script script, int disturbed_polls = 2) {
    serve(std::move(script));
    poll(disturbed_polls);
    expect_nothing_half(what);
    serve(folder_->script());
    poll(2);
    expect_all_once(what);
  }

  std::vector<std::string> registered() {
    std::vector<std::string> digests;
    for (const auto& row :
         database_.query("SELECT sha256 FROM message WHERE account = $1 AND sha256 IS NOT NULL",
                         {config_.offices[0].mailboxes[0].id}))
      digests.push_back(row.text(0));
    std::sort(digests.begin(), digests.end());
    return digests;
  }
  void expect_nothing_half(const std::string& what) {
    EXPECT_TRUE(std::filesystem::is_empty(dir_.path() / "blobs/tmp")) << what;
    for (const std::string& digest : blobs_.all()) EXPECT_NO_THROW(blobs_.get(digest)) << what;
  }
  void expect_all_once(const std::string& what) {
    expect_nothing_half(what);
    std::vector<std::string> digests;
    for (const auto& [uid, bytes] : three_mails) digests.push_back(sha256_hex(bytes));
    std::sort(digests.begin(), digests.end());
    EXPECT_EQ(registered(), digests) << what;
    const bool moving = !config_.offices[0].mailboxes[0].done_folder.empty();
    const auto mails = folder_->mails();
    EXPECT_EQ(mails.size(), moving ? 0u : 3u) << what;
    EXPECT_EQ(folder_->moved().size(), moving ? 3u : 0u) << what;
    for (const auto& [uid, mail] : mails)
      EXPECT_TRUE(mail.flags.contains("$Dengji")) << what << uid;
  }

  TempDir dir_;
  Config config_;
  Database database_{dir_.path() / "state", Database::Mode::owner};
  Register records_{database_, {{"office", "OF"}}};
  Blobs blobs_{dir_.path() / "blobs"};
  std::unique_ptr<ImapFolder> folder_;
  std::unique_ptr<ScriptedServer> server_;
  int scenarios_ = 0;
};

bool all_cuts() { return std::getenv("DENGJI_ALL_CUTS") != nullptr; }

// What an undisturbed conversation comes to.
struct Length {
  std::size_t bytes = 0;
  int lines = 0;
};

ScriptedServer::Script measured(ImapScript script, Length& length) {
  return [script = std::move(script), &length](Peer& peer) {
    try {
      script(peer);
    } catch (const Peer::Gone&) {
      if (peer.number() == 0) length = {peer.said(), peer.lines()};
      throw;
    }
  };
}

// The first connection is disturbed, later ones are not.
ScriptedServer::Script disturbed(ImapScript script, const std::function<void(Peer&)>& disturb) {
  return [script = std::move(script), disturb](Peer& peer) {
    if (peer.number() == 0) disturb(peer);
    script(peer);
  };
}

class ImapCuts : public ImapFaults {
 protected:
  Length undisturbed(const std::string& done_folder) {
    Length length;
    begin(done_folder);
    serve(measured(folder_->script(), length));
    poll();
    server_.reset();
    expect_all_once("undisturbed");
    return length;
  }
};

TEST_F(ImapCuts, AtEveryByteOrSomeLoseAndDoubleNothing) {
  for (const std::string done_folder : {"", "done"}) {
    const Length length = undisturbed(done_folder);
    std::mt19937 random(7);
    for (std::size_t cut = 0; cut < length.bytes; cut += all_cuts() ? 1 : 1 + random() % 60) {
      begin(done_folder);
      run("cut after byte " + std::to_string(cut),
          disturbed(folder_->script(), [cut](Peer& peer) { peer.break_off_after(cut); }));
    }
  }
}

TEST_F(ImapCuts, AtEveryLineTheClientSaysLoseAndDoubleNothing) {
  for (const std::string done_folder : {"", "done"}) {
    const Length length = undisturbed(done_folder);
    for (int line = 1; line <= length.lines; ++line) {
      begin(done_folder);
      run("cut at line " + std::to_string(line),
          disturbed(folder_->script(), [line](Peer& peer) { peer.break_off_at_line(line); }));
    }
  }
}

TEST_F(ImapCuts, ByStallsLoseAndDoubleNothing) {
  const Length length = undisturbed("done");
  const std::size_t step = all_cuts() ? 7 : length.bytes / 6;
  for (std::size_t cut = length.bytes - 1; cut > step; cut -= step) {
    begin("done");
    run("stall after byte " + std::to_string(cut),
        disturbed(folder_->script(), [cut](Peer& peer) { peer.break_off_after(cut, true); }), 1);
  }
}

struct Fault {
  std::string name;
  std::function<ImapScript(ImapFolder&)> script;
  int polls = 2;
};

// Each command answered with each of these, always: the daemon gives up, and nothing is lost.
TEST_F(ImapFaults, EachCommandRefusedInEachWay) {
  const std::vector<std::string> answers = {
      "$ NO \xC7\xEB\xC7\xF3\xCC\xAB\xC6\xB5\xB7\xB1\r\n",  // 请求太频繁 in GBK
      "$ BAD what\r\n",
      "* BYE too many connections\r\n",
      "$ NO [UNAVAILABLE] 451 too frequently\r\n",
      "* 3 EXISTS {\r\n\r\n$ OK\r\n",
      "* 1 FETCH (UID 3 BODY[] {99999}\r\nSubject: half",
      "\x80\xFF garbage\r\n* (((\r\n$ NO\r\n"};
  for (const std::string command : {"LOGIN", "ID", "CAPABILITY", "SELECT", "UID FETCH 1:*",
                                    "UID FETCH 4 ", "UID STORE", "UID MOVE"}) {
    for (const std::string& answer : answers) {
      begin(command == "UID MOVE" ? "done" : "");
      ImapScript script = folder_->script();
      script.on(command, [answer](Peer& peer, const std::string& tag, const std::string&) {
        peer.say(with_tag(answer, tag));
        if (answer.find("$ ") == std::string::npos) throw Peer::Gone();
      });
      run(command + " answered " + answer, script, 1);
    }
  }
}

// A mail given in each odd way.
ImapScript giving(ImapFolder& folder, const std::string& uid, const std::string& answer) {
  return folder.script().on("UID FETCH " + uid + " ", answer);
}

ImapScript listing(ImapFolder& folder, const std::string& lines) {
  return folder.script().on("UID FETCH 1:*", lines + "$ OK done\r\n");
}

ImapScript noisy(ImapFolder& folder, const std::string& command, const std::string& noise) {
  ImapScript script = folder.script();
  const ImapScript usual = script;
  return script.on(command,
                   [usual, noise](Peer& peer, const std::string& tag, const std::string& said) {
                     peer.say(noise);
                     usual.answer(peer, tag, said);
                   });
}

const std::string noise =
    "* 9 EXISTS\r\n* 0 RECENT\r\n* 2 EXPUNGE\r\n* OK [ALERT] \xC4\xFA\xBA\xC3 {12}\r\n"
    "* 2 FETCH (FLAGS (\\Seen) UID 77)\r\n* SEARCH 1 2 3\r\n* FLAGS (\\Seen)\r\n"
    "* LIST () \"/\" {3}\r\nabc\r\n";

const std::vector<Fault> faults = {
    {"sizes that are too small or too large",
     [](ImapFolder& f) {
       return listing(f, f.listed(3, 1) + f.listed(4, 0) + f.listed(10, 9999));
     }},
    {"a list in descending order",
     [](ImapFolder& f) { return listing(f, f.listed(10, 1) + f.listed(4, 1) + f.listed(3, 1)); }},
    {"a mail listed twice",
     [](ImapFolder& f) {
       return listing(f, f.listed(3, 1) + f.listed(3, 1) + f.listed(4, 1) + f.listed(10, 1));
     }},
    {"a list that leaves one out", [](ImapFolder& f) { return listing(f, f.listed(10, 1)); }},
    {"OK without data, as Exchange says at times",
     [](ImapFolder& f) { return giving(f, "4", "$ OK done\r\n"); }},
    {"a body that is NIL",
     [](ImapFolder& f) { return giving(f, "4", "* 1 FETCH (UID 4 BODY[] NIL)\r\n$ OK done\r\n"); }},
    {"a body of no bytes",
     [](ImapFolder& f) {
       return giving(f, "4", "* 1 FETCH (UID 4 BODY[] {0}\r\n)\r\n$ OK done\r\n");
     }},
    {"NO to one mail", [](ImapFolder& f) { return giving(f, "4", "$ NO not found\r\n"); }},
    {"a mail given twice",
     [](ImapFolder& f) { return giving(f, "4", f.given(4) + f.given(4) + "$ OK done\r\n"); }},
    {"another mail's bytes", [](ImapFolder& f) { return giving(f, "4", f.given(3) + "$ OK\r\n"); }},
    {"a literal longer than what follows",
     [](ImapFolder& f) {
       return giving(f, "10", "* 1 FETCH (UID 10 BODY[] {900}\r\nSubject: x\r\n)\r\n$ OK done\r\n");
     }},
    {"a response before every list",
     [](ImapFolder& f) { return noisy(f, "UID FETCH 1:*", noise); }},
    {"a response before every mail", [](ImapFolder& f) { return noisy(f, "UID FETCH", noise); }},
    {"a response before every mark", [](ImapFolder& f) { return noisy(f, "UID STORE", noise); }},
    {"a goodbye before a mail",
     [](ImapFolder& f) { return noisy(f, "UID FETCH 4 ", "* BYE going down\r\n"); }},
    {"a new UIDVALIDITY in the middle",
     [](ImapFolder& f) { return noisy(f, "UID FETCH 4 ", "* OK [UIDVALIDITY 8] new\r\n"); }},
    {"byte by byte", [](ImapFolder& f) { return f.script().bytewise(); }},
    {"a server that knows nothing of SEARCH, STATUS and UIDNEXT",
     [](ImapFolder& f) {
       return f.script().on("UID SEARCH", "$ BAD no\r\n").on("STATUS", "$ OK nothing\r\n");
     }},
};

TEST_F(ImapFaults, OddAnswersLoseAndDoubleNothing) {
  for (const Fault& fault : faults) {
    begin();
    run(fault.name, fault.script(*folder_), fault.polls);
  }
}

TEST_F(ImapFaults, AnotherUidvalidityBetweenSessionsDoublesNothing) {
  begin();
  serve(folder_->script());
  poll();
  folder_->set_uidvalidity("99999999999999999999");
  poll(2);
  expect_all_once("a new UIDVALIDITY");
  folder_->set_uidvalidity("7");
  poll(2);
  expect_all_once("the old one again");
}

// The mailbox was rebuilt while half of it was taken in.
TEST_F(ImapFaults, AnotherUidvalidityAfterACutDoublesNothing) {
  begin();
  serve(disturbed(folder_->script(), [](Peer& peer) { peer.break_off_at_line(9); }));
  poll();
  folder_->set_uidvalidity("8");
  run("rebuilt", folder_->script());
}

}  // namespace
}  // namespace dengji
