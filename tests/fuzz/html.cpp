#include "parsers/html.hpp"

#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

// MHT is told from HTML by nothing that a mutation would keep: both read everything.
void dengji::fuzz::read(std::string_view bytes) {
  require_answer(read_html_document(bytes));
  require_answer(read_mht(bytes));
}
