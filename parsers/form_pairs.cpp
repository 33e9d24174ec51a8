#include "parsers/form_pairs.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "parsers/form_inline.hpp"
#include "parsers/form_table.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

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

bool has_colon(const std::string& text) {
  return text.find(':') != std::string::npos || text.find("：") != std::string::npos;
}

// "三、" "（三）" in front, as the parts of a form have.
bool is_section(const std::string& text) {
  const std::u32string letters = code_points(squeeze(fold_width(text)));
  const std::size_t from = letters.starts_with(U'(') ? 1 : 0;
  const std::size_t end = letters.find_first_not_of(U"一二三四五六七八九十", from);
  return end != letters.npos && end > from && (letters[end] == U'、' || letters[end] == U')');
}

class Scanner {
 public:
  Scanner(const Document& document, const LabelBook& book) : book_(book) {
    const auto tables = all_tables(document);
    for (std::size_t i = 0; i < tables.size(); ++i) index_.emplace(tables[i], static_cast<int>(i));
  }

  // Headlines, labels with their values, and lines that go on what the line before began.
  void paragraph(const std::string& text, int index) {
    std::vector<InlinePair> found = inline_pairs(text, book_, paragraphs_);
    const auto group = headline(text, label_keys(text));
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
    if (blank_label && !top.rows.empty() && begins_with(top.rows.front(), paragraphs_.last)) {
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
    const Surroundings outer = std::exchange(around_, {group, nullptr});
    std::vector<Line> lines = lines_of(table);
    drop_spacers(lines);
    const GroupSpec* section = group;
    std::unordered_map<int, const GroupSpec*> columns;  // group titles by the column they stand in
    for (std::size_t r = 0; r < lines.size(); ++r) {
      if (const auto header = section_of(table, lines[r], r)) {
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

  // A group's title over its rows, lines or table, or another headline, which ends the group
  // (null); none where the text is a label or holds one. "填报单位：" is a label left blank,
  // "三、主办单位：" a headline.
  std::optional<const GroupSpec*> headline(const std::string& text,
                                           const std::vector<std::string>& keys) const {
    if (keys.empty()) return std::nullopt;
    const Meaning meaning = book_.read(keys, {});
    if (meaning.group != nullptr) {
      const bool label = !meaning.candidates.empty() && has_colon(text) && !is_section(text);
      return label ? std::nullopt : std::optional(meaning.group);
    }
    if (meaning.known || !inline_pairs(text, book_, {}).empty()) return std::nullopt;
    return static_cast<const GroupSpec*>(nullptr);
  }

  // A row of one cell that is a headline.
  std::optional<const GroupSpec*> section_of(const Table& table, const Line& line,
                                             std::size_t r) const {
    if (line.size() != 1 || line[0].carried || !line[0].cell->tables.empty()) return std::nullopt;
    const Cell& cell = *line[0].cell;
    const GroupSpec* group = book_.read(keys(cell), {}).group;
    const bool begins = r + 1 < table.rows.size() && begins_with(table.rows[r + 1], group);
    return begins ? std::optional(group) : headline(cell.text, keys(cell));
  }

  // "负责人：" left blank over a row that begins with 姓名 is the headline of what follows.
  bool begins_with(const std::vector<Cell>& row, const GroupSpec* group) const {
    if (group == nullptr || row.size() < 2) return false;
    const Meaning first = book_.read(keys(row.front()), {group, nullptr});
    return !first.candidates.empty() && first.candidates.front().fit == Fit::composed &&
           first.candidates.front().field->group == group->key;
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

  // Columns that are blank in every row and stand before values: drawn for their looks.
  void drop_spacers(std::vector<Line>& lines) const {
    struct Column {
      int cells = 0, filled = 0, before_labels = 0;
    };
    std::unordered_map<int, Column> columns;
    for (const Line& line : lines) {
      for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i].carried) continue;
        Column& column = columns[line[i].cell->column];
        ++column.cells;
        column.filled += blank(*line[i].cell) ? 0 : 1;
        const bool last = i + 1 == line.size();
        column.before_labels += last || is_label(*line[i + 1].cell) ? 1 : 0;
      }
    }
    for (Line& line : lines) {
      std::erase_if(line, [&](const Slot& slot) {
        const Column& column = columns[slot.cell->column];
        return column.filled == 0 && column.before_labels * 2 < column.cells;
      });
    }
  }

  // A row of labels whose values stand in the row below. It may hold labels that nobody knows, if
  // those that are known all stand over something else than a label.
  bool is_header(const std::vector<Line>& lines, std::size_t r) const {
    std::size_t labels = 0, others = 0;
    bool over_values = true;
    const Cell* left = nullptr;
    for (const Slot& slot : lines[r]) {
      if (slot.carried) continue;
      const bool answer = left != nullptr && is_answer(read(*left), text_of(*slot.cell));
      left = slot.cell;
      if (answer || !is_label(*slot.cell)) {
        ++others;
        continue;
      }
      ++labels;
      if (read(*slot.cell).group == nullptr) {
        over_values = over_values && below(lines, r, *slot.cell) != nullptr;
      }
    }
    if (others == 0) return labels >= 2 || (labels == 1 && lines[r].size() == 1);
    return labels >= 2 && labels > others && over_values;
  }

  const Cell* below(const std::vector<Line>& lines, std::size_t r, const Cell& cell) const {
    const std::size_t next = r + static_cast<std::size_t>(std::max(1, cell.rowspan));
    if (next >= lines.size()) return nullptr;
    for (const Slot& slot : lines[next]) {
      if (slot.carried || slot.cell->column != cell.column) continue;
      const Meaning meaning = read(cell);
      if (is_answer(meaning, text_of(*slot.cell))) return slot.cell;
      return is_label(*slot.cell) || leads_another(*slot.cell, meaning) ? nullptr : slot.cell;
    }
    return nullptr;
  }

  void row(const std::vector<Line>& lines, std::size_t r,
           std::unordered_map<int, const GroupSpec*>& columns, int depth) {
    const Line& line = lines[r];
    const bool header = is_header(lines, r);
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
      Meaning meaning = read(cell);
      if (!meaning.known && may_guess(line, i, header)) meaning = book_.guess(cell.text, around_);
      if (meaning.group != nullptr && leads(lines, r, i, header)) {
        around_.group = columns[cell.column] = meaning.group;
      } else if (meaning.known) {
        label(lines, r, i, meaning, header);
      } else {
        inside(cell, static_cast<int>(r), depth);
      }
    }
  }

  // Where a label that is not listed may stand: over a value or before one.
  bool may_guess(const Line& line, std::size_t i, bool header) {
    if (!line[i].cell->tables.empty() || guesses_ >= limits::guessed_labels) return false;
    const Cell* next = i + 1 < line.size() && !line[i + 1].carried ? line[i + 1].cell : nullptr;
    const bool before_value = next != nullptr && !blank(*next) && !is_label(*next);
    if (!header && !before_value) return false;
    ++guesses_;
    return true;
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
    return !takes_rest(meaning) && leads_another(cell, meaning);
  }

  bool leads_another(const Cell& cell, const Meaning& meaning) const {
    const Meaning leading = leading_label(cell.text, book_, around_);
    if (!leading.known) return false;
    return !share_field(leading, meaning);
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
  bool paragraph_open_ = false;  // the last pair was a paragraph's, and the next may go on
  int table_ = 0;
  std::size_t guesses_ = 0;
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
