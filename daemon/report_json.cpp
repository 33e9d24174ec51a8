#include "daemon/report_json.hpp"

#include <algorithm>

namespace dengji {

namespace {

Json counts_json(const std::vector<Report::Count>& counts, const char* key) {
  Json all = Json::array();
  for (const auto& [word, count] : counts) all.push_back({{key, word}, {"count", count}});
  return all;
}

Json office_json(const Report::Office& office, const Config& config) {
  return {{"office", office.office},     {"name", office_name(config, office.office)},
          {"received", office.received}, {"accepted", office.accepted},
          {"held", office.held},         {"rejected", office.rejected},
          {"records", office.records}};
}

}  // namespace

std::string office_name(const Config& config, const std::string& id) {
  const auto* office = config.office(id);
  return office != nullptr ? office->name : id;
}

std::vector<Report::Office> offices_of(const Report& report, const ReportFilter& filter,
                                       const Config& config) {
  std::vector<Report::Office> all, counted = report.offices;
  for (const auto& office : config.offices) {
    if (!filter.office.empty() && filter.office != office.id) continue;
    const auto found = std::find_if(counted.begin(), counted.end(),
                                    [&](const auto& one) { return one.office == office.id; });
    if (found == counted.end()) {
      all.emplace_back().office = office.id;
      continue;
    }
    all.push_back(*found);
    counted.erase(found);
  }
  all.insert(all.end(), counted.begin(), counted.end());
  return all;
}

Json report_json(const Report& report, const ReportFilter& filter, const Config& config) {
  Json offices = Json::array();
  for (const auto& office : offices_of(report, filter, config))
    offices.push_back(office_json(office, config));
  return {{"from", filter.from},
          {"to", filter.to},
          {"received", report.received},
          {"offices", std::move(offices)},
          {"forms", counts_json(report.forms, "word")},
          {"classes", counts_json(report.classes, "word")},
          {"decisions", counts_json(report.decisions, "word")},
          {"days", counts_json(report.days, "day")},
          {"answer",
           {{"mails", report.answer.mails},
            {"median_seconds", report.answer.median_seconds},
            {"p90_seconds", report.answer.p90_seconds}}}};
}

}  // namespace dengji
