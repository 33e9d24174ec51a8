// The commands that look at the register while the daemon runs, and `requeue`, the one that changes
// it.
#include <ctime>
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/mailbox_json.hpp"
#include "daemon/opened.hpp"
#include "daemon/text_table.hpp"
#include "store/time.hpp"

namespace dengji {
namespace {

std::string cell_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  return value.is_null() ? "" : value.dump();
}

// These members of each object, under their names.
std::string table_of(const Json& rows, const std::vector<std::string>& keys) {
  TextTable table(keys);
  for (const auto& row : rows) {
    std::vector<std::string> cells;
    for (const auto& key : keys) cells.push_back(cell_of(row[key]));
    table.add(std::move(cells));
  }
  return table.text();
}

}  // namespace

int status_command(const Arguments& arguments) {
  no_words(arguments);
  Opened opened(arguments);
  const auto all = mailboxes_json(opened.records, opened.outbox, opened.config);
  if (arguments.has("json")) {
    print(all);
    return 0;
  }
  std::cout << table_of(all, {"mailbox", "seen", "filed", "rejected", "held", "ignored", "pending",
                              "waiting", "owed", "sent", "last_poll", "error"});
  return 0;
}

int ledger_command(const Arguments& arguments) {
  no_words(arguments);
  Opened opened(arguments);
  const auto days = std::min<std::int64_t>(
      arguments.has("days") ? number_of(arguments.value("days"), "count") : 7, 36'500);
  const Json all = ledger_json(opened.records, office_given(arguments, opened.config), days,
                               std::time(nullptr), opened.config);
  if (arguments.has("json"))
    print(all);
  else
    std::cout << table_of(
        all, {"day", "mailbox", "seen", "filed", "rejected", "held", "ignored", "pending"});
  return 0;
}

int list_command(const Arguments& arguments) {
  if (arguments.words().size() > 1) throw UsageError("list takes one TEXT");
  Opened opened(arguments);
  Register::Filter filter;
  filter.office = arguments.value("office");
  filter.decision = arguments.value("decision");
  if (!arguments.words().empty()) filter.text = arguments.words().front();
  if (arguments.has("limit")) filter.limit = number_of(arguments.value("limit"), "count");
  Json all = Json::array();
  TextTable table({"message", "office", "decision", "number", "platform", "registrant", "from"});
  for (const auto& row : opened.records.list(filter)) {
    const auto message = "M" + std::to_string(row.message);
    const auto submission = row.submission > 0 ? "S" + std::to_string(row.submission) : "";
    all.push_back({{"message", message},
                   {"submission", submission},
                   {"number", row.number},
                   {"office", row.office},
                   {"platform", row.platform},
                   {"form", row.form},
                   {"registrant", row.registrant_name},
                   {"decision", row.decision},
                   {"received", row.received},
                   {"from", row.from},
                   {"version", row.version},
                   {"status", row.status}});
    table.add({message, row.office, row.decision, row.number, row.platform, row.registrant_name,
               row.from});
  }
  if (arguments.has("json"))
    print(all);
  else
    std::cout << table.text();
  return 0;
}

int show_command(const Arguments& arguments) {
  if (arguments.words().size() != 1) throw UsageError("show takes one NUMBER");
  Opened opened(arguments);
  const auto& number = arguments.words().front();
  const auto json = opened.records.show(number);
  if (!json) {
    std::cerr << "dengji show: nothing is registered as " << number
              << "; `dengji list` shows what there is\n";
    return 1;
  }
  print(Json::parse(*json));
  return 0;
}

int requeue_command(const Arguments& arguments) {
  if (arguments.words().size() != 1 || !arguments.words().front().starts_with("M"))
    throw UsageError("requeue takes one MESSAGE, such as M12");
  const auto& word = arguments.words().front();
  Opened opened(arguments);
  const bool known = opened.records.requeue(number_of(word.substr(1), "message"),
                                            std::time(nullptr), operator_name());
  if (!known) {
    std::cerr << "dengji requeue: there is no message " << word
              << "; `dengji list` shows what there is\n";
    return 1;
  }
  if (arguments.has("json"))
    print({{"message", word}, {"state", "received"}});
  else
    std::cout << word << " will be read again when the daemon looks next\n";
  return 0;
}

}  // namespace dengji
