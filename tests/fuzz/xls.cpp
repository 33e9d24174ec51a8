#include "parsers/xls.hpp"

#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

void dengji::fuzz::read(std::string_view bytes) { require_answer(read_xls(bytes)); }
