#include "tests/support/imap_folder.hpp"

#include <sstream>

namespace dengji::test {
namespace {

std::vector<int> uids_of(const std::string& set) {
  std::vector<int> uids;
  std::istringstream words(set);
  for (std::string word; std::getline(words, word, ',');) uids.push_back(std::stoi(word));
  return uids;
}

// The blank-separated word at `index` of a command.
std::string word_of(const std::string& command, int index) {
  std::istringstream words(command);
  std::string word;
  for (int i = 0; i <= index; ++i) words >> word;
  return word;
}

}  // namespace

ImapFolder::ImapFolder(std::map<int, std::string> mails) {
  for (auto& [uid, bytes] : mails) mails_[uid].bytes = std::move(bytes);
}

ImapScript ImapFolder::script() {
  ImapScript script;
  script.on("SELECT", [this](Peer& peer, const std::string& tag, const std::string&) {
    peer.say("* OK [UIDVALIDITY " + uidvalidity() +
             "] ok\r\n* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] ok\r\n" + tag + " OK done\r\n");
  });
  script.on("UID FETCH ", [this](Peer& peer, const std::string& tag, const std::string& command) {
    const std::string set = word_of(command, 2);
    if (set.ends_with(":*"))
      peer.say(list(std::stoi(set)));
    else
      peer.say(command.find("BODY.PEEK") == std::string::npos ? list(std::stoi(set))
                                                              : given(std::stoi(set)));
    peer.say(tag + " OK done\r\n");
  });
  script.on("UID STORE ", [this](Peer& peer, const std::string& tag, const std::string& command) {
    store(word_of(command, 2), word_of(command, 4));
    peer.say(tag + " OK done\r\n");
  });
  script.on("UID MOVE ", [this](Peer& peer, const std::string& tag, const std::string& command) {
    move(word_of(command, 2));
    peer.say(tag + " OK done\r\n");
  });
  script.on("IDLE", "$ NO not here\r\n");
  return script;
}

void ImapFolder::set_uidvalidity(const std::string& value) {
  const std::lock_guard guard(mutex_);
  uidvalidity_ = value;
}

std::string ImapFolder::uidvalidity() const {
  const std::lock_guard guard(mutex_);
  return uidvalidity_;
}

std::map<int, ImapFolder::Mail> ImapFolder::mails() const {
  const std::lock_guard guard(mutex_);
  return mails_;
}

std::vector<std::string> ImapFolder::moved() const {
  const std::lock_guard guard(mutex_);
  return moved_;
}

std::string ImapFolder::listed(int uid, std::size_t size) const {
  std::string flags;
  const Mail mail = mails().at(uid);
  for (const std::string& flag : mail.flags) flags += (flags.empty() ? "" : " ") + flag;
  return "* 1 FETCH (UID " + std::to_string(uid) + " FLAGS (" + flags + ") RFC822.SIZE " +
         std::to_string(size) + " INTERNALDATE \"20-Aug-2018 09:30:00 +0800\")\r\n";
}

std::string ImapFolder::given(int uid) const {
  const auto all = mails();
  const auto mail = all.find(uid);
  if (mail == all.end()) return "";
  return "* 1 FETCH (UID " + std::to_string(uid) +
         " INTERNALDATE \"20-Aug-2018 09:30:00 +0800\" BODY[] " + imap_literal(mail->second.bytes) +
         ")\r\n";
}

std::string ImapFolder::list(int first) const {
  std::string lines;
  for (const auto& [uid, mail] : mails())
    if (uid >= first) lines += listed(uid, mail.bytes.size());
  return lines;
}

void ImapFolder::store(const std::string& set, const std::string& flag) {
  const std::lock_guard guard(mutex_);
  for (const int uid : uids_of(set))
    if (const auto mail = mails_.find(uid); mail != mails_.end())
      mail->second.flags.insert(flag.substr(1, flag.size() - 2));
}

void ImapFolder::move(const std::string& set) {
  const std::lock_guard guard(mutex_);
  for (const int uid : uids_of(set))
    if (const auto mail = mails_.extract(uid)) moved_.push_back(mail.mapped().bytes);
}

}  // namespace dengji::test
