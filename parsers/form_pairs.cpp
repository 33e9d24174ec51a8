#include "parsers/form_pairs.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "parsers/form_inline.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

struct Slot {  // a cell as it covers one row
  const Cell* cell = nullptr;
  int row = 0;           // where it starts
  bool carried = false;  // merged down from a row above
};
using Line = std::vector<Slot>;

// Each row with the cells that reach down into it, by column.
std::vector<Line> lines_of(const Table& table) {
  std::vector<Line> lines(table.rows.size());
  Line open;  // cells that reach further down
  for (std::size_t r = 0; r < lines.size(); ++r) {
    const int row = static_cast<int>(r);
    std::erase_if(open, [&](const Slot& s) { return s.row + s.cell->rowspan <= row; });
    lines[r] = open;
    for (const Cell& cell : table.rows[r]) {
      lines[r].push_back({&cell, row, false});
      if (cell.rowspan > 1 && open.size() < limits::carried_cells) {
        open.push_back({&cell, row, true});
      }
    }
    std::stable_sort(lines[r].begin(), lines[r].end(),
                     [](const Slot& a, const Slot& b) { return a.cell->column < b.cell->column; });
  }
  return lines;
}

void append_text(const Cell& cell, int depth, std::string& out) {
  if (!out.empty() && !cell.text.empty()) out += '\n';
  out += cell.text;
  if (depth <= 0) return;
  for (const Table& table : cell.tables) {
    for (const auto& row : table.rows) {
      for (const Cell& inner : row) append_text(inner, depth - 1, out);
    }
  }
}

std::string text_of(const Cell& cell) {
  std::string out;
  append_text(cell, static_cast<int>(limits::table_depth), out);
  return out;
}

bool blank(const Cell& cell) { return cell.tables.empty() && trim(cell.text).empty(); }

// One of the answers that the label's field expects, though it may look like a label.
bool is_answer(const Meaning& meaning, const std::string& text) {
  const std::string key = fold_name(text);
  return std::any_of(meaning.candidates.begin(), meaning.candidates.end(), [&](const Candidate& c) {
    return std::any_of(c.field->choices.begin(), c.field->choices.end(),
                       [&](const std::string& choice) { return fold_name(choice) == key; });
  });
}

// A choice whose options stand in cells of their own, a number with a cell a digit.
bool goes_on(const Meaning& meaning, const std::string& value, const std::string& next) {
  if (meaning.candidates.empty()) return false;
  const FieldSpec& field = *meaning.candidates.front().field;
  if (field.type == FieldType::choice) {
    const std::string key = fold_name(next);
    return std::any_of(field.choices.begin(), field.choices.end(), [&](const std::string& choice) {
      return key.find(fold_name(choice)) != std::string::npos;
    });
  }
  const bool number = field.type == FieldType::id || field.type == FieldType::citizen;
  return number && next.size() == 1 && code_points(value).size() < 18;
}

class Scanner {
 public:
  Scanner(const Document& document, const LabelBook& book) : book_(book) {
    const auto tables = all_tables(document);
    for (std::size_t i = 0; i < tables.size(); ++i) index_.emplace(tables[i], static_cast<int>(i));
  }

  void paragraph(const std::string& text, int index) {
    for (InlinePair& pair : inline_pairs(text, book_, paragraphs_)) {
      paragraphs_.last = group_of(pair.meaning, book_);
      push({std::move(pair.meaning), std::move(pair.value), {-1, index, 0}, false});
    }
  }

  void table(const Table& table, const GroupSpec* group, int depth) {
    if (depth <= 0) return;
    const auto found = index_.find(&table);
    const int outer_table = std::exchange(table_, found == index_.end() ? 0 : found->second);
    const Surroundings outer = std::exchange(around_, {group, nullptr});
    const std::vector<Line> lines = lines_of(table);
    const GroupSpec* section = group;
    std::unordered_map<int, const GroupSpec*> columns;  // group titles by the column they stand in
    for (std::size_t r = 0; r < lines.size(); ++r) {
      if (const auto header = section_of(lines[r])) {
        section = *header;
        continue;
      }
      around_.group = section;
      row(lines, r, columns, depth);
    }
    table_ = outer_table;
    around_ = outer;
  }

  std::vector<Pair> take() { return std::move(pairs_); }

 private:
  void push(Pair pair) {
    if (pairs_.size() < limits::form_pairs) pairs_.push_back(std::move(pair));
  }

  // A cell is read several times, in changing surroundings; folding its text is what costs.
  const std::vector<std::string>& keys(const Cell& cell) const {
    const auto [found, fresh] = keys_.try_emplace(&cell);
    if (fresh) found->second = label_keys(cell.text);
    return found->second;
  }
  Meaning read(const Cell& cell) const { return book_.read(keys(cell), around_); }
  bool is_label(const Cell& cell) const { return !blank(cell) && read(cell).known; }

  // A row of one cell: a group's title over its rows, or another headline, which ends the group.
  std::optional<const GroupSpec*> section_of(const Line& line) const {
    if (line.size() != 1 || line[0].carried || !line[0].cell->tables.empty()) return std::nullopt;
    const std::string& text = line[0].cell->text;
    if (keys(*line[0].cell).empty()) return std::nullopt;
    std::string key = keys(*line[0].cell).front();
    for (const std::string_view tail : {"基本信息", "基本情况", "信息", "情况", "资料"}) {
      if (key.size() > tail.size() && key.ends_with(tail)) {
        key.resize(key.size() - tail.size());
        break;
      }
    }
    const Meaning meaning = book_.read(std::vector{key}, {});
    if (meaning.group != nullptr) return meaning.group;
    if (book_.read(keys(*line[0].cell), {}).known || !inline_pairs(text, book_, {}).empty())
      return std::nullopt;
    return static_cast<const GroupSpec*>(nullptr);
  }

