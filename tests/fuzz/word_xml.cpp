#include "parsers/word_xml.hpp"

#include "tests/fuzz/parts.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

// The same XML stands in both: alone in WordML, as a part in OOXML.
void dengji::fuzz::read(std::string_view bytes) {
  require_answer(read_wordml(bytes));
  require_answer(read_docx(zip_of(bytes, "word/document.xml")));
}
