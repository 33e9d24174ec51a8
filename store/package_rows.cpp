#include "store/package_rows.hpp"

#include "store/database.hpp"
#include "store/keyring.hpp"
#include "store/time.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

const char* const chosen =
    " r.id > $1 AND (r.office = $2 OR $2 = '') AND r.updated >= $3 AND r.updated < $4";

PackageVersion version_of(const Keyring& keys, const ResultRow& row) {
  const Id submission = row.number(15);
  PackageVersion version;
  version.version = static_cast<int>(row.number(4));
  version.status = record_status_from(row.text(5));
  version.at = row.number(6);
  version.action = row.text(7);
  version.platform = row.text(8);
  version.account_id = row.text(9);
  version.registrant_name = row.text(10);
  version.registrant_class = row.text(11);
  version.id_type = row.text(12);
  version.id_number = keys.open(row.text(13), sealed_place("submission.id_number", submission));
  version.fields_json = keys.open(row.text(14), sealed_place("submission.fields", submission));
  return version;
}

const char* const version_rows =
    "SELECT r.id, r.number, r.office, r.form, v.version, v.status, v.created, s.action, s.platform,"
    " s.account_id, s.registrant_name, s.registrant_class, s.id_type, s.id_number, s.fields, s.id"
    " FROM record r JOIN record_version v ON v.record = r.id"
    " JOIN submission s ON s.id = v.submission WHERE";

using Rows = std::vector<ResultRow>;

// The record whose versions begin at `row`, which moves behind them.
PackageRecord take_record(const Keyring& keys, Rows::const_iterator& row, const Rows& rows) {
  const Id id = row->number(0);
  PackageRecord record{row->text(1), row->text(2), row->text(3), {}};
  for (; row != rows.end() && row->number(0) == id; ++row)
    record.versions.push_back(version_of(keys, *row));
  return record;
}

// Of the records behind the first parameter, up to the one of id `last`.
Rows versions_of(Database& database, std::vector<Value> parameters, Id last) {
  parameters.emplace_back(last);
  return database.query(
      std::string(version_rows) + chosen + " AND r.id <= $5 ORDER BY r.id, v.version", parameters);
}

}  // namespace

std::optional<PackageRecord> package_record(Database& database, const std::string& number) {
  const auto rows =
      database.query(std::string(version_rows) + " r.number = $1 ORDER BY v.version", {number});
  auto row = rows.begin();
  if (rows.empty()) return std::nullopt;
  return take_record(database.keys(), row, rows);
}

void each_package_record(Database& database, const PackageFilter& filter,
                         const std::function<void(const PackageRecord&)>& call) {
  constexpr std::int64_t batch = 500;
  const auto period = period_of(filter.from, filter.to);
  if (!period) throw StoreError("package: a day is YYYY-MM-DD", false);
  Id last = 0;
  while (true) {
    const std::vector<Value> parameters = {last, filter.office, period->begin, period->end};
    const auto ids = database.query(std::string("SELECT r.id FROM record r WHERE") + chosen +
                                        " ORDER BY r.id LIMIT " + std::to_string(batch),
                                    parameters);
    if (ids.empty()) return;
    const auto rows = versions_of(database, parameters, ids.back().number(0));
    last = ids.back().number(0);
    for (auto row = rows.begin(); row != rows.end();) call(take_record(database.keys(), row, rows));
  }
}

}  // namespace dengji
