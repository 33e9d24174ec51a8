#include "parsers/form_pairs.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "parsers/form_cells.hpp"
#include "parsers/form_inline.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

class Scanner {
 public:
  Scanner(const Document& document, const LabelBook& book) : book_(book), cells_(book) {
    const auto tables = all_tables(document);
    for (std::size_t i = 0; i < tables.size(); ++i) index_.emplace(tables[i], static_cast<int>(i));
  }

  // Headlines, labels with their values, and lines that go on what the line before began.
  void paragraph(const std::string& text, int index) {
    std::vector<InlinePair> found = inline_pairs(text, book_, paragraphs_);
    const auto group = cells_.headline(text, label_keys(text));
    if (found.empty() && paragraph_open_ && continues(text, index, group)) return;
    paragraph_open_ = false;
    if (group) {
      paragraphs_ = {*group, nullptr};
      found = inline_pairs(text, book_, paragraphs_);
    }
    for (InlinePair& pair : found) {
      paragraphs_.last = group_of(pair.meaning, book_);
      push({std::move(pair.meaning), std::move(pair.value), {-1, index, 0}, false});
      paragraph_open_ = true;
    }
  }

  // A table stands under the headline before it.
  void top_table(const Table& top) {
    const bool blank_label = paragraph_open_ && trim(pairs_.back().value).empty();
    if (blank_label && !top.rows.empty() &&
        cells_.begins_with(top.rows.front(), paragraphs_.last)) {
      paragraphs_.group = paragraphs_.last;
    }
    table(top, paragraphs_.group, static_cast<int>(limits::table_depth) + 1);
    paragraphs_ = {};
    paragraph_open_ = false;
  }

  void table(const Table& table, const GroupSpec* group, int depth) {
    if (depth <= 0) return;
    const auto found = index_.find(&table);
    const int outer_table = std::exchange(table_, found == index_.end() ? 0 : found->second);
    const Surroundings outer = std::exchange(cells_.around, {group, nullptr});
    std::vector<Line> lines = lines_of(table);
    cells_.drop_spacers(lines);
    const GroupSpec* section = group;
    std::unordered_map<int, const GroupSpec*> columns;  // group titles by the column they stand in
    for (std::size_t r = 0; r < lines.size(); ++r) {
      if (const auto header = section_of(table, lines[r], r)) {
        section = *header;
        continue;
      }
      cells_.around.group = section;
      if (const std::size_t rows = parties_in_rows(lines, r) + parties_in_columns(lines, r)) {
        r += rows;
        continue;
      }
      row(lines, r, columns, depth);
    }
    table_ = outer_table;
    cells_.around = outer;
  }

  std::vector<Pair> take() { return std::move(pairs_); }

 private:
  void push(Pair pair) {
    if (pairs_.size() < limits::form_pairs) pairs_.push_back(std::move(pair));
  }

  // A row of one cell that is a headline.
  std::optional<const GroupSpec*> section_of(const Table& table, const Line& line,
                                             std::size_t r) const {
    if (line.size() != 1 || line[0].carried) return std::nullopt;
    const Cell& cell = *line[0].cell;
    if (!cell.tables.empty() || used_.count(&cell) != 0) return std::nullopt;
    const GroupSpec* group = cells_.title_of(cell);
    const std::vector<Cell> none;
    const std::vector<Cell>& next = r + 1 < table.rows.size() ? table.rows[r + 1] : none;
    if (cells_.begins_with(next, group)) return group;
    // In a form of one column a party's title is the label of the cell below.
    const bool over_value = group != nullptr && next.size() == 1 && !blank(next.front()) &&
                            !cells_.read_in(cell, nullptr).candidates.empty() &&
                            !cells_.read_in(next.front(), group).known &&
                            inline_pairs(next.front().text, book_, {group, nullptr}).empty();
    return over_value ? std::nullopt : cells_.headline(cell.text, cells_.keys(cell));
  }

