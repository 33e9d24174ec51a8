#include "ocr/form_check.hpp"

#include <algorithm>

#include "ocr/fuzzy.hpp"

namespace dengji {
namespace {

// A name of up to three characters has no room for errors; a longer one may have one in four
// misread.
double enough(std::size_t length) { return length <= 3 ? 1 : 0.75; }

bool stands_in(const PageText& text, const std::string& name) {
  const auto sought = fold(name);
  return !sought.empty() && text.find(name).score >= enough(sought.size());
}

struct Value {
  std::u32string text;
  double confidence = 0;
};

bool is_label(std::u32string_view text, const FormSpec& spec) {
  for (const auto& field : spec.fields) {
    if (likeness(fold(field.label), text) >= 0.7) return true;
    for (const auto& synonym : field.synonyms)
      if (likeness(fold(synonym), text) >= 0.9) return true;
  }
  return false;
}

// The line right of a label: the rest of its own line, else the next one of the row.
Value value_beside(const PageText& text, const PageText::Hit& hit) {
  const auto& row = text.rows()[hit.row];
  if (hit.end >= row.sources.size()) return {};
  const auto line = row.sources[hit.end].line;
  auto end = hit.end;
  while (end < row.sources.size() && row.sources[end].line == line) ++end;
  return {row.text.substr(hit.end, end - hit.end), text.confidence(hit.row, hit.end, end)};
}

// Labels lead their line: "名称" within another label or a value is none.
bool leads_line(const PageText& text, const PageText::Hit& hit) {
  const auto& sources = text.rows()[hit.row].sources;
  return hit.begin == 0 || sources[hit.begin - 1].line != sources[hit.begin].line;
}

constexpr double sure = 0.85;    // of a reading that may contradict the form
constexpr double unlike = 0.45;  // likeness below which another name stands there

// Does `name` stand beside one of the field's labels? False where something surely read and unlike
// does.
std::optional<bool> beside_label(const PageText& text, const FormSpec& spec, const FieldSpec& field,
                                 const std::string& name) {
  const auto sought = fold(name);
  if (sought.empty()) return std::nullopt;
  std::vector<std::string> words = {field.label};
  words.insert(words.end(), field.synonyms.begin(), field.synonyms.end());
  std::optional<bool> verdict;
  for (const auto& word : words) {
    const auto length = fold(word).size();
    if (length < 3) continue;
    for (const auto& hit : text.find_all(word, length <= 4 ? 1 : 0.8)) {
      if (!leads_line(text, hit)) continue;
      const auto value = value_beside(text, hit);
      const auto rest = std::u32string_view(text.rows()[hit.row].text).substr(hit.end);
      if (find_alike(sought, rest).score >= enough(sought.size())) return true;
      if (value.text.size() < 2 || is_label(value.text, spec)) continue;
      if (value.confidence >= sure && likeness(sought, value.text) < unlike &&
          find_alike(sought, value.text).score < unlike)
        verdict = false;
    }
    if (verdict) return verdict;
  }
  return verdict;
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

Agreement check_form(const PageText& text, const KindReading& kind,
                     const std::vector<ReadNumber>& numbers, const Expectation& expectation,
                     const FormSpecs& specs) {
  Agreement agreement;
  if (kind.form && expectation.form) agreement.form = *kind.form == *expectation.form;
  const auto shown = kind.form ? kind.form : expectation.form;
  const auto* spec = shown ? spec_of(specs, *shown) : nullptr;
  if (spec) {
    if (const auto* field = field_of(*spec, spec->name_key))
      agreement.platform = beside_label(text, *spec, *field, expectation.platform);
    if (stands_in(text, expectation.registrant.name))
      agreement.registrant = true;
    else if (const auto* owner = field_of(*spec, "org_name"))
      agreement.registrant = beside_label(text, *spec, *owner, expectation.registrant.name);
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

std::vector<std::string> expected_numbers(const std::vector<Expectation>& expectations) {
  std::vector<std::string> numbers;
  for (const auto& e : expectations)
    for (const auto& number : {e.registrant.id_number, e.legal_id, e.manager_id})
      if (!number.empty() && std::find(numbers.begin(), numbers.end(), number) == numbers.end())
        numbers.push_back(number);
  return numbers;
}

}  // namespace dengji
