// What goes from register to register: `export`.
#include <ctime>
#include <fstream>
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/opened.hpp"
#include "daemon/package_labels.hpp"
#include "store/export.hpp"
#include "store/file.hpp"
#include "store/package.hpp"
#include "store/time.hpp"

namespace dengji {
namespace {

namespace fs = std::filesystem;

// A stream to --output, private since it holds identity numbers, or to standard output.
class Output {
 public:
  explicit Output(const std::string& file) : file_(file) {
    if (file.empty()) return;
    make_private_file(file);
    stream_.open(file, std::ios::binary | std::ios::trunc);
  }
  std::ostream& stream() { return file_.empty() ? std::cout : stream_; }
  void finish() {
    if (!stream().flush()) throw std::runtime_error("cannot write " + file_);
  }

 private:
  std::string file_;
  std::ofstream stream_;
};

PackageFilter package_filter(const Arguments& arguments, const Config& config) {
  const PackageFilter filter{office_given(arguments, config), arguments.value("from"),
                             arguments.value("to")};
  if (!period_of(filter.from, filter.to))
    throw UsageError("--from and --to are days, YYYY-MM-DD, of UTC+8");
  return filter;
}

void write_package(const Arguments& arguments, Opened& opened) {
  const auto format = arguments.value("format"), file = arguments.value("output");
  const auto filter = package_filter(arguments, opened.config);
  const auto labels = package_labels(opened.config);
  const auto now = std::time(nullptr);
  if (format == "xlsx") {
    if (file.empty()) throw UsageError("--format xlsx needs --output FILE");
    write_xlsx_package(opened.database, filter, labels, now, file);
    return;
  }
  if (format != "csv" && format != "json")
    throw UsageError("--format is csv, xlsx or json, not '" + format + "'");
  Output output(file);
  if (format == "csv")
    write_csv_package(opened.database, filter, labels, now, output.stream());
  else
    write_json_package(opened.database, filter, now, output.stream());
  output.finish();
}

void write_records(const Arguments& arguments, Opened& opened) {
  if (arguments.has("from") || arguments.has("to"))
    throw UsageError("--from and --to need --format");
  const auto office = arguments.value("office");
  Output output(arguments.value("output"));
  if (arguments.has("json"))
    export_json(opened.records, office, output.stream());
  else
    export_csv(opened.records, office, output.stream());
  output.finish();
}

}  // namespace

int export_command(const Arguments& arguments) {
  no_words(arguments);
  Opened opened(arguments);
  if (arguments.has("format"))
    write_package(arguments, opened);
  else
    write_records(arguments, opened);
  return 0;
}

}  // namespace dengji
