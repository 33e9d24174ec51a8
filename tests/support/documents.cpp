#include "tests/support/documents.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace dengji::test {
namespace {

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  for (std::size_t end = text.find(at); end != text.npos; end = text.find(at)) {
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.emplace_back(text);
  return parts;
}

std::string strip(std::string text) {
  text.erase(0, std::min(text.find_first_not_of(' '), text.size()));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

std::string with_line_ends(std::string_view text) {
  constexpr std::string_view mark = "¶";
  std::string out;
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark)) {
    out.append(text.substr(0, at)).push_back('\n');
    text.remove_prefix(at + mark.size());
  }
  return out.append(text);
}

Table rows_of(const std::vector<std::vector<std::string>>& texts);

Cell cell_of(std::string text, int column) {
  Cell cell;
  cell.column = column;
  text = strip(std::move(text));
  if (text.size() >= 2 && text[text.size() - 2] == '^') {
    cell.colspan = text.back() - '0';
    text.resize(text.size() - 2);
  }
  if (text.starts_with('{') && text.ends_with('}')) {
    std::vector<std::vector<std::string>> rows;
    for (const std::string& row : split(text.substr(1, text.size() - 2), ';')) {
      rows.push_back(split(row, '!'));
    }
    cell.tables.push_back(rows_of(rows));
    return cell;
  }
  cell.text = strip(with_line_ends(text));
  return cell;
}

Table rows_of(const std::vector<std::vector<std::string>>& texts) {
  Table table;
  std::map<int, std::pair<std::size_t, std::size_t>> above;  // column -> where its cell stands
  for (const auto& row : texts) {
    table.rows.emplace_back();
    int column = 0;
    for (const std::string& text : row) {
      if (strip(text) == "<") {
        Cell& merged = table.rows[above[column].first][above[column].second];
        ++merged.rowspan;
        column += merged.colspan;
        continue;
      }
      table.rows.back().push_back(cell_of(text, column));
      above[column] = {table.rows.size() - 1, table.rows.back().size() - 1};
      column += table.rows.back().back().colspan;
    }
  }
  return table;
}

}  // namespace

Document draw(std::string_view picture) {
  Document document;
  document.kind = FileType::docx;
  std::vector<std::vector<std::string>> rows;
  const auto flush = [&] {
    if (!rows.empty()) document.blocks.push_back({"", {rows_of(rows)}});
    rows.clear();
  };
  for (const std::string& line : split(picture, '\n')) {
    const std::string text = strip(line);
    if (text.starts_with('|')) {
      const std::size_t end =
          text.size() > 1 && text.ends_with('|') ? text.size() - 2 : text.size();
      rows.push_back(split(text.substr(1, end), '|'));
    } else {
      flush();
      if (!text.empty()) document.blocks.push_back({text, {}});
    }
  }
  flush();
  return document;
}

}  // namespace dengji::test
