// Puts a Document together from what a reader meets in the order in which it meets it: paragraphs,
// tables, rows, cells, and margins (headers, footers, text boxes). It owns everything that the
// formats share: grid columns, cells merged across and down, nesting, symbol characters and the
// limits.
//
// Calls that do not fit (a cell without a row, an end without a begin) are mended, never refused:
// a row without a table opens one. Over a limit the builder goes deaf and failed() tells.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "parsers/document.hpp"
#include "parsers/table_grid.hpp"

namespace dengji {

enum class Margin { header, text_box };

class DocumentBuilder {
 public:
  // `tolerance`: edges nearer than this to each other are the same grid line.
  explicit DocumentBuilder(FileType kind, int tolerance = 0);
  ~DocumentBuilder();
  DocumentBuilder(const DocumentBuilder&) = delete;
  DocumentBuilder& operator=(const DocumentBuilder&) = delete;

  void text(std::string_view utf8);
  void character(char32_t code_point);
  void end_paragraph();

  void begin_table();
  void begin_row();
  void begin_cell();
  void end_cell(const CellPlace& place = {});
  // For formats that tell a row's shape at its end: the places of its cells so far, in order.
  void place_cells(const std::vector<CellPlace>& places);
  void end_row(int before = 0);  // grid columns left out in front of its first cell
  void drop_row();               // the open row was deleted
  void end_table();

  // A table in a header is flattened into its text; one in a text box is a table of the body, since
  // whole forms stand in text boxes, or of the cell in which the box is anchored.
  void begin_margin(Margin kind);
  void end_margin();

  int cell_depth() const;  // cells that are open around here, inside the innermost margin
  bool in_table() const;   // a table is open right here
  bool in_row() const;
  void refuse() { over_limit_ = true; }  // a reader saw a limit passed
  bool failed() const { return over_limit_; }
  Result<Document> finish();

 private:
  struct OpenTable;
  struct Frame;
  bool fits(std::size_t bytes);
  void put_table(Table table);
  Frame& top();

  FileType kind_;
  int tolerance_;
  std::vector<Frame> frames_;
  std::vector<Block> blocks_;
  std::vector<std::string> margins_;
  std::size_t bytes_ = 0, cells_ = 0;
  bool over_limit_ = false;
};

}  // namespace dengji
