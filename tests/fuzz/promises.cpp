#include "tests/fuzz/promises.hpp"

#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji::fuzz {
namespace {

// What a document holds in all, counted while it is walked.
struct Extent {
  std::size_t cells = 0, bytes = 0;
};

void require_table(const Table& table, std::size_t depth, Extent& extent);

void require_cell(const Cell& cell, std::size_t rows_left, std::size_t depth, Extent& extent) {
  ++extent.cells;
  extent.bytes += cell.text.size();
  require_text(cell.text);
  require(cell.column >= 0 && cell.colspan >= 1 && cell.rowspan >= 1, "a cell covers something");
  require(static_cast<std::size_t>(cell.column) + static_cast<std::size_t>(cell.colspan) <=
              limits::table_columns,
          "a table keeps to its columns");
  require(static_cast<std::size_t>(cell.rowspan) <= rows_left, "a cell ends with its table");
  for (const Table& nested : cell.tables) require_table(nested, depth + 1, extent);
}

void require_table(const Table& table, std::size_t depth, Extent& extent) {
  require(depth <= limits::table_depth, "tables nest to a limit");
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    int next = 0;
    for (const Cell& cell : table.rows[row]) {
      require(cell.column >= next, "the cells of a row stand side by side, in order");
      require_cell(cell, table.rows.size() - row, depth, extent);
      next = cell.column + cell.colspan;
    }
  }
}

}  // namespace

void require(bool kept, std::string_view promise) {
  if (kept) return;
  std::cerr << "broken promise: " << promise << std::endl;
  std::abort();
}

void require_text(std::string_view text) {
  require(is_utf8(text), "text is UTF-8");
  require(text.find('\0') == text.npos, "text has no NUL");
}

void require_name(std::string_view name) {
  require_text(name);
  require(name.size() <= 255, "a file name is of 255 bytes at most");
  require(name.find_first_of("/\\") == name.npos, "a file name is no path");
  require(name != "." && name != "..", "a file name is no folder's");
}

void require_document(const Document& document) {
  Extent extent;
  for (const Block& block : document.blocks) {
    require(block.table.size() == (block.text.empty() ? 1u : 0u),
            "a block is a paragraph or a table");
    require_text(block.text);
    extent.bytes += block.text.size();
    for (const Table& table : block.table) require_table(table, 1, extent);
  }
  for (const std::string& margin : document.margins) {
    require_text(margin);
    extent.bytes += margin.size();
  }
  require(extent.cells <= limits::document_cells, "a document keeps to its cells");
  // A character of a symbol font may be a byte longer in Unicode, and cells are joined by line
  // ends.
  require(extent.bytes <= 2 * limits::document_text_bytes, "a document keeps to its text");
}

void require_attachment(const Attachment& attachment) {
  require_name(attachment.name);
  require_name(attachment.container);
  require_text(attachment.folder);
  require_text(attachment.declared_type);
  require_text(attachment.content_id);
  require(attachment.type == sniff(attachment.bytes), "a type is what the bytes show");
  require(attachment.sha256.size() == 64, "each attachment has its digest");
}

void require_answer(const Result<Document>& answer) {
  if (answer) {
    require_document(*answer);
  } else {
    require(!answer.reason().detail.empty(), "a reason says what it is");
  }
}

}  // namespace dengji::fuzz
