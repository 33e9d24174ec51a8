// IDLE (RFC 2177) against servers that have it, lack it, refuse it, or break off in it.
#include <poll.h>

#include "tests/daemon/imap_fixture.hpp"

namespace dengji {
namespace {

using namespace test;
using std::chrono::seconds;

bool readable(int descriptor, seconds most = seconds(10)) {
  pollfd wait = {descriptor, POLLIN, 0};
  return ::poll(&wait, 1, static_cast<int>(std::chrono::milliseconds(most).count())) == 1;
}

// Says `first` at once, and `later` when the test allows.
class Idle : public Imap {
 protected:
  void serve_idle(const std::string& first, const std::string& later = "") {
    ImapScript script = folder({"1"});
    script.on("IDLE", [=, this](Peer& peer, const std::string& tag, const std::string&) {
      peer.say(with_tag(first, tag));
      if (!later.empty()) {
        while (!go_on_) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        peer.say(with_tag(later, tag));
      }
      if (first.starts_with("+") && peer.line() == "DONE") peer.say(tag + " OK done\r\n");
    });
    serve(script);
  }
  std::atomic<bool> go_on_ = false;
};

TEST_F(Idle, TellsOfAMailThatArrives) {
  serve_idle("+ idling\r\n", "* 2 EXISTS\r\n");
  ImapMailbox box = mailbox();
  EXPECT_FALSE(box.start_waiting()) << "not connected yet";
  taker_.poll(box);
  const auto descriptor = box.start_waiting();
  ASSERT_TRUE(descriptor);
  EXPECT_FALSE(box.has_news());
  go_on_ = true;
  EXPECT_TRUE(readable(*descriptor));
  EXPECT_TRUE(box.has_news());
  taker_.poll(box);
  EXPECT_EQ(server_->count("DONE"), 1);
  EXPECT_EQ(server_->count("LOGIN"), 1) << "the connection is kept";
}

TEST_F(Idle, TellsOfAMailThatArrivedBeforeItBegan) {
  serve_idle("* 2 EXISTS\r\n+ idling\r\n");
  ImapMailbox box = mailbox();
  taker_.poll(box);
  EXPECT_TRUE(box.start_waiting());
  EXPECT_TRUE(box.has_news());
}

TEST_F(Idle, IsNoNewsWhenTheServerSaysThatItLives) {
  serve_idle("+ idling\r\n", "* OK still here\r\n");
  ImapMailbox box = mailbox();
  taker_.poll(box);
  const auto descriptor = box.start_waiting();
  ASSERT_TRUE(descriptor);
  go_on_ = true;
  EXPECT_TRUE(readable(*descriptor));
  EXPECT_FALSE(box.has_news());
  EXPECT_FALSE(readable(*descriptor, seconds(0))) << "else it would be looked at without end";
}

TEST_F(Idle, EndsWhenTheServerEndsItAndTheMailboxIsListedAnew) {
  for (const std::string end : {"* BYE logged out for inactivity\r\n", "$ OK enough\r\n"}) {
    go_on_ = false;
    serve_idle("+ idling\r\n", end);
    ImapMailbox box = mailbox();
    MailboxTaker taker;
    taker.poll(box);
    const auto descriptor = box.start_waiting();
    ASSERT_TRUE(descriptor);
    go_on_ = true;
    EXPECT_TRUE(readable(*descriptor));
    EXPECT_TRUE(box.has_news());
  }
}

TEST_F(Idle, IsNotUsedWhereTheServerRefusesOrLacksIt) {
  serve_idle("$ NO not now\r\n");
  ImapMailbox refused = mailbox();
  taker_.poll(refused);
  EXPECT_FALSE(refused.start_waiting());
  serve(folder({"1"}).on("CAPABILITY", "* CAPABILITY IMAP4rev1\r\n$ OK done\r\n"));
  ImapMailbox lacking = mailbox();
  taker_.poll(lacking);
  EXPECT_FALSE(lacking.start_waiting());
  EXPECT_EQ(server_->count("IDLE"), 0);
}

}  // namespace
}  // namespace dengji
