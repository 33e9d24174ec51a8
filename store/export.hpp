// The register for other programs: CSV (RFC 4180, UTF-8 with a BOM so that spreadsheets read
// Chinese) and JSON, one record's newest version each, numbers unmasked; and counts from county to
// city. Errors: StoreError.
#pragma once
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "store/register.hpp"

namespace dengji {

// A cell that starts like a formula (= + - @ tab CR) is led by ', quoted where RFC 4180 asks for
// it.
std::string csv_cell(std::string_view text);
std::string csv_line(const std::vector<std::string>& cells);  // with its CRLF

// Of one office, or of all where it is "".
void export_csv(Register&, const std::string& office, std::ostream&);
void export_json(Register&, const std::string& office, std::ostream&);  // an array of objects

struct RollupRow {
  std::string office, form, decision;  // the contract's words
  std::int64_t count = 0;              // submissions that stand (not superseded)
};
std::vector<RollupRow> rollup(Database&);

}  // namespace dengji
