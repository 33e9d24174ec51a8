// Register's questions: what is known, how each mailbox stands, lists and exports.
#include "parsers/text.hpp"
#include "store/database.hpp"
#include "store/register.hpp"
#include "store/time.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

// The gravest decision about each message, in the words of a Ledger.
const char* const graded_messages =
    "SELECT m.account AS account, m.office AS office, m.created AS created, CASE"
    " WHEN m.state IN ('received', 'claimed') THEN 'pending'"
    " WHEN m.disposition = 'ignored' THEN 'ignored'"
    " WHEN m.disposition = 'no-submission' THEN 'rejected'"
    " ELSE COALESCE((SELECT CASE MAX(CASE WHEN s.decision = 'accept' THEN 1"
    " WHEN s.decision = 'reject' OR s.completed_by IS NOT NULL THEN 2 ELSE 3 END) WHEN 1 THEN "
    "'filed' WHEN 2 THEN 'rejected' ELSE 'held' END FROM submission s"
    " WHERE s.message = m.id AND s.superseded = 0), 'held') END AS grade FROM message m";

const std::string grade_counts =
    "COUNT(g.grade), SUM(CASE WHEN g.grade = 'filed' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN g.grade = 'rejected' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN g.grade = 'held' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN g.grade = 'ignored' THEN 1 ELSE 0 END),"
    " SUM(CASE WHEN g.grade = 'pending' THEN 1 ELSE 0 END)";

Register::Row row_of(const ResultRow& row) {
  Register::Row listed;
  listed.number = row.text(0);
  listed.office = row.text(1);
  listed.platform = row.text(2);
  listed.form = row.text(3);
  listed.registrant_name = row.text(4);
  listed.decision = row.text(5);
  listed.received = rfc3339(row.number(6));
  listed.from = row.text(7);
  listed.submission = row.number(8);
  listed.message = row.number(9);
  listed.version = static_cast<int>(row.number(10));
  listed.status = row.text(11);
  return listed;
}

}  // namespace

std::vector<Known> Register::known(const std::string& form, const std::string& platform,
                                   const std::string& account_id) {
  const std::string platform_key = platform.empty() ? "" : fold_name(platform);
  const std::string account_key = account_id.empty() ? "" : fold_name(account_id);
  // An empty key would be sought among all the records without one.
  std::vector<Value> values;
  std::string which;
  if (!platform_key.empty()) {
    which = "(r.form = $1 AND r.platform_key = $2)";
    values = {form, platform_key};
  }
  if (!account_key.empty()) {
    values.emplace_back(account_key);
    which += std::string(which.empty() ? "" : " OR ") + "r.account_key = $" +
             std::to_string(values.size());
  }
  if (which.empty()) return {};
  const auto rows = database_.query(std::string("SELECT ") + known_columns + " FROM " + known_from +
                                        " WHERE " + which + " ORDER BY r.updated DESC, r.id DESC",
                                    values);
  std::vector<Known> known;
  for (const ResultRow& row : rows) known.push_back(known_of(database_, row));
  return known;
}

std::optional<Known> Register::known_by_number(const std::string& number) {
  const auto rows = database_.query(
      std::string("SELECT ") + known_columns + " FROM " + known_from + " WHERE r.number = $1",
      {number});
  if (rows.empty()) return std::nullopt;
  return known_of(database_, rows[0]);
}

std::vector<Ledger> Register::ledgers() {
  const auto rows =
      database_.query("SELECT a.account, a.office, " + grade_counts +
                      ", MAX(COALESCE(s.last_poll, 0)), MAX(COALESCE(s.last_error, '')),"
                      " MAX(COALESCE(s.waiting, 0)) FROM (SELECT account, office FROM mailbox_state"
                      " UNION SELECT account, office FROM message) a LEFT JOIN (" +
                      graded_messages +
                      ") g ON g.account = a.account AND g.office = a.office"
                      " LEFT JOIN mailbox_state s ON s.account = a.account AND s.office = a.office"
                      " GROUP BY a.account, a.office ORDER BY a.office, a.account");
  std::vector<Ledger> ledgers;
  for (const ResultRow& row : rows) {
    ledgers.push_back({row.text(1), row.text(0), row.number(2), row.number(3), row.number(4),
                       row.number(5), row.number(6), row.number(7), row.number(10), row.number(8),
                       row.text(9)});
  }
  return ledgers;
}

