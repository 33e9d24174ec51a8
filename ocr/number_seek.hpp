// Expected identity numbers, looked for where something of their length and shape stands, so that
// few lines are read. Only confirms: that a number is not on the page nobody can say who has not
// read it all.
#pragma once
#include <string>
#include <vector>

#include "ocr/form_check.hpp"
#include "ocr/words.hpp"

namespace dengji {

// Those of the numbers (canonical) that stand on the page as they should, alone in a line, after
// their label or in two lines of a narrow cell. Reads at most ten lines and what lies below them.
std::vector<ReadNumber> seek_numbers(Words&, const Sheet&, Recogniser&,
                                     const std::vector<std::string>& numbers, const Budget&);

}  // namespace dengji
