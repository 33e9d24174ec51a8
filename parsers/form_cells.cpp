#include "parsers/form_cells.hpp"

#include <algorithm>

#include "parsers/date.hpp"
#include "parsers/form_inline.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// "营业执照（三证合一）" beside 证件类型: an answer and more, though a label begins with the same
// words.
bool begins_with_answer(const Meaning& meaning, const std::string& text) {
  const std::string key = fold_name(text);
  return std::any_of(meaning.candidates.begin(), meaning.candidates.end(), [&](const Candidate& c) {
    return std::any_of(c.field->choices.begin(), c.field->choices.end(), [&](const auto& choice) {
      return key.find(fold_name(choice)) != std::string::npos;
    });
  });
}

bool has_colon(const std::string& text) {
  return text.find(':') != std::string::npos || text.find("：") != std::string::npos;
}

}  // namespace

bool is_answer(const Meaning& meaning, const std::string& text) {
  const std::string key = fold_name(text);
  return std::any_of(meaning.candidates.begin(), meaning.candidates.end(), [&](const Candidate& c) {
    if (c.field->type == FieldType::date && read_date(text)) return true;
    return std::any_of(c.field->choices.begin(), c.field->choices.end(),
                       [&](const std::string& choice) { return fold_name(choice) == key; });
  });
}

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

bool is_section(const std::string& text) {
  const std::u32string letters = code_points(squeeze(fold_width(text)));
  const std::size_t from = letters.starts_with(U'(') ? 1 : 0;
  const std::size_t end = letters.find_first_not_of(U"一二三四五六七八九十", from);
  return end != letters.npos && end > from && (letters[end] == U'、' || letters[end] == U')');
}

const std::vector<std::string>& CellReader::keys(const Cell& cell) const {
  const auto [found, fresh] = keys_.try_emplace(&cell);
  if (fresh) found->second = label_keys(cell.text);
  return found->second;
}

Meaning CellReader::read(const Cell& cell) const { return book_.read(keys(cell), around); }

bool CellReader::is_label(const Cell& cell) const { return !blank(cell) && read(cell).known; }

Meaning CellReader::read_in(const Cell& cell, const GroupSpec* group) const {
  return book_.read(keys(cell), {group, nullptr});
}

const GroupSpec* CellReader::title_of(const Cell& cell) const {
  return read_in(cell, nullptr).group;
}

bool CellReader::leads_another(const Cell& cell, const Meaning& meaning) const {
  const std::string label = leading_text(cell.text);
  if (label.empty()) return false;
  Meaning leading = book_.read(label, around);
  if (!leading.known && guesses_ < limits::guessed_labels) {
    ++guesses_;
    leading = book_.guess(label, around);
  }
  return leading.known && !share_field(leading, meaning);
}

const Cell* CellReader::below(const std::vector<Line>& lines, std::size_t r,
                              const Cell& cell) const {
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

std::optional<const GroupSpec*> CellReader::headline(const std::string& text,
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

bool CellReader::begins_with(const std::vector<Cell>& row, const GroupSpec* group) const {
  return group != nullptr && row.size() >= 2 && book_.asks(*group, keys(row.front()));
}

Meaning CellReader::guess(const Cell& cell) const {
  if (blank(cell) || !cell.tables.empty() || guesses_ >= limits::guessed_labels) return {};
  ++guesses_;
  return book_.guess(cell.text, around);
}

std::size_t CellReader::guessed(const Line& line) const {
  return static_cast<std::size_t>(std::count_if(line.begin(), line.end(), [&](const Slot& slot) {
    return !slot.carried && !is_label(*slot.cell) && guess(*slot.cell).known;
  }));
}

bool CellReader::is_header(const std::vector<Line>& lines, std::size_t r) const {
  std::size_t labels = 0, others = 0;
  bool labels_over = true, others_over = true;  // values in the row below
  const Cell* left = nullptr;
  for (const Slot& slot : lines[r]) {
    if (slot.carried) continue;
    const bool answer = left != nullptr && is_answer(read(*left), text_of(*slot.cell));
    const bool answers =
        answer || (left != nullptr && begins_with_answer(read(*left), text_of(*slot.cell)));
    left = slot.cell;
    const bool over = below(lines, r, *slot.cell) != nullptr;
    if (answer || !is_label(*slot.cell)) {
      ++others;
      others_over = others_over && over && !answers;
    } else {
      ++labels;
      labels_over = labels_over && (over || read(*slot.cell).group != nullptr);
    }
  }
  if (others == 0) return labels >= 2 || (labels == 1 && lines[r].size() == 1);
  if (labels == 0 || !labels_over) return false;
  const std::size_t cells = labels + others;
  // Where every cell of the row stands over a value, one that is like a label is a label.
  if (others_over) labels += guessed(lines[r]);
  return labels >= 2 && labels * 2 > cells;
}

void CellReader::drop_spacers(std::vector<Line>& lines) const {
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

}  // namespace dengji
