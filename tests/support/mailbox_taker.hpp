// Takes mail in as the daemon does, but into maps: what tests of mailboxes look at.
#pragma once
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "daemon/mailbox.hpp"

namespace dengji::test {

struct MailboxTaker {
  std::map<std::string, std::string> bytes;  // by UID
  std::map<std::string, MailItem> items;
  std::vector<std::string> order, not_given;
  std::set<std::string> known;  // "UIDVALIDITY/UID"
  std::string fail_at_done;     // what done() throws, "" = nothing
  std::size_t longest_piece = 0;
  int kept = 0;  // how often what was done was committed
  std::function<void()> at_done;

  Mailbox::Sink sink() {
    Mailbox::Sink sink;
    sink.begin = [this](const MailItem&) { coming_.clear(); };
    sink.piece = [this](std::string_view piece) {
      coming_ += piece;
      longest_piece = std::max(longest_piece, piece.size());
    };
    sink.done = [this](const MailItem& item) {
      if (!fail_at_done.empty()) throw std::runtime_error(fail_at_done);
      bytes[item.uid] = std::move(coming_);
      items[item.uid] = item;
      order.push_back(item.uid);
      known.insert(item.uidvalidity + "/" + item.uid);
      if (at_done) at_done();
    };
    sink.keep = [this] { ++kept; };
    sink.not_given = [this](const MailItem& item) { not_given.push_back(item.uid); };
    return sink;
  }

  std::vector<MailItem> list(Mailbox& mailbox) {
    return mailbox.list([this](const std::string& uidvalidity, const std::string& uid) {
      return known.contains(uidvalidity + "/" + uid);
    });
  }
  void poll(Mailbox& mailbox) { mailbox.fetch(list(mailbox), sink()); }

 private:
  std::string coming_;
};

}  // namespace dengji::test
