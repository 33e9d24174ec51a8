#include "store/report.hpp"

#include <map>

#include "store/database.hpp"
#include "store/time.hpp"

namespace dengji {

namespace {

// Submissions that stand, with the mail that they came in.
const char* const standing =
    " FROM message m JOIN submission s ON s.message = m.id WHERE s.superseded = 0"
    " AND m.received >= $1 AND m.received < $2 AND (s.office = $3 OR $3 = '')";

std::vector<Value> parameters_of(const ReportFilter& filter) {
  const auto period = period_of(filter.from, filter.to);
  if (!period) throw StoreError("report: a day is YYYY-MM-DD", false);
  return {period->begin, period->end, filter.office};
}

class Counter {  // words with their counts, in the order of the words
 public:
  void add(const std::string& word, std::int64_t count) { counts_[word] += count; }
  std::vector<Report::Count> take() const {
    std::vector<Report::Count> all;
    for (const auto& [word, count] : counts_) all.push_back({word, count});
    return all;
  }

 private:
  std::map<std::string, std::int64_t> counts_;
};

std::int64_t& tally_of(Report::Office& office, const std::string& decision) {
  if (decision == "accept") return office.accepted;
  return decision == "reject" ? office.rejected : office.held;
}

void count_submissions(Database& database, const ReportFilter& filter, Report& report,
                       std::map<std::string, Report::Office>& offices) {
  Counter forms, classes, decisions;
  for (const ResultRow& row : database.query(
           std::string("SELECT s.office, s.form, s.registrant_class, s.decision, COUNT(*)") +
               standing + " GROUP BY s.office, s.form, s.registrant_class, s.decision",
           parameters_of(filter))) {
    const std::int64_t count = row.number(4);
    Report::Office& office = offices[row.text(0)];
    office.received += count;
    tally_of(office, row.text(3)) += count;
    forms.add(row.text(1), count);
    classes.add(row.text(2), count);
    decisions.add(row.text(3), count);
    report.received += count;
  }
  report.forms = forms.take();
  report.classes = classes.take();
  report.decisions = decisions.take();
}

void count_records(Database& database, const ReportFilter& filter,
                   std::map<std::string, Report::Office>& offices) {
  for (const ResultRow& row :
       database.query("SELECT office, COUNT(*) FROM record WHERE created >= $1 AND created < $2"
                      " AND (office = $3 OR $3 = '') GROUP BY office",
                      parameters_of(filter))) {
    offices[row.text(0)].records = row.number(1);
  }
}

std::vector<Report::Count> count_days(Database& database, const ReportFilter& filter) {
  // 28800: UTC+8. Written out, since parameters go by the order of their first use.
  std::vector<Report::Count> days;
  for (const ResultRow& row :
       database.query(std::string("SELECT (m.received + 28800) / 86400, COUNT(*)") + standing +
                          " GROUP BY (m.received + 28800) / 86400 ORDER BY 1",
                      parameters_of(filter))) {
    days.push_back({day_of(row.number(0) * 86'400 - 28'800), row.number(1)});
  }
  return days;
}

Report::Answer time_to_answer(Database& database, const ReportFilter& filter) {
  const auto rows = database.query(
      "SELECT mails, MAX(CASE WHEN place = (mails + 1) / 2 THEN seconds END),"
      " MAX(CASE WHEN place = (mails * 9 + 9) / 10 THEN seconds END) FROM"
      " (SELECT seconds, ROW_NUMBER() OVER (ORDER BY seconds) AS place, COUNT(*) OVER () AS mails"
      " FROM (SELECT MIN(p.finished) - m.received AS seconds FROM message m"
      " JOIN reply p ON p.message = m.id AND p.state = 'sent'"
      " WHERE m.received >= $1 AND m.received < $2 AND (m.office = $3 OR $3 = '')"
      " GROUP BY m.id, m.received) answered) placed GROUP BY mails",
      parameters_of(filter));
  if (rows.empty()) return {};
  return {rows[0].number(0), rows[0].number(1), rows[0].number(2)};
}

}  // namespace

Report report(Database& database, const ReportFilter& filter) {
  Report report;
  std::map<std::string, Report::Office> offices;
  count_submissions(database, filter, report, offices);
  count_records(database, filter, offices);
  for (auto& [id, office] : offices) {
    office.office = id;
    report.offices.push_back(office);
  }
  report.days = count_days(database, filter);
  report.answer = time_to_answer(database, filter);
  return report;
}

}  // namespace dengji
