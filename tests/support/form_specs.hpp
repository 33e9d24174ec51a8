// The forms of etc/forms, as the daemon reads them.
#pragma once
#include "parsers/form.hpp"

namespace dengji::test {

// Read once; a mistake in etc/forms aborts the test program.
const FormSpecs& forms();

}  // namespace dengji::test
