#include "parsers/odt.hpp"

#include "tests/fuzz/parts.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) {
  require_answer(read_odt(zip_of(bytes, "content.xml")));
}
