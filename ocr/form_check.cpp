#include "ocr/form_check.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

// A name of up to three characters has no room for errors; a longer one may have one in four
// misread.
double enough(std::size_t length) { return length <= 3 ? 1 : 0.75; }

bool same_name(std::u32string_view name, std::u32string_view text,
               std::span<const double> confidence) {
  return !name.empty() && find_alike(name, text, confidence).score >= enough(name.size());
}

bool is_label(std::u32string_view text, const FormSpec& spec) {
  for (const auto& field : spec.fields) {
    if (likeness(fold(field.label), text) >= 0.7) return true;
    for (const auto& synonym : field.synonyms)
      if (likeness(fold(synonym), text) >= 0.9) return true;
  }
  return false;
}

std::vector<std::u32string> labels_of(const FieldSpec& field) {
  std::vector<std::u32string> labels = {fold(field.label)};
  for (const auto& synonym : field.synonyms) labels.push_back(fold(synonym));
  // A short label stands within others and within values.
  std::erase_if(labels, [](const auto& label) { return label.size() < 3; });
  return labels;
}

// What was read in one cell of the table, its lines one after another.
struct Cell {
  Box box;
  std::u32string text;
  std::vector<double> confidence;  // of each of its characters
};

std::vector<Cell> fill(const std::vector<Box>& boxes, const PageText& text) {
  std::vector<Cell> cells;
  for (const auto& box : boxes) cells.push_back({box, {}, {}});
  for (const auto& row : text.rows())
    for (std::size_t i = 0; i < row.sources.size(); ++i) {
      const auto& glyph = text.lines()[row.sources[i].line].glyphs[row.sources[i].glyph];
      const int x = glyph.box.x + glyph.box.w / 2, y = glyph.box.y + glyph.box.h / 2;
      for (auto& cell : cells) {
        const auto& b = cell.box;
        if (x < b.x || y < b.y || x >= b.x + b.w || y >= b.y + b.h) continue;
        cell.text += row.text[i];
        cell.confidence.push_back(row.confidence[i]);
        break;
      }
    }
  return cells;
}

// The cell that begins where `label` ends, in the same row of the table.
const Cell* right_of(const std::vector<Cell>& cells, const Box& label) {
  const Cell* next = nullptr;
  for (const auto& cell : cells) {
    const int shared =
        std::min(cell.box.y + cell.box.h, label.y + label.h) - std::max(cell.box.y, label.y);
    const bool right = cell.box.x >= label.x + label.w - label.w / 10;
    if (right && 2 * shared >= label.h && (!next || cell.box.x < next->box.x)) next = &cell;
  }
  return next;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) /
         static_cast<double>(std::max<std::size_t>(1, values.size()));
}

constexpr double sure = 0.85;    // of a reading that may contradict the form
constexpr double unlike = 0.45;  // likeness below which another name stands there

// Does `name` stand in the cell beside one of the field's labels? False where something surely read
// and unlike it does.
std::optional<bool> in_cell(const std::vector<Cell>& cells, const FormSpec& spec,
                            const FieldSpec& field, const std::string& name) {
  const auto sought = fold(name);
  std::optional<bool> verdict;
  for (const auto& label : labels_of(field))
    for (const auto& cell : cells) {
      if (likeness(label, cell.text) < 0.8) continue;
      const auto* value = right_of(cells, cell.box);
      if (!value || value->text.size() < 2) continue;
      if (same_name(sought, value->text, value->confidence)) return true;
      if (mean(value->confidence) >= sure && find_alike(sought, value->text).score < unlike &&
          !is_label(value->text, spec))
        verdict = false;
    }
  return verdict;
}

// Does it stand right of a label in the same row? For sheets whose rules were not found.
bool in_row(const PageText& text, const FieldSpec& field, const std::string& name) {
  const auto sought = fold(name);
  for (const auto& label : labels_of(field))
    for (const auto& row : text.rows()) {
      const auto hit = find_alike(label, row.text);
      if (hit.score < 0.8) continue;
      const auto rest = std::u32string_view(row.text).substr(hit.end);
      if (same_name(sought, rest, std::span(row.confidence).subspan(hit.end))) return true;
    }
  return false;
}

std::optional<bool> beside_label(const PageText& text, const std::vector<Cell>& cells,
                                 const FormSpec& spec, const FieldSpec& field,
                                 const std::string& name) {
  if (fold(name).empty()) return std::nullopt;
  if (in_row(text, field, name)) return true;
  return in_cell(cells, spec, field, name);
}

const FieldSpec* field_of(const FormSpec& spec, const std::string& key) {
  const auto at = std::find_if(spec.fields.begin(), spec.fields.end(),
                               [&](const auto& field) { return field.key == key; });
  return at == spec.fields.end() ? nullptr : &*at;
}

