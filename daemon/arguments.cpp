#include "daemon/arguments.hpp"

#include <algorithm>

namespace dengji {

Arguments::Arguments(int argc, const char* const* argv, const std::vector<std::string>& with_value,
                     const std::vector<std::string>& flags) {
  const auto among = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  bool options = true;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (!options || !word.starts_with("--")) {
      words_.push_back(word);
      continue;
    }
    if (word == "--") {
      options = false;
      continue;
    }
    const auto equals = word.find('=');
    const auto name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    if (among(flags, name) && equals == std::string::npos) {
      options_[name] = "";
    } else if (!among(with_value, name)) {
      throw UsageError("unknown option " + word);
    } else if (equals != std::string::npos) {
      options_[name] = word.substr(equals + 1);
    } else if (++i < argc) {
      options_[name] = argv[i];
    } else {
      throw UsageError(word + " needs a value");
    }
  }
}

std::string Arguments::value(const std::string& name) const {
  const auto found = options_.find(name);
  return found == options_.end() ? "" : found->second;
}

}  // namespace dengji
