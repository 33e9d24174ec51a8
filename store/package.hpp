// Reporting packages (报送): what an office registered in a period, for the office above it. As a
// workbook and as CSV for people, each record in its newest version under the forms' own labels; as
// lines of JSON for another register, each record with all its versions (store/import.hpp reads
// it). Numbers are unmasked. Totals count what was written. Errors: StoreError.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "store/package_rows.hpp"

namespace dengji {

class Database;

struct PackageLabels {  // the configuration's words, in the order of the sheets and columns
  struct Form {
    std::string form, title;                                  // "website", 网站
    std::vector<std::pair<std::string, std::string>> fields;  // key, label
  };
  std::vector<Form> forms;
  std::map<std::string, std::string> offices;  // id -> name
};

struct PackageTotals {
  using Statuses = std::map<RecordStatus, std::int64_t>;
  std::int64_t records = 0;
  std::map<std::string, Statuses> forms;                               // each sums up to `records`
  std::map<std::string, std::map<std::string, std::int64_t>> offices;  // id -> form -> count
  std::map<std::string, std::int64_t> classes;
  void add(const PackageRecord&);
};

// Which register a package is from: 16 hexadecimal digits that stay the same and betray no key.
std::string register_id(const Database&);

// `made`: seconds since the epoch. RFC 4180, UTF-8 with a BOM; the columns of export_csv(), others
// behind them, and a last row with the totals.
PackageTotals write_csv_package(Database&, const PackageFilter&, const PackageLabels&, Seconds made,
                                std::ostream&);
// A line that says what it is, a line a record, a line with the totals: JSON each, LF.
PackageTotals write_json_package(Database&, const PackageFilter&, Seconds made, std::ostream&);
// The sheet 汇总 and one a form. Appears under that name (mode 0600) once it is whole; memory does
// not grow with the records. Cells are texts and, in 汇总, counts: never formulas.
PackageTotals write_xlsx_package(Database&, const PackageFilter&, const PackageLabels&,
                                 Seconds made, const std::filesystem::path& file);

// The register's words as people read them: 有效, 单位. Unknown ones stay as they are.
std::string status_label(RecordStatus);
std::string class_label(const std::string& word);
std::string id_type_label(const std::string& word);

// `fields_json` as keys and texts; a value that is no text in JSON's writing. Empty where it is no
// object.
std::map<std::string, std::string> fields_of(const std::string& fields_json);

}  // namespace dengji
