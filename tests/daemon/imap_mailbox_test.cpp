#include <atomic>

#include "parsers/limits.hpp"
#include "tests/daemon/imap_fixture.hpp"

namespace dengji {
namespace {

using namespace test;

TEST_F(Imap, TakesEachMailOnceAndMarksItAfterwards) {
  serve(folder({"3", "4", "10"}));
  ImapMailbox box = mailbox();
  taker_.at_done = [&] { EXPECT_EQ(server_->count("STORE"), 0); };
  taker_.poll(box);
  EXPECT_EQ(taker_.order, (std::vector<std::string>{"3", "4", "10"}));
  EXPECT_EQ(taker_.bytes.at("10"), mail);
  EXPECT_EQ(taker_.items.at("4").uidvalidity, "7");
  EXPECT_EQ(taker_.items.at("4").received, 1534728600);
  EXPECT_EQ(server_->count("UID STORE 3,4,10 +FLAGS.SILENT ($Dengji)"), 1);
  EXPECT_EQ(server_->count("BODY[]"), 0);
  EXPECT_EQ(server_->count("s3cret"), 1);
}

TEST_F(Imap, IntroducesItselfBeforeSelecting) {
  serve(folder({"1"}));
  ImapMailbox box = mailbox();
  taker_.poll(box);
  const auto heard = server_->heard();
  const auto find = [&heard](const std::string& part) {
    return std::find_if(heard.begin(), heard.end(), [&part](const std::string& line) {
      return line.find(part) != std::string::npos;
    });
  };
  EXPECT_LT(find("ID (\"name\" \"dengji\""), find("SELECT \"INBOX\""));
  EXPECT_LT(find("SELECT"), heard.end());
}

TEST_F(Imap, ReadsAServerThatSpeaksByteByByte) {
  serve(folder({"1", "2"}).bytewise());
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.bytes.at("2"), mail);
}

TEST_F(Imap, IsNotMisledByUnsolicitedResponses) {
  const std::string noise =
      "* 9 EXISTS\r\n* 0 RECENT\r\n* 2 EXPUNGE\r\n* OK [ALERT] quota {12}\r\n"
      "* 8 FETCH (FLAGS (\\Seen))\r\n* 8 FETCH (UID 77 FLAGS (\\Seen))\r\n* FLAGS (a b)\r\n"
      "* XNEWS (1 \"2\" {1}\r\n3)\r\n";
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", noise + given("1", mail) + noise + "$ OK done\r\n");
  script.on("UID FETCH 1:*", noise + listed("1", mail.size()) + noise + "$ OK done\r\n");
  script.on("CAPABILITY", noise + "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.order, std::vector<std::string>{"1"});
  EXPECT_EQ(taker_.bytes.at("1"), mail);
}

TEST_F(Imap, LosesNothingAtACutAnywhereInAMail) {
  const std::string answer = given("1", mail) + "$ OK done\r\n";
  std::atomic<std::size_t> cut = 0;
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", [&](Peer& peer, const std::string& tag, const std::string&) {
    const std::string whole = with_tag(answer, tag);
    peer.say(whole.substr(0, cut));
    if (cut < whole.size()) throw Peer::Gone();
  });
  serve(script);
  for (; cut < answer.size() - 8; cut += 11) {
    ImapMailbox box = mailbox();
    EXPECT_TRUE(failure(box).retry);
    EXPECT_TRUE(taker_.order.empty()) << "half a mail was taken, cut at " << cut;
  }
  cut = std::string::npos;
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.bytes.at("1"), mail);
}

TEST_F(Imap, ConnectsAnewAfterABreak) {
  ImapScript script = folder({"1", "2"});
  script.on("UID FETCH 2 ", [](Peer& peer, const std::string& tag, const std::string&) {
    if (peer.number() == 0) throw Peer::Gone();
    peer.say(given("2", mail) + tag + " OK done\r\n");
  });
  serve(script);
  ImapMailbox box = mailbox();
  EXPECT_TRUE(failure(box).retry);
  EXPECT_EQ(taker_.order, std::vector<std::string>{"1"});
  taker_.poll(box);
  EXPECT_EQ(taker_.order, (std::vector<std::string>{"1", "2"}));
  EXPECT_EQ(server_->count("UID STORE 1 "), 1) << "what the break left unmarked";
}