  // A row of nothing but labels: their values stand in the rows below.
  bool is_header(const Line& line) const {
    std::size_t labels = 0;
    for (const Slot& slot : line) {
      if (slot.carried) continue;
      if (!is_label(*slot.cell)) return false;
      ++labels;
    }
    return labels >= 2 || (labels == 1 && line.size() == 1);
  }

  const Cell* below(const std::vector<Line>& lines, std::size_t r, const Cell& cell) const {
    const std::size_t next = r + static_cast<std::size_t>(std::max(1, cell.rowspan));
    if (next >= lines.size()) return nullptr;
    for (const Slot& slot : lines[next]) {
      if (!slot.carried && slot.cell->column == cell.column) {
        return is_label(*slot.cell) ? nullptr : slot.cell;
      }
    }
    return nullptr;
  }

  void row(const std::vector<Line>& lines, std::size_t r,
           std::unordered_map<int, const GroupSpec*>& columns, int depth) {
    const Line& line = lines[r];
    const bool header = is_header(line);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Cell& cell = *line[i].cell;
      const auto above = columns.find(cell.column);
      if ((line[i].carried || blank(cell)) && above != columns.end()) {
        around_.group = above->second;
        continue;
      }
      columns.erase(cell.column);
      if (line[i].carried || used_.count(&cell) != 0) continue;
      if (blank(cell)) continue;
      const Meaning meaning = read(cell);
      if (meaning.group != nullptr && leads(lines, r, i, header)) {
        around_.group = columns[cell.column] = meaning.group;
      } else if (meaning.known) {
        label(lines, r, i, meaning, header);
      } else {
        inside(cell, static_cast<int>(r), depth);
      }
    }
  }

  // A group's title leads its row if a label stands beside it, not its own value below it.
  bool leads(const std::vector<Line>& lines, std::size_t r, std::size_t i, bool header) {
    const Line& line = lines[r];
    if (i + 1 >= line.size() || line[i + 1].carried) return false;
    const Cell& cell = *line[i].cell;
    const Cell& next = *line[i + 1].cell;
    if (!next.tables.empty()) return true;
    const GroupSpec* outer = std::exchange(around_.group, read(cell).group);
    const bool labelled = is_label(next) || !inline_pairs(next.text, book_, around_).empty();
    around_.group = outer;
    const Cell* under = header && cell.rowspan <= 1 ? below(lines, r, cell) : nullptr;
    return labelled && (under == nullptr || blank(*under));
  }

  void label(const std::vector<Line>& lines, std::size_t r, std::size_t i, const Meaning& meaning,
             bool header) {
    const Cell& cell = *lines[r][i].cell;
    around_.last = group_of(meaning, book_);
    Pair pair{meaning, "", {table_, static_cast<int>(r), cell.column}, true};
    if (const Cell* under = header ? below(lines, r, cell) : nullptr) {
      take_value(*under, r + 1, pair);
    } else if (i + 1 < lines[r].size()) {
      beside(lines[r], r, i + 1, pair);
    }
    push(std::move(pair));
  }

  void beside(const Line& line, std::size_t r, std::size_t i, Pair& pair) {
    const Cell& next = *line[i].cell;
    if (line[i].carried || used_.count(&next) != 0) return;
    if (!blank(next) && !is_answer(pair.meaning, text_of(next))) {
      if (is_label(next) || of_another(next, pair.meaning)) return;
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

  // "网站网址：a.example" beside 网站名称 is the next label with its own value; beside 网址 it is
  // the value.
  bool of_another(const Cell& cell, const Meaning& meaning) const {
    if (takes_rest(meaning)) return false;
    const Meaning leading = leading_label(cell.text, book_, around_);
    if (!leading.known) return false;
    return std::none_of(leading.candidates.begin(), leading.candidates.end(), [&](const auto& a) {
      return std::any_of(meaning.candidates.begin(), meaning.candidates.end(),
                         [&](const auto& b) { return a.field == b.field; });
    });
  }

  void take_value(const Cell& cell, std::size_t r, Pair& pair) {
    used_.insert(&cell);
    pair.value = text_of(cell);
    pair.place = {table_, static_cast<int>(r), cell.column};
  }

  // A cell that is no label: labels and values within it, and tables.
  void inside(const Cell& cell, int row, int depth) {
    for (InlinePair& pair : inline_pairs(cell.text, book_, around_)) {
      around_.last = group_of(pair.meaning, book_);
      push({std::move(pair.meaning), std::move(pair.value), {table_, row, cell.column}, true});
    }
    for (const Table& nested : cell.tables) table(nested, around_.group, depth - 1);
  }

  const LabelBook& book_;
  std::unordered_map<const Table*, int> index_;
  mutable std::unordered_map<const Cell*, std::vector<std::string>> keys_;
  std::unordered_set<const Cell*> used_;  // cells taken as values
  std::vector<Pair> pairs_;
  Surroundings around_, paragraphs_;
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
      scanner.table(block.table.front(), nullptr, static_cast<int>(limits::table_depth) + 1);
    }
  }
  return scanner.take();
}

}  // namespace dengji
