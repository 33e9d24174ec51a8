// Documents as short text, so that a test can say in one glance what it expects.
#pragma once
#include <string>

#include "parsers/document.hpp"

namespace dengji {

// A line a paragraph; a table's rows as "| a | b |" lines, where ">2" behind a cell's text is its
// colspan, "v3" its rowspan, "@1" a column that does not follow the cell before it; a line end in a
// cell is "/", a nested table "{...}". Margins last, as "# text".
std::string outline(const Document& document);

// The outline of a file under tests/data/parsers/documents, or "!reason: detail".
std::string outline_of_file(const std::string& name);
std::string outline_of(std::string name, std::string bytes);

}  // namespace dengji
