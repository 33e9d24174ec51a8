// What the cells of a document mean as labels, in the surroundings that whoever reads a table
// keeps, and what its rows are by that: headlines, headers.
#pragma once
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "parsers/form_table.hpp"
#include "parsers/label.hpp"

namespace dengji {

class CellReader {
 public:
  explicit CellReader(const LabelBook& book) : book_(book) {}  // keeps a reference

  Surroundings around;  // of the cells that are read next

  const std::vector<std::string>& keys(const Cell& cell) const;
  Meaning read(const Cell& cell) const;
  Meaning read_in(const Cell& cell, const GroupSpec* group) const;  // whatever is around
  bool is_label(const Cell& cell) const;
  Meaning guess(const Cell& cell) const;              // at most limits::guessed_labels times
  const GroupSpec* title_of(const Cell& cell) const;  // the party that it names, or null

  // "网站网址：a.example" beside 网站名称 is the next label with its own value; beside 网址 it is
  // the value.
  bool leads_another(const Cell& cell, const Meaning& meaning) const;

  // The cell below, null where that is a label itself.
  const Cell* below(const std::vector<Line>& lines, std::size_t r, const Cell& cell) const;

  // A group's title over its rows, lines or table, or another headline, which ends the group
  // (null); none where the text is a label or holds one. "填报单位：" is a label left blank,
  // "三、主办单位：" a headline.
  std::optional<const GroupSpec*> headline(const std::string& text,
                                           const std::vector<std::string>& keys) const;

  // "负责人：" left blank over a row that begins with 姓名 is the headline of what follows.
  bool begins_with(const std::vector<Cell>& row, const GroupSpec* group) const;

  // A row of labels whose values stand in the row below. It may hold labels that nobody knows, if
  // those that are known all stand over something else than a label.
  bool is_header(const std::vector<Line>& lines, std::size_t r) const;

  // Takes out columns that are blank in every row and stand before values: drawn for their looks.
  void drop_spacers(std::vector<Line>& lines) const;

 private:
  std::size_t guessed(const Line& line) const;  // how many that are no known label are like one

  const LabelBook& book_;
  // A cell is read several times, in changing surroundings; folding its text is what costs.
  mutable std::unordered_map<const Cell*, std::vector<std::string>> keys_;
  mutable std::size_t guesses_ = 0;
};

// One of the answers that the label's field expects, though it may look like a label.
bool is_answer(const Meaning& meaning, const std::string& text);

// A choice whose options stand in cells of their own, a number with a cell a digit.
bool goes_on(const Meaning& meaning, const std::string& value, const std::string& next);

// "三、" "（三）" in front, as the parts of a form have.
bool is_section(const std::string& text);

}  // namespace dengji
