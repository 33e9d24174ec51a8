// Another register's package taken into this one (汇总): for offices that run a dengji of their
// own. Records keep number, office and versions. The same package again changes nothing. One
// transaction, audited. Errors: Result with a reason where the package is none, and StoreError; in
// both cases nothing was changed.
#pragma once
#include <cstdint>
#include <istream>
#include <string>
#include <utility>
#include <vector>

#include "parsers/result.hpp"
#include "store/package_reader.hpp"

namespace dengji {

struct ImportConflict {
  std::string number, office, platform;  // as in the package
  std::string why;
};

struct Imported {
  PackageHeading from;
  std::int64_t added = 0, updated = 0, same = 0;
  std::int64_t conflicts = 0;          // left out
  std::vector<ImportConflict> listed;  // of these the first limits::package_conflicts
};

// `prefixes` as Register's: a number must be one that its office gives.
Result<Imported> import_package(Database&, std::istream&,
                                const std::vector<std::pair<std::string, std::string>>& prefixes,
                                const std::string& actor, Seconds now);

}  // namespace dengji
