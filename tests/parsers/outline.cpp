#include "tests/parsers/outline.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tests/parsers/fixtures.hpp"

namespace dengji {
namespace {

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '/');
  return text;
}

std::string rows_of(const Table& table) {
  std::string out;
  for (const auto& row : table.rows) {
    out += '|';
    int next = 0;
    for (const Cell& cell : row) {
      out += ' ' + one_line(cell.text);
      for (const Table& nested : cell.tables) out += '{' + one_line(rows_of(nested)) + '}';
      if (cell.column != next) out += '@' + std::to_string(cell.column);
      if (cell.colspan != 1) out += '>' + std::to_string(cell.colspan);
      if (cell.rowspan != 1) out += 'v' + std::to_string(cell.rowspan);
      out += " |";
      next = cell.column + cell.colspan;
    }
    out += '\n';
  }
  return out;
}

}  // namespace

std::string outline(const Document& document) {
  std::string out;
  for (const Block& block : document.blocks) {
    if (block.table.empty()) out += block.text + '\n';
    for (const Table& table : block.table) out += rows_of(table);
  }
  for (const std::string& margin : document.margins) out += "# " + one_line(margin) + '\n';
  return out;
}

std::string outline_of(std::string name, std::string bytes) {
  const auto document = read_document(make_attachment(std::move(name), std::move(bytes)));
  if (document) return outline(*document);
  constexpr std::array reasons{"damaged", "encrypted", "unsupported", "over_limit", "empty"};
  return std::string("!") + reasons.at(static_cast<std::size_t>(document.reason().why)) + ": " +
         document.reason().detail;
}

std::string outline_of_file(const std::string& name) {
  return outline_of(name, test_data("documents/" + name));
}

}  // namespace dengji
