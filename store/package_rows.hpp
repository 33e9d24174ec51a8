// The records of a reporting package, read from the register a piece at a time. Errors: StoreError.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "store/register.hpp"

namespace dengji {

struct PackageVersion {
  int version = 1;
  RecordStatus status = RecordStatus::active;
  Seconds at = 0;                // when it was registered
  std::string action, platform;  // the contract's words
  std::string account_id, registrant_name, registrant_class, id_type, id_number;
  std::string fields_json;
};

struct PackageRecord {
  std::string number, office, form;
  std::vector<PackageVersion> versions;  // all, from the first to the newest; never empty
  const PackageVersion& newest() const { return versions.back(); }
};

struct PackageFilter {
  std::string office;    // "": all
  std::string from, to;  // days (YYYY-MM-DD, UTC+8, both included) of the newest version; "": open
};

std::optional<PackageRecord> package_record(Database&, const std::string& number);

// In the order in which they were registered. Memory does not grow with their number.
void each_package_record(Database&, const PackageFilter&,
                         const std::function<void(const PackageRecord&)>&);

}  // namespace dengji