TEST_F(Imap, GivesUpOnAStallWithinAMail) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", [](Peer& peer, const std::string&, const std::string&) {
    peer.say("* 1 FETCH (UID 1 BODY[] {1000}\r\nSubject: half");
    peer.wait_until_gone();
  });
  serve(script);
  ImapMailbox box(config(), {std::chrono::seconds(1), std::chrono::seconds(20)});
  const MailboxError error = failure(box);
  EXPECT_TRUE(error.retry);
  EXPECT_NE(std::string(error.what()).find("in time"), std::string::npos) << error.what();
  EXPECT_TRUE(taker_.order.empty());
}

TEST_F(Imap, GivesUpOnOneByteAtATimeForever) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", [](Peer& peer, const std::string&, const std::string&) {
    peer.say("* 1 FETCH (UID 1 BODY[] {100000}\r\n");
    while (true) {
      peer.say("x");
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  });
  serve(script);
  ImapMailbox box(config(), {std::chrono::seconds(1), std::chrono::seconds(2)});
  EXPECT_TRUE(failure(box).retry);
}

TEST_F(Imap, HearsABye) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", "* BYE \xCF\xB5\xCD\xB3\xB7\xB1\xC3\xA6\r\n");  // 系统繁忙 in GBK
  serve(script);
  ImapMailbox box = mailbox();
  const MailboxError error = failure(box);
  EXPECT_TRUE(error.retry);
  EXPECT_NE(std::string(error.what()).find("系统繁忙"), std::string::npos) << error.what();
}

TEST_F(Imap, TellsOfTheAuthorisationCodeWhenTheLoginIsRefused) {
  ImapScript script;
  script.on("LOGIN", "$ NO LOGIN \xB5\xC7\xC2\xBC\xCA\xA7\xB0\xDC\r\n");  // 登录失败 in GBK
  serve(script);
  ImapMailbox box = mailbox();
  const MailboxError error = failure(box);
  EXPECT_FALSE(error.retry);
  const std::string words = error.what();
  EXPECT_NE(words.find("授权码"), std::string::npos) << words;
  EXPECT_NE(words.find("登录失败"), std::string::npos) << words;
  EXPECT_EQ(words.find("s3cret"), std::string::npos) << words;
}

