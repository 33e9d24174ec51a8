// The lines of another register's package (write_json_package()), which is a stranger's: each is
// capped (limits.hpp), its shape and words are checked, and the last must count what was read.
// Errors: Result with a reason that names the line.
#pragma once
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include "parsers/result.hpp"
#include "store/package.hpp"

namespace dengji {

struct PackageHeading {
  std::string register_id;  // 16 hexadecimal digits
  std::string office, from, to, made;
};

class PackageReader {
 public:
  explicit PackageReader(std::istream&);

  // First of all, once.
  Result<PackageHeading> heading();
  // The next record; none behind the last, once the totals agree.
  Result<std::optional<PackageRecord>> next();

 private:
  Result<std::string> line();
  Unreadable wrong(const std::string& what) const;

  std::istream& in_;
  std::vector<char> buffer_;
  std::size_t line_ = 0;
  PackageTotals read_;
};

}  // namespace dengji
