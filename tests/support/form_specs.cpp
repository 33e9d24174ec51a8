#include "tests/support/form_specs.hpp"

#include <stdexcept>

#include "daemon/config_parts.hpp"

namespace dengji::test {

const FormSpecs& forms() {
  static const FormSpecs specs = [] {
    Mistakes mistakes;
    FormSpecs read = read_forms(SOURCE_DIR "/etc/forms", mistakes);
    if (!mistakes.none()) throw std::runtime_error(mistakes.text());
    return read;
  }();
  return specs;
}

}  // namespace dengji::test
