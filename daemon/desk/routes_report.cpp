// What came in and what became of it, and the reporting packages (报送).
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

#include "daemon/calendar.hpp"
#include "daemon/desk/item_json.hpp"
#include "daemon/package_labels.hpp"
#include "daemon/summons_list.hpp"
#include "store/package.hpp"
#include "store/report.hpp"

namespace dengji {

namespace {

constexpr std::int64_t listed = 500;

std::string day_asked(const Asked& asked, const char* key) {
  auto day = asked.request.asked(key);
  if (!day.empty() && !days_between(day, day)) throw WebError(400, "bad-request", "日期不对。");
  return day;
}

WebResponse counts(DeskParts& parts, const Asked& asked) {
  const ReportFilter filter{bound_office(asked, asked.request.asked("office")),
                            day_asked(asked, "from"), day_asked(asked, "to")};
  return json_response(report_json(report(parts.database, filter), filter, parts.config));
}

WebResponse list(DeskParts& parts, const Asked& asked) {
  auto filter = summons_list(asked.request.asked("kind"), asked.now, parts.config);
  if (!filter) throw WebError(400, "bad-request", "没有这份清单。");
  filter->office = bound_office(asked, asked.request.asked("office"));
  filter->limit = listed;
  return json_response({{"items", items_json(parts.queue.search(*filter), parts, asked)}});
}

PackageFilter package_filter(const Asked& asked) {
  return {bound_office(asked, asked.request.asked("office")), day_asked(asked, "from"),
          day_asked(asked, "to")};
}

std::string package_name(const PackageFilter& filter, const Asked& asked, const char* ending) {
  return "登记汇总-" + (filter.office.empty() ? "全部" : filter.office) + "-" + day_of(asked.now) +
         ending;
}

WebResponse csv(DeskParts& parts, const Asked& asked) {
  const auto filter = package_filter(asked);
  auto response = download("", package_name(filter, asked, ".csv"), "text/csv; charset=utf-8");
  response.stream = [&parts, filter, now = asked.now](std::ostream& out) {
    write_csv_package(parts.database, filter, package_labels(parts.config), now, out);
  };
  return response;
}

// A workbook is written to a file first, since a zip's head comes last; gone when it is sent.
class TemporaryWorkbook {
 public:
  TemporaryWorkbook() {
    std::string name = (std::filesystem::temp_directory_path() / "dengji-export-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
  }
  ~TemporaryWorkbook() {
    std::error_code ignored;  // what is left lies in a folder that only we may read
    std::filesystem::remove_all(folder_, ignored);
  }
  TemporaryWorkbook(const TemporaryWorkbook&) = delete;
  TemporaryWorkbook& operator=(const TemporaryWorkbook&) = delete;
  std::filesystem::path file() const { return folder_ / "export.xlsx"; }

 private:
  std::filesystem::path folder_;
};

WebResponse xlsx(DeskParts& parts, const Asked& asked) {
  const auto filter = package_filter(asked);
  const auto workbook = std::make_shared<TemporaryWorkbook>();
  write_xlsx_package(parts.database, filter, package_labels(parts.config), asked.now,
                     workbook->file());
  auto response = download("", package_name(filter, asked, ".xlsx"),
                           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  response.stream = [workbook](std::ostream& out) {
    out << std::ifstream(workbook->file(), std::ios::binary).rdbuf();
  };
  return response;
}

}  // namespace

std::vector<Route> report_routes() {
  return {{"GET", "/api/reports", Needs::session, counts},
          {"GET", "/api/reports/list", Needs::session, list},
          {"GET", "/api/export.csv", Needs::exports, csv},
          {"GET", "/api/export.xlsx", Needs::exports, xlsx}};
}

}  // namespace dengji
