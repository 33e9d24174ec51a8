// A Report as the desk's page and `dengji report --json` show it (docs/CONTRACT.md), with every
// office of the configuration, also one that nothing came in for.
#pragma once
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "store/report.hpp"

namespace dengji {

// The offices of the filter in the configuration's order; after them those that it no longer has.
std::vector<Report::Office> offices_of(const Report&, const ReportFilter&, const Config&);
std::string office_name(const Config&, const std::string& id);  // the id where it is not known

Json report_json(const Report&, const ReportFilter&, const Config&);

}  // namespace dengji
