// Which options of a choice are ticked, however people tick: a mark before or after the option, in
// a box or in brackets, the option alone typed, the others deleted. Pure; any text in.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "parsers/form.hpp"

namespace dengji {

struct Choice {
  std::vector<std::string> ticked;  // as in the spec, in its order
  bool blank = true;                // nothing was chosen: no text, or only unticked boxes
};

// Neither ticked nor blank: something stands there that is none of the options.
Choice read_choice(std::string_view text, const FieldSpec& spec);

}  // namespace dengji
