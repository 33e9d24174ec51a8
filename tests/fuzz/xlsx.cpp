#include "parsers/xlsx.hpp"

#include "tests/fuzz/parts.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) {
  require_answer(read_xlsx(zip_of(bytes, "xl/worksheets/sheet1.xml")));
}
