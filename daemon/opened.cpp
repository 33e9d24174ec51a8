#include "daemon/opened.hpp"

#include <charconv>
#include <cstdlib>
#include <iostream>

#include "daemon/keys.hpp"

namespace dengji {

Opened::Opened(const Arguments& arguments)
    : config(load_config(find_config(arguments.value("config")))),
      database(config.state, Database::Mode::guest, keyring_of(config)),
      records(database, {}),
      outbox(database) {}

void no_words(const Arguments& arguments) {
  if (!arguments.words().empty())
    throw UsageError("takes no word '" + arguments.words().front() + "'");
}

std::string office_given(const Arguments& arguments, const Config& config) {
  const std::string office = arguments.value("office");
  if (!office.empty() && config.office(office) == nullptr)
    throw UsageError("no office '" + office + "' in " + config.file.string());
  return office;
}

std::int64_t number_of(const std::string& text, const std::string& what) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value <= 0)
    throw UsageError("'" + text + "' is not a " + what);
  return value;
}

void print(const Json& json) { std::cout << dumped(json, 2) << "\n"; }

std::string operator_name() {
  const char* user = std::getenv("USER");
  return user != nullptr ? user : "operator";
}

}  // namespace dengji
