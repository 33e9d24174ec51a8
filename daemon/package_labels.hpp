// The configuration's words for reporting packages: a sheet for each form, a column for each field
// that is filled in, in the form's order.
#pragma once
#include "daemon/config.hpp"
#include "store/package.hpp"

namespace dengji {

PackageLabels package_labels(const Config&);

}  // namespace dengji
