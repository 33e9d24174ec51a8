// What the commands beside the daemon share: the configuration with its register, and the checks of
// the words given. Errors: UsageError, ConfigError, StoreError.
#pragma once
#include <string>

#include "daemon/arguments.hpp"
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "store/database.hpp"
#include "store/outbox.hpp"
#include "store/register.hpp"

namespace dengji {

// The register as an operator sees it: beside the daemon, not instead of it.
struct Opened {
  explicit Opened(const Arguments&);
  Config config;
  Database database;
  Register records;
  Outbox outbox;
};

void no_words(const Arguments&);
// --office, which must be one of the configuration; "" where it is not given.
std::string office_given(const Arguments&, const Config&);
std::int64_t number_of(const std::string& text, const std::string& what);  // above 0
void print(const Json&);
std::string operator_name();  // for the audit: who runs this program

}  // namespace dengji
