// Documents written down as a person would draw them, for tests of what forms mean.
#pragma once
#include <string_view>

#include "parsers/document.hpp"

namespace dengji::test {

// A line that begins with '|' is a table row, its cells between bars; rows in a run are one table;
// any other line is a paragraph. In a cell: "^2" at its end spans two columns, "<" alone is the
// cell above merged down, "¶" is a line end, "{" and "}" enclose a nested table whose rows are
// ended by
// ";" and whose cells by "!".
Document draw(std::string_view picture);

}  // namespace dengji::test
