// What goes from register to register: `export`, `import`.
#include <ctime>
#include <fstream>
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/opened.hpp"
#include "daemon/package_labels.hpp"
#include "daemon/registering.hpp"
#include "daemon/text_table.hpp"
#include "store/export.hpp"
#include "store/file.hpp"
#include "store/import.hpp"
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

Json import_json(const Imported& done) {
  Json conflicts = Json::array();
  for (const auto& one : done.listed)
    conflicts.push_back({{"number", one.number},
                         {"office", one.office},
                         {"platform", one.platform},
                         {"why", one.why}});
  return {
      {"register", done.from.register_id}, {"made", done.from.made}, {"new", done.added},
      {"updated", done.updated},           {"same", done.same},      {"conflicts", done.conflicts},
      {"listed", std::move(conflicts)}};
}

void tell_import(const Imported& done) {
  std::cout << done.added << " new, " << done.updated << " updated, " << done.same << " same, "
            << done.conflicts << " conflicts\n";
  if (done.listed.empty()) return;
  TextTable table({"number", "office", "platform", "why it was left out"});
  for (const auto& one : done.listed) table.add({one.number, one.office, one.platform, one.why});
  std::cout << "\n" << table.text();
}

}  // namespace

int import_command(const Arguments& arguments) {
  constexpr int left_out = 1, no_package = 3;
  if (arguments.words().size() != 1) throw UsageError("import takes one PACKAGE.json");
  Opened opened(arguments);
  std::ifstream in(arguments.words().front(), std::ios::binary);
  const auto done = import_package(opened.database, in, prefixes_of(opened.config), operator_name(),
                                   std::time(nullptr));
  if (!done) {
    std::cerr << "dengji import: " << arguments.words().front() << ": " << done.reason().detail
              << "\n";
    return no_package;
  }
  if (arguments.has("json"))
    print(import_json(*done));
  else
    tell_import(*done);
  return done->conflicts > 0 ? left_out : 0;
}

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