  // More lines of a long text, or of a choice's options, each a paragraph.
  bool continues(const std::string& text, int index, const std::optional<const GroupSpec*>& group) {
    Pair& open = pairs_.back();
    const bool ends = !group || *group != nullptr || is_section(text);
    const bool more = takes_rest(open.meaning) ? !ends : goes_on(open.meaning, open.value, text);
    if (!more) return false;
    if (open.value.empty()) open.place.row = index;
    open.value += (open.value.empty() ? "" : "\n") + text;
    return true;
  }

  // 人员 | 姓名 | 电话 over rows that begin with a party: 法定代表人 | … | …. The rows below the
  // first that were read.
  std::size_t parties_in_rows(const std::vector<Line>& lines, std::size_t r) {
    if (lines[r].size() < 2 || !cells_.is_header(lines, r)) return 0;
    std::size_t next = r + 1;
    for (; next < lines.size(); ++next) {
      const GroupSpec* party = lines[next].empty() || lines[next][0].carried
                                   ? nullptr
                                   : cells_.title_of(*lines[next][0].cell);
      if (party == nullptr || lines[next].size() < 2 || cells_.is_label(*lines[next][1].cell))
        break;
      if (is_answer(cells_.read(*lines[r][0].cell), text_of(*lines[next][0].cell))) break;
      for (std::size_t i = 1; i < lines[r].size(); ++i) {
        const Cell& label = *lines[r][i].cell;
        if (const Cell* value = at_column(lines[next], label.column)) {
          answer(cells_.read_in(label, party), *value, next);
        }
      }
    }
    return next - r - 1;
  }

  // 项目 | 法定代表人 | 负责人 over rows that begin with what is asked of each: 姓名 | … | ….
  std::size_t parties_in_columns(const std::vector<Line>& lines, std::size_t r) {
    const Line& head = lines[r];
    if (head.size() < 2 || (head.size() == 2 && cells_.is_label(*head[0].cell))) return 0;
    const bool parties = std::all_of(head.begin() + 1, head.end(), [&](const Slot& slot) {
      return !slot.carried && cells_.title_of(*slot.cell) != nullptr;
    });
    std::size_t next = r + 1;
    for (; parties && next < lines.size(); ++next) {
      if (lines[next].size() < 2 || lines[next][0].carried) break;
      const Cell& label = *lines[next][0].cell;
      bool any = false;
      for (std::size_t i = 1; i < head.size(); ++i) {
        const GroupSpec* party = cells_.title_of(*head[i].cell);
        const Cell* value = at_column(lines[next], head[i].cell->column);
        if (value == nullptr || !book_.asks(*party, cells_.keys(label)) || cells_.is_label(*value))
          continue;
        any = true;
        answer(cells_.read_in(label, party), *value, next);
      }
      if (!any) break;
    }
    return next - r - 1;
  }

  void answer(Meaning meaning, const Cell& value, std::size_t r) {
    Pair pair{std::move(meaning), "", {}, true};
    take_value(value, r, pair);
    push(std::move(pair));
  }

