// In the place of store/failpoint.cpp: a daemon that breaks a promise on purpose, so that
// tests/bench/kill.py can be seen to notice. DENGJI_BROKEN=sent-first: a letter is committed as
// "sent" before it goes out; mark-first: mail leaves the mailbox before it is in the register. It
// is killed at failpoints as the true one is.
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/failpoint.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;

std::string_view setting(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

// The letter that is being sent (one thread sends), and the state that the register shows of it.
void show_letter_as(const std::string& state) {
  static std::int64_t letter = 0;
  Database database(fs::path(setting("DENGJI_STATE")), Database::Mode::guest);
  const auto sending = database.query("SELECT id FROM reply WHERE state = 'sending'");
  if (!sending.empty()) letter = sending.at(0).number(0);
  database.execute("UPDATE reply SET state = $1 WHERE id = $2", {state, letter});
}

void take_all_mail_away() {
  const fs::path mailbox = setting("DENGJI_BROKEN_MAILDIR");
  fs::create_directories(mailbox / ".done/cur");
  for (const auto& mail : fs::directory_iterator(mailbox / "new"))
    fs::rename(mail.path(), mailbox / ".done/cur" / (mail.path().filename().string() + ":2,S"));
}

void break_promise(std::string_view point) {
  const std::string_view how = setting("DENGJI_BROKEN");
  if (how == "sent-first" && point == "after-sending-commit") show_letter_as("sent");
  if (how == "sent-first" && point == "after-delivery") show_letter_as("sending");
  if (how == "mark-first" && point == "during-fetch") take_all_mail_away();
}

}  // namespace

void failpoint(const char* name) {
  static std::atomic<int> passed{0};
  break_promise(name);
  const std::string_view wanted = setting("DENGJI_FAILPOINT");
  const auto colon = wanted.find(':');
  if (wanted.empty() || wanted.substr(0, colon) != name) return;
  const int nth = colon == std::string_view::npos ? 1 : std::atoi(wanted.data() + colon + 1);
  if (++passed >= nth) std::raise(SIGKILL);
}

}  // namespace dengji
