// `dengji report`: what an office's head asks of the register.
#include <ctime>
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/opened.hpp"
#include "daemon/report_json.hpp"
#include "daemon/summons_list.hpp"
#include "daemon/text_table.hpp"
#include "store/time.hpp"

namespace dengji {
namespace {

ReportFilter filter_of(const Arguments& arguments, const Config& config) {
  const ReportFilter filter{office_given(arguments, config), arguments.value("from"),
                            arguments.value("to")};
  if (!period_of(filter.from, filter.to))
    throw UsageError("--from and --to are days, YYYY-MM-DD, of UTC+8");
  return filter;
}

std::string office_table(const Report& report, const ReportFilter& filter, const Config& config) {
  TextTable table({"office", "name", "received", "accepted", "held", "rejected", "records"});
  Report::Office sum{"total", 0, 0, 0, 0, 0};
  const auto add = [&](const Report::Office& one, const std::string& name) {
    table.add({one.office, name, std::to_string(one.received), std::to_string(one.accepted),
               std::to_string(one.held), std::to_string(one.rejected),
               std::to_string(one.records)});
  };
  for (const auto& one : offices_of(report, filter, config)) {
    add(one, office_name(config, one.office));
    sum.received += one.received;
    sum.accepted += one.accepted;
    sum.held += one.held;
    sum.rejected += one.rejected;
    sum.records += one.records;
  }
  add(sum, "");
  return table.text();
}

std::string count_table(const std::string& what, const std::vector<Report::Count>& counts) {
  TextTable table({what, "count"});
  for (const auto& [word, count] : counts)
    table.add({word.empty() ? "(unknown)" : word, std::to_string(count)});
  return table.text();
}

// "3 d 04:05", "04:05:06"
std::string duration(std::int64_t seconds) {
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const auto hours = two(seconds / 3600 % 24), minutes = two(seconds / 60 % 60);
  if (seconds >= 86'400) return std::to_string(seconds / 86'400) + " d " + hours + ":" + minutes;
  return hours + ":" + minutes + ":" + two(seconds % 60);
}

std::string words_of(const Report& report, const ReportFilter& filter, const Config& config) {
  const auto& answer = report.answer;
  return "Submissions received " + (filter.from.empty() ? "" : "from " + filter.from + " ") +
         "to " + (filter.to.empty() ? "now" : filter.to) + ": " + std::to_string(report.received) +
         "\n\n" + office_table(report, filter, config) + "\n" + count_table("form", report.forms) +
         "\n" + count_table("registrant", report.classes) + "\n" + count_table("day", report.days) +
         "\nFirst letter after: half of " + std::to_string(answer.mails) + " mails within " +
         duration(answer.median_seconds) + ", nine tenths within " + duration(answer.p90_seconds) +
         "\n";
}

// All of a list, newest first, a page at a time.
int list_summons(const Arguments& arguments, Opened& opened) {
  auto filter = summons_list(arguments.value("list"), std::time(nullptr), opened.config);
  if (!filter) throw UsageError("--list is late, silent or refused");
  if (arguments.has("from") || arguments.has("to"))
    throw UsageError("--list tells of the whole register: without --from and --to");
  filter->office = office_given(arguments, opened.config);
  Queue queue(opened.database);
  Json all = Json::array();
  TextTable table({"submission", "received", "office", "platform", "registrant", "sender"});
  for (auto page = queue.search(*filter); !page.empty(); page = queue.search(*filter)) {
    for (const auto& item : page) {
      const auto submission = "S" + std::to_string(item.submission);
      all.push_back({{"submission", submission},
                     {"message", "M" + std::to_string(item.message)},
                     {"number", text_or_null(item.number)},
                     {"received", rfc3339(item.received)},
                     {"reminded", item.reminded > 0 ? Json(rfc3339(item.reminded)) : Json(nullptr)},
                     {"office", item.office},
                     {"platform", item.platform},
                     {"form", item.form},
                     {"registrant", item.registrant},
                     {"sender", item.sender}});
      table.add({submission, day_of(item.received), item.office, item.platform, item.registrant,
                 item.sender});
    }
    filter->after = page.back().submission;
  }
  if (arguments.has("json"))
    print(all);
  else
    std::cout << table.text();
  return std::cout.flush() ? 0 : 1;
}

}  // namespace

int report_command(const Arguments& arguments) {
  no_words(arguments);
  Opened opened(arguments);
  if (arguments.has("list")) return list_summons(arguments, opened);
  const auto filter = filter_of(arguments, opened.config);
  const auto counted = report(opened.database, filter);
  if (arguments.has("json"))
    print(report_json(counted, filter, opened.config));
  else
    std::cout << words_of(counted, filter, opened.config);
  return std::cout.flush() ? 0 : 1;
}

}  // namespace dengji
