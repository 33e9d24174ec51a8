// A command line: options with and without a value, and the words between them. "--name VALUE" and
// "--name=VALUE";
// "--" ends the options; "-" is a word.
#pragma once
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace dengji {

struct UsageError : std::runtime_error {  // what(): what is wrong with the words given
  using std::runtime_error::runtime_error;
};

class Arguments {
 public:
  Arguments(int argc, const char* const* argv, const std::vector<std::string>& with_value,
            const std::vector<std::string>& flags);

  bool has(const std::string& name) const { return options_.contains(name); }
  std::string value(const std::string& name) const;  // "" where not given
  const std::vector<std::string>& words() const { return words_; }

 private:
  std::map<std::string, std::string> options_;
  std::vector<std::string> words_;
};

}  // namespace dengji