  void row(const std::vector<Line>& lines, std::size_t r,
           std::unordered_map<int, const GroupSpec*>& columns, int depth) {
    const Line& line = lines[r];
    const bool header = cells_.is_header(lines, r);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Cell& cell = *line[i].cell;
      const auto above = columns.find(cell.column);
      if ((line[i].carried || blank(cell)) && above != columns.end()) {
        cells_.around.group = above->second;
        continue;
      }
      columns.erase(cell.column);
      if (line[i].carried || used_.count(&cell) != 0) continue;
      if (blank(cell)) continue;
      Meaning meaning = cells_.read(cell);
      if (!meaning.known && may_guess(line, i, header)) meaning = cells_.guess(cell);
      if (meaning.group != nullptr && leads(lines, r, i, header)) {
        cells_.around.group = columns[cell.column] = meaning.group;
      } else if (meaning.known) {
        label(lines, r, i, meaning, header);
      } else {
        inside(cell, static_cast<int>(r), depth);
      }
    }
  }

  // Where a label that is not listed may stand: over a value or before one.
  bool may_guess(const Line& line, std::size_t i, bool header) const {
    const Cell* next = i + 1 < line.size() && !line[i + 1].carried ? line[i + 1].cell : nullptr;
    const bool before_value = next != nullptr && !blank(*next) && !cells_.is_label(*next);
    return header || before_value;
  }

  // A group's title leads its row if a label stands beside it, not its own value below it.
  bool leads(const std::vector<Line>& lines, std::size_t r, std::size_t i, bool header) {
    const Line& line = lines[r];
    if (i + 1 >= line.size() || line[i + 1].carried) return false;
    const Cell& cell = *line[i].cell;
    const Cell& next = *line[i + 1].cell;
    if (!next.tables.empty()) return true;
    const GroupSpec* outer = std::exchange(cells_.around.group, cells_.read(cell).group);
    const bool labelled =
        cells_.is_label(next) || !inline_pairs(next.text, book_, cells_.around).empty();
    cells_.around.group = outer;
    const Cell* under = header && cell.rowspan <= 1 ? cells_.below(lines, r, cell) : nullptr;
    return labelled && (under == nullptr || blank(*under));
  }

  void label(const std::vector<Line>& lines, std::size_t r, std::size_t i, const Meaning& meaning,
             bool header) {
    const Cell& cell = *lines[r][i].cell;
    cells_.around.last = group_of(meaning, book_);
    Pair pair{meaning, "", {table_, static_cast<int>(r), cell.column}, true};
    if (const Cell* under = header ? cells_.below(lines, r, cell) : nullptr) {
      take_value(*under, r + static_cast<std::size_t>(std::max(1, cell.rowspan)), pair);
    } else if (i + 1 < lines[r].size()) {
      beside(lines[r], r, i + 1, pair);
    }
    push(std::move(pair));
  }

  void beside(const Line& line, std::size_t r, std::size_t i, Pair& pair) {
    const Cell& next = *line[i].cell;
    if (line[i].carried || used_.count(&next) != 0) return;
    if (!blank(next) && !is_answer(pair.meaning, text_of(next))) {
      if (cells_.is_label(next) ||
          (!takes_rest(pair.meaning) && cells_.leads_another(next, pair.meaning)))
        return;
    }
    take_value(next, r, pair);
    for (++i; i < line.size() && !line[i].carried && !blank(*line[i].cell); ++i) {
      const std::string more = trim(text_of(*line[i].cell));
      if (!goes_on(pair.meaning, pair.value, more)) break;
      used_.insert(line[i].cell);
      const bool digits = more.size() == 1;
      pair.value += (digits ? "" : " ") + more;
    }
  }

  void take_value(const Cell& cell, std::size_t r, Pair& pair) {
    used_.insert(&cell);
    pair.value = text_of(cell);
    pair.place = {table_, static_cast<int>(r), cell.column};
  }

  // A cell that is no label: labels and values within it, and tables.
  void inside(const Cell& cell, int row, int depth) {
    for (InlinePair& pair : inline_pairs(cell.text, book_, cells_.around)) {
      cells_.around.last = group_of(pair.meaning, book_);
      push({std::move(pair.meaning), std::move(pair.value), {table_, row, cell.column}, true});
    }
    for (const Table& nested : cell.tables) table(nested, cells_.around.group, depth - 1);
  }

  const LabelBook& book_;
  CellReader cells_;
  std::unordered_map<const Table*, int> index_;
  std::unordered_set<const Cell*> used_;  // cells taken as values
  std::vector<Pair> pairs_;
  Surroundings paragraphs_;
  bool paragraph_open_ = false;  // the last pair was a paragraph's, and the next may go on
  int table_ = 0;
};

}  // namespace

std::vector<Pair> find_pairs(const Document& document, const LabelBook& book) {
  Scanner scanner(document, book);
  for (std::size_t i = 0; i < document.blocks.size(); ++i) {
    const Block& block = document.blocks[i];
    if (block.table.empty()) {
      scanner.paragraph(block.text, static_cast<int>(i));
    } else {
      scanner.top_table(block.table.front());
    }
  }
  return scanner.take();
}

}  // namespace dengji
