// The parts of an Excel 2007+ workbook (SpreadsheetML, ECMA-376 part 1 clause 18) that its sheets
// share: which sheets there are, where their parts are, texts, fonts, formats and styles.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/result.hpp"
#include "parsers/workbook.hpp"

namespace dengji {

struct XlsxBook {
  Workbook shared;
  std::vector<std::string> sheets;  // the visible ones, by the id of their relationship
};

// Each takes the bytes of its part and adds to the book what it says.
std::optional<Unreadable> read_workbook_part(std::string_view xml, XlsxBook& book);
std::optional<Unreadable> read_shared_strings(std::string_view xml, Workbook& book);
std::optional<Unreadable> read_styles(std::string_view xml, Workbook& book);

// "xl/worksheets/sheet1.xml": the part that a target means, in lower case, seen from the folder of
// the part that has the relationship.
std::string part_of_target(std::string_view folder, std::string_view target);

struct XlsxRelation {
  std::string type;  // the last component of its URI: "worksheet", "drawing"
  std::string part;
};
using XlsxRelations = std::map<std::string, XlsxRelation>;  // by id
XlsxRelations read_relations(std::string_view xml, std::string_view folder);

// One <si> or <is>, fed by a reader of the part that it stands in.
class XlsxTextReader {
 public:
  void start(std::string_view name, std::string_view value);  // value: its attribute "val"
  void end(std::string_view name);
  void text(std::string_view utf8);
  CellText take();

 private:
  CellText text_;
  std::string run_, font_;
  bool in_run_ = false, has_font_ = false, in_text_ = false, phonetic_ = false;
};

// "_x000D_" and its like, which stand for characters that XML cannot hold (22.9.2.19 ST_Xstring).
std::string unescape_xstring(std::string_view text);

}  // namespace dengji