std::vector<LedgerDay> Register::ledger_days(Seconds since, const std::string& office) {
  const auto rows = database_.query(
      "SELECT MIN(g.created), g.office, g.account, " + grade_counts + " FROM (" + graded_messages +
          " WHERE m.created >= $1 AND (m.office = $2 OR $2 = '')) g"
          " GROUP BY (g.created + 28800) / 86400, g.office, g.account"
          " ORDER BY (g.created + 28800) / 86400 DESC, g.office, g.account",
      {since, office});
  std::vector<LedgerDay> days;
  for (const ResultRow& row : rows) {
    days.push_back({day_of(row.number(0)), row.text(1), row.text(2), row.number(3), row.number(4),
                    row.number(5), row.number(6), row.number(7), row.number(8)});
  }
  return days;
}

std::vector<Register::Row> Register::list(const Filter& filter) {
  // What was decided, or of a message without submissions what became of it.
  const std::string decision =
      "COALESCE(s.decision, CASE WHEN m.disposition = '' THEN 'pending' ELSE m.disposition END)";
  Where where;
  if (!filter.office.empty()) where.add("m.office = @", filter.office);
  if (!filter.decision.empty()) where.add(decision + " = @", filter.decision);
  if (!filter.text.empty()) {
    std::string any = where.with(
        "LOWER(s.platform) LIKE @ ESCAPE '\\' OR LOWER(s.registrant_name) LIKE @ ESCAPE '\\'"
        " OR LOWER(r.number) LIKE @ ESCAPE '\\' OR LOWER(m.sender) LIKE @ ESCAPE '\\'"
        " OR LOWER(m.subject) LIKE @ ESCAPE '\\'",
        like(filter.text));
    any += where.with(" OR s.id_number = @", filter.text);  // a whole number only: it may be sealed
    for (const std::string& key : database_.keys().lookups(filter.text))
      any += where.with(" OR s.id_key = @", key);
    where.sql += " AND (" + any + ')';
  }
  where.parameters.emplace_back(filter.limit);
  const auto rows = database_.query(
      "SELECT COALESCE(r.number, ''), m.office, COALESCE(s.platform, ''), COALESCE(s.form, ''),"
      " COALESCE(s.registrant_name, ''), " +
          decision +
          ", m.received, m.sender,"
          " COALESCE(s.id, 0), m.id, COALESCE(s.record_version, 0), COALESCE(r.status, '')"
          " FROM message m LEFT JOIN submission s ON s.message = m.id AND s.superseded = 0"
          " LEFT JOIN record r ON r.id = s.record WHERE 1 = 1" +
          where.sql + " ORDER BY m.id DESC, s.position LIMIT $" +
          std::to_string(where.parameters.size()),
      where.parameters);
  std::vector<Row> listed;
  for (const ResultRow& row : rows) listed.push_back(row_of(row));
  return listed;
}

void Register::each_record(
    const std::string& office,
    const std::function<void(const Known&, const std::string& updated)>& call) {
  constexpr std::int64_t batch = 500;
  Id last = 0;
  while (true) {
    const auto rows = database_.query(
        std::string("SELECT ") + known_columns + " FROM " + known_from +
            " WHERE r.id > $1 AND (r.office = $2 OR $2 = '') ORDER BY r.id LIMIT $3",
        {last, office, batch});
    if (rows.empty()) return;
    for (const ResultRow& row : rows) {
      const Known known = known_of(database_, row);
      last = known.record;
      call(known, rfc3339(row.number(12)));
    }
  }
}

}  // namespace dengji