const FormSpec* spec_of(const FormSpecs& specs, FormKind kind) {
  const auto at = std::find_if(specs.forms.begin(), specs.forms.end(),
                               [&](const auto& spec) { return spec.kind == kind; });
  return at == specs.forms.end() ? nullptr : &*at;
}

bool was_read(const std::vector<ReadNumber>& numbers, const std::string& expected) {
  return std::any_of(numbers.begin(), numbers.end(),
                     [&](const auto& number) { return number.vote.text == expected; });
}

// Another number of the same kind that was surely read and belongs to nobody who is expected here.
bool stranger(const std::vector<ReadNumber>& numbers, IdType type, const Expectation& expectation) {
  return std::any_of(numbers.begin(), numbers.end(), [&](const auto& number) {
    const auto& text = number.vote.text;
    return number.vote.agreed && check_id(type, text).ok() &&
           text != expectation.registrant.id_number && text != expectation.legal_id &&
           text != expectation.manager_id;
  });
}

std::optional<bool> number_agrees(const std::vector<ReadNumber>& numbers,
                                  const std::string& expected, std::optional<IdType> type,
                                  const Expectation& expectation) {
  if (expected.empty()) return std::nullopt;
  if (was_read(numbers, expected)) return true;
  if (type && stranger(numbers, *type, expectation)) return false;
  return std::nullopt;
}

double score_of(const Agreement& agreement) {
  double sum = 0, weights = 0;
  const auto count = [&](const std::optional<bool>& fact, double weight) {
    weights += weight;
    if (fact) sum += weight * (*fact ? 1 : 0);
  };
  count(agreement.platform, 4);
  count(agreement.registrant, 3);
  count(agreement.id_number, 3);
  count(agreement.form, 1);
  return sum / weights;
}

}  // namespace

Agreement check_form(const PageText& text, const std::vector<Box>& boxes, const KindReading& kind,
                     const std::vector<ReadNumber>& numbers, const Expectation& expectation,
                     const FormSpecs& specs) {
  Agreement agreement;
  if (kind.form && expectation.form) agreement.form = *kind.form == *expectation.form;
  const auto shown = kind.form ? kind.form : expectation.form;
  const auto* spec = shown ? spec_of(specs, *shown) : nullptr;
  if (spec) {
    const auto cells = fill(boxes, text);
    if (const auto* field = field_of(*spec, spec->name_key))
      agreement.platform = beside_label(text, cells, *spec, *field, expectation.platform);
    if (stands_in(text, expectation.registrant.name))
      agreement.registrant = true;
    else if (const auto* owner = field_of(*spec, "org_name"))
      agreement.registrant = beside_label(text, cells, *spec, *owner, expectation.registrant.name);
  }
  agreement.id_number = number_agrees(numbers, expectation.registrant.id_number,
                                      expectation.registrant.id_type, expectation);
  agreement.manager_id =
      number_agrees(numbers, expectation.manager_id, IdType::citizen, expectation);
  agreement.legal_id = number_agrees(numbers, expectation.legal_id, IdType::citizen, expectation);
  agreement.score = score_of(agreement);
  return agreement;
}

Agreement check_commitment(const PageText& text, const Expectation& expectation) {
  Agreement agreement;
  if (stands_in(text, expectation.platform)) agreement.platform = true;
  if (stands_in(text, expectation.registrant.name)) agreement.registrant = true;
  agreement.score = score_of(agreement);
  return agreement;
}

Agreement check_certificate(const std::string& holder, const std::vector<ReadNumber>& numbers,
                            const Expectation& expectation) {
  Agreement agreement;
  const auto expected = fold(expectation.registrant.name), read = fold(holder);
  if (!expected.empty() && !read.empty()) {
    const double score = find_alike(expected, read).score;
    if (score >= enough(expected.size()))
      agreement.registrant = true;
    else if (expected.size() > 3 && read.size() > 3 && score < unlike)
      agreement.registrant = false;
  }
  agreement.id_number = number_agrees(numbers, expectation.registrant.id_number,
                                      expectation.registrant.id_type, expectation);
  // A certificate shows one number; a sure one of any kind that is not the form's contradicts it.
  if (!agreement.id_number && !expectation.registrant.id_number.empty())
    for (const auto& number : numbers)
      if (number.vote.agreed && number.place.labelled) agreement.id_number = false;
  agreement.score = score_of(agreement);
  return agreement;
}

bool stands_in(const PageText& text, const std::string& name) {
  const auto sought = fold(name);
  return std::any_of(text.rows().begin(), text.rows().end(), [&](const TextRow& row) {
    return same_name(sought, row.text, row.confidence);
  });
}

std::vector<std::string> expected_numbers(const std::vector<Expectation>& expectations) {
  std::vector<std::string> numbers;
  for (const auto& e : expectations)
    for (const auto& number : {e.registrant.id_number, e.legal_id, e.manager_id})
      if (!number.empty() && std::find(numbers.begin(), numbers.end(), number) == numbers.end())
        numbers.push_back(number);
  return numbers;
}

}  // namespace dengji
