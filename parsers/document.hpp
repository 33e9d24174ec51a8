// Any document as blocks of text and tables with cells: Word 6-2003, Excel 5-2003, OOXML, RTF,
// OpenDocument text, HTML, MHT, PDF with a text layer. By content, never by extension. Facts only:
// what a form means is form.hpp's.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "parsers/attachment.hpp"
#include "parsers/result.hpp"

namespace dengji {

struct Table;

struct Cell {
  // UTF-8 without controls but '\t' and '\n', which joins paragraphs; check boxes as U+2611
  // (ticked) or U+2610.
  std::string text;
  int column = 0;  // 0-based grid column where it starts
  int colspan = 1, rowspan = 1;
  std::vector<Table> tables;  // nested ones, at most limits::table_depth deep
};

struct Table {
  std::vector<std::vector<Cell>> rows;  // a cell merged down stands once, in its first row
};

struct Block {               // in document order; exactly one of the two
  std::string text;          // a paragraph outside of tables
  std::vector<Table> table;  // empty, or one table
};

struct Document {
  FileType kind = FileType::unknown;
  std::vector<Block> blocks;  // the body
  std::vector<std::string>
      margins;  // texts of headers, footers, text boxes: where a title may stand
};

// PDF: Why::empty when there is no text layer (it is a scan then).
Result<Document> read_document(const Attachment& attachment);

std::vector<const Table*> all_tables(const Document&);  // nested ones included, outer first
std::string all_text(const Document&);                  // everything, for a look at what it is

}  // namespace dengji