TEST_F(Imap, SaysWhatTheServerSaysAboutTheFolder) {
  ImapScript script;
  script.on("SELECT", "$ NO SELECT Unsafe Login. Please contact kefu@188.example\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  const MailboxError error = failure(box);
  EXPECT_FALSE(error.retry);
  EXPECT_NE(std::string(error.what()).find("Unsafe Login"), std::string::npos);
}

TEST_F(Imap, TriesAnEmptyAnswerAgainAndThenTellsStaff) {
  ImapScript script = folder({"1", "2"});
  script.on("UID FETCH 1 ", "$ OK done\r\n");
  script.on("UID FETCH 1 (UID FLAGS)", "* 1 FETCH (UID 1 FLAGS ())\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  for (int poll = 1; poll <= 3; ++poll) {
    EXPECT_TRUE(taker_.not_given.empty()) << poll;
    taker_.poll(box);
    EXPECT_EQ(box.take_complaint().empty(), poll == 3);
  }
  EXPECT_EQ(taker_.order, std::vector<std::string>{"2"});
  EXPECT_EQ(taker_.not_given, std::vector<std::string>{"1"});
}

TEST_F(Imap, SaysNothingAboutAMailThatSomebodyRemoved) {
  ImapScript script = folder({"1", "2"});
  script.on("UID FETCH 1 ", "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  for (int poll = 0; poll < 4; ++poll) taker_.poll(box);
  EXPECT_EQ(box.take_complaint(), "");
  EXPECT_TRUE(taker_.not_given.empty());
  EXPECT_EQ(taker_.order, std::vector<std::string>{"2"});
}

TEST_F(Imap, TakesAQuotedBody) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1 ", "* 1 FETCH (BODY[] \"Subject: x\" UID 1)\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.bytes.at("1"), "Subject: x");
  EXPECT_EQ(taker_.items.at("1").received, 1534728600) << "the listing's date";
}

TEST_F(Imap, TakesOnlyTheHeaderOfWhatIsTooLargeBySizeOrByLiteral) {
  ImapScript script = folder({"1", "2", "3"});
  const std::size_t large = limits::message_bytes + 1;
  script.on("UID FETCH 1:*",
            listed("1", large) + listed("2", 10) + listed("3", 10) + "$ OK done\r\n");
  script.on("UID FETCH 2 ", [](Peer& peer, const std::string& tag, const std::string&) {
    const std::size_t size = limits::message_bytes + 1;
    peer.say("* 2 FETCH (UID 2 BODY[] {" + std::to_string(size) + "}\r\n");
    const std::string block(1 << 20, 'x');
    for (std::size_t sent = 0; sent < size; sent += block.size())
      peer.say(block.substr(0, std::min(block.size(), size - sent)));
    peer.say(")\r\n" + tag + " OK done\r\n");
  });
  const std::string header = "Subject: large\r\n\r\n";
  for (const std::string uid : {"1", "2"})
    script.on("UID FETCH " + uid + " (UID INTERNALDATE BODY.PEEK[HEADER]",
              "* 1 FETCH (UID " + uid + " BODY[HEADER]<0> " + imap_literal(header) +
                  ")\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.order, (std::vector<std::string>{"1", "3", "2"}));
  for (const std::string uid : {"1", "2"}) {
    EXPECT_EQ(taker_.bytes.at(uid), header);
    EXPECT_EQ(taker_.items.at(uid).size, static_cast<std::int64_t>(large));
  }
  EXPECT_EQ(server_->count("UID FETCH 1 (UID INTERNALDATE BODY.PEEK[])"), 0);
  EXPECT_EQ(server_->count("UID STORE 3 "), 1);
  EXPECT_EQ(server_->count("STORE"), 1) << "what was not read stays unmarked";
}

TEST_F(Imap, TakesNoMoreOfAHeaderThanItsLimit) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1:*", listed("1", limits::message_bytes + 1) + "$ OK done\r\n");
  // This server knows nothing of parts, and the header is as large as the mail.
  script.on("UID FETCH 1 (UID INTERNALDATE",
            "* 1 FETCH (UID 1 BODY[HEADER] " +
                imap_literal(std::string(3 * limits::header_block_bytes, 'x')) +
                ")\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.bytes.at("1").size(), limits::header_block_bytes);
}

TEST_F(Imap, TellsStaffOfALargeMailWhoseHeaderIsNotGiven) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1:*", listed("1", limits::message_bytes + 1) + "$ OK done\r\n");
  script.on("UID FETCH 1 ", "$ OK done\r\n");
  script.on("UID FETCH 1 (UID FLAGS)", "* 1 FETCH (UID 1 FLAGS ())\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  for (int poll = 1; poll <= 3; ++poll) taker_.poll(box);
  EXPECT_EQ(taker_.not_given, std::vector<std::string>{"1"});
}

TEST_F(Imap, TrustsTheLiteralNotTheSize) {
  ImapScript script = folder({"1"});
  script.on("UID FETCH 1:*", listed("1", 1) + "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.bytes.at("1"), mail);
  EXPECT_EQ(taker_.items.at("1").size, static_cast<std::int64_t>(mail.size()));
}

TEST_F(Imap, RefusesBytesUnderAnotherMailsName) {
  ImapScript script = folder({"1", "2"});
  script.on("UID FETCH 1 ", given("3", mail) + "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  EXPECT_TRUE(failure(box).retry);
  script.on("UID FETCH 1 ", "* 1 FETCH (BODY[] " + imap_literal(mail) + " UID 2)\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox other = mailbox();
  EXPECT_TRUE(failure(other).retry);
  EXPECT_TRUE(taker_.order.empty());
}

TEST_F(Imap, StopsWhereTheCommitFails) {
  serve(folder({"1", "2"}));
  ImapMailbox box = mailbox();
  taker_.fail_at_done = "disk full";
  EXPECT_THROW(taker_.poll(box), std::runtime_error);
  EXPECT_EQ(server_->count("STORE"), 0);
  taker_.fail_at_done.clear();
  taker_.poll(box);
  EXPECT_EQ(taker_.order.size(), 2u);
}

TEST_F(Imap, MovesToTheDoneFolderAndMakesItFirst) {
  ImapScript script = folder({"1", "2"});
  auto made = std::make_shared<bool>(false);
  script.on("CREATE", [made](Peer& peer, const std::string& tag, const std::string&) {
    *made = true;
    peer.say(tag + " OK done\r\n");
  });
  script.on("UID MOVE", [made](Peer& peer, const std::string& tag, const std::string&) {
    peer.say(*made ? "* 1 EXPUNGE\r\n" + tag + " OK done\r\n"
                   : tag + " NO [TRYCREATE] no such\r\n");
  });
  serve(script);
  MailboxConfig moving = config();
  moving.done_folder = "已登记";
  ImapMailbox box(moving);
  taker_.poll(box);
  EXPECT_EQ(server_->count("CREATE \"&XfJ2e4uw-\""), 1);
  EXPECT_EQ(server_->count("UID MOVE 1,2 \"&XfJ2e4uw-\""), 2);
  EXPECT_EQ(box.take_complaint(), "");
}

TEST_F(Imap, CopiesWhereTheServerCannotMove) {
  for (const bool uidplus : {true, false}) {
    ImapScript script = folder({"1"});
    script.on("CAPABILITY", std::string("* CAPABILITY IMAP4rev1") + (uidplus ? " UIDPLUS" : "") +
                                "\r\n$ OK done\r\n");
    serve(script);
    MailboxConfig moving = config();
    moving.done_folder = "done";
    ImapMailbox box(moving);
    MailboxTaker taker;
    taker.poll(box);
    EXPECT_EQ(server_->count("UID COPY 1 \"done\""), 1);
    EXPECT_EQ(server_->count("UID STORE 1 +FLAGS.SILENT (\\Deleted)"), 1);
    EXPECT_EQ(server_->count("UID EXPUNGE 1"), uidplus ? 1 : 0);
    EXPECT_EQ(server_->count("EXPUNGE"), uidplus ? 1 : 0);
  }
}

TEST_F(Imap, GoesOnWhenAMailCannotBeMoved) {
  ImapScript script = folder({"1"});
  script.on("UID MOVE", "$ NO [OVERQUOTA] full\r\n");
  serve(script);
  MailboxConfig moving = config();
  moving.done_folder = "done";
  ImapMailbox box(moving);
  taker_.poll(box);
  EXPECT_EQ(taker_.order, std::vector<std::string>{"1"});
  EXPECT_NE(box.take_complaint().find("full"), std::string::npos);
}

TEST_F(Imap, MarksWhatIsKnownAndWasLeftUnmarked) {
  ImapScript script;
  script.on("UID FETCH 1:*", listed("1", 10, "$Dengji") + listed("2", 10) +
                                 listed("3", 10, "\\Seen") + "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.known = {"7/1", "7/2", "7/3"};
  taker_.poll(box);
  EXPECT_EQ(server_->count("UID STORE 2,3 +FLAGS.SILENT ($Dengji)"), 1);
  EXPECT_EQ(server_->count("BODY.PEEK"), 0);
}

TEST_F(Imap, MarksAsSeenWhereKeywordsAreNotKept) {
  ImapScript script = folder({"1"});
  script.on("SELECT",
            "* OK [UIDVALIDITY 7] ok\r\n* OK [PERMANENTFLAGS (\\Seen)] x\r\n$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(server_->count("UID STORE 1 +FLAGS.SILENT (\\Seen)"), 1);
}

TEST_F(Imap, ListsOnlyWhatIsNewTheSecondTime) {
  ImapScript script = folder({"3", "8"});
  script.on("UID FETCH 3:*", listed("3", 5) + listed("8", 5) + "$ OK done\r\n");
  // "9:*" names the last mail even though its UID is below 9.
  script.on("UID FETCH 9:*", listed("8", mail.size()) + "$ OK done\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  for (int poll = 0; poll < 4; ++poll) taker_.poll(box);
  EXPECT_EQ(taker_.order, (std::vector<std::string>{"3", "8"}));
  EXPECT_EQ(server_->count("UID FETCH 1:*"), 1);
  EXPECT_EQ(server_->count("UID FETCH 3:*"), 1);
  EXPECT_EQ(server_->count("UID FETCH 9:*"), 2);
  EXPECT_EQ(server_->count("LOGIN"), 1) << "the connection is kept";
}

TEST_F(Imap, StartsAgainWhenTheFolderIsReplaced) {
  ImapScript script = folder({"1"});
  script.on("SELECT", [](Peer& peer, const std::string& tag, const std::string&) {
    const std::string validity = peer.number() == 0 ? "7" : "99999999999999999999";
    peer.say("* OK [UIDVALIDITY " + validity + "] ok\r\n" + tag + " OK done\r\n");
  });
  script.on("NOOP", [](Peer&, const std::string&, const std::string&) { throw Peer::Gone(); });
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  taker_.poll(box);
  EXPECT_EQ(taker_.items.at("1").uidvalidity, "99999999999999999999");
  EXPECT_EQ(taker_.order.size(), 2u);
}

TEST_F(Imap, LeavesTheBacklogUnmarked) {
  ImapScript script;
  script.on(
      "UID FETCH 1:*",
      "* 1 FETCH (UID 1 FLAGS () RFC822.SIZE 5 INTERNALDATE \"19-Aug-2018 15:59:59 +0000\")\r\n" +
          listed("2", 5) + "$ OK done\r\n");
  serve(script);
  MailboxConfig since = config();
  since.skip_before = "2018-08-20";
  ImapMailbox box(since);
  taker_.known = {"7/1", "7/2"};
  taker_.poll(box);
  EXPECT_EQ(server_->count("UID STORE 2 "), 1);
  EXPECT_EQ(server_->count("STORE"), 1);
}

TEST_F(Imap, FetchesManyWithoutWaitingForEach) {
  std::vector<std::string> uids;
  for (int uid = 1; uid <= 300; ++uid) uids.push_back(std::to_string(uid));
  ImapScript script = folder(uids);
  // The first mail is only given when more commands have come: whoever waits for it would stall.
  script.on("UID FETCH 1 ", [](Peer& peer, const std::string& tag, const std::string&) {
    for (int more = 0; more < 31; ++more) peer.line();
    peer.say(given("1", mail) + tag + " OK done\r\n");
    for (int more = 2; more < 33; ++more)
      peer.say(given(std::to_string(more), mail) + "D" +
               std::to_string(std::stoi(tag.substr(1)) + more - 1) + " OK done\r\n");
  });
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.order, uids);
}

TEST_F(Imap, TakesTheDataOfSeveralCommandsBeforeTheirStatus) {
  ImapScript script = folder({"1", "2", "3"});
  script.on("UID FETCH 1 ", [](Peer& peer, const std::string&, const std::string&) {
    peer.line();
    peer.line();
    peer.say(given("2", "Subject: two") + given("1", "Subject: one") +
             given("3", "Subject: three") + "D6 OK done\r\nD5 OK done\r\nD7 OK done\r\n");
  });
  serve(script);
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_EQ(taker_.order, (std::vector<std::string>{"2", "1", "3"}));
  EXPECT_EQ(taker_.bytes.at("1"), "Subject: one");
}

TEST_F(Imap, NeverSendsAPasswordInTheClear) {
  serve(folder({"1"}));
  MailboxConfig strict = config();
  strict.allow_plaintext = false;  // and this server offers no STARTTLS
  ImapMailbox box(strict);
  EXPECT_FALSE(failure(box).retry);
  EXPECT_EQ(server_->count("s3cret"), 0);
  MailboxConfig far = config();
  far.url = "imap://imap.office.example/INBOX";
  EXPECT_THROW(ImapMailbox{far}, MailboxError);
  far.url = "pop3://imap.office.example/";
  EXPECT_THROW(ImapMailbox{far}, MailboxError);
}

TEST_F(Imap, SaysWhenThePasswordFileCannotBeRead) {
  serve(folder({"1"}));
  MailboxConfig lacking = config();
  lacking.password_file = directory_.path() / "absent";
  ImapMailbox box(lacking);
  EXPECT_FALSE(failure(box).retry);
}

TEST_F(Imap, RetriesWhereNobodyListens) {
  serve(folder({"1"}));
  const MailboxConfig gone = config();
  server_.reset();
  ImapMailbox box(gone);
  EXPECT_TRUE(failure(box).retry);
}

TEST_F(Imap, ListsAnEmptyFolderThatSaysNo) {
  ImapScript script;
  script.on("UID FETCH 1:*", "$ NO no messages\r\n");
  serve(script);
  ImapMailbox box = mailbox();
  EXPECT_TRUE(taker_.list(box).empty());
}

}  // namespace
}  // namespace dengji
