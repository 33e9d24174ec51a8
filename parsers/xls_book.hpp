// The workbook globals of an Excel 5-2003 file ([MS-XLS] 2.1.7.20.3): fonts, formats, styles,
// shared strings and where the sheets are.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/biff.hpp"
#include "parsers/result.hpp"
#include "parsers/workbook.hpp"

namespace dengji {

struct XlsBook {
  bool wide = true;      // Excel 97-2003, whose strings are UTF-16
  int code_page = 1252;  // of the strings of Excel 5 and 95
  std::vector<std::string> fonts;
  Workbook shared;
  std::vector<std::uint32_t> sheets;  // where the visible worksheets begin in the stream

  // The string that stands at the cursor, whichever way this version of Excel stores it, as a cell
  // of that style shows it.
  std::string read_text(BiffCursor& cursor, std::size_t style) const;
  std::string read_short_text(BiffCursor& cursor) const;  // with its count in one byte
  std::string read_line(BiffCursor& cursor) const;  // of a format or a page's header: the count has
                                                    // one byte up to Excel 95, then two
  CellText with_fonts(const BiffString& string) const;
  std::string font(std::size_t number) const;  // "" where there is none of that number
};

Result<XlsBook> read_xls_book(std::string_view stream);

}  // namespace dengji
