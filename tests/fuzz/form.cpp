#include "parsers/form.hpp"

#include <algorithm>

#include "parsers/document_builder.hpp"
#include "parsers/file_name.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"
#include "tests/support/form_specs.hpp"

namespace dengji::fuzz {
namespace {

// The part before `at`, which goes off `rest` together with it.
std::string_view cut(std::string_view& rest, char at) {
  const std::size_t end = std::min(rest.find(at), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

// "text^2" spans two columns, "<" is the cell above merged down.
void add_cell(std::string_view text, DocumentBuilder& builder) {
  CellPlace place;
  place.down = text == "<" ? Merge::continued : Merge::first;
  if (text.size() > 1 && text[text.size() - 2] == '^') {
    place.colspan = text.back() - '0';
    text.remove_suffix(2);
  }
  builder.begin_cell();
  builder.text(text);
  builder.end_cell(place);
}

// A line with bars is a row of cells, a line beginning with '#' a margin, any other a paragraph.
Document drawn(std::string_view picture) {
  DocumentBuilder builder(FileType::docx);
  while (!picture.empty()) {
    std::string_view line = cut(picture, '\n');
    if (line.find('|') == line.npos) {
      if (builder.in_table()) builder.end_table();
      if (line.starts_with('#')) builder.begin_margin(Margin::header);
      builder.text(line);
      builder.end_paragraph();
      if (line.starts_with('#')) builder.end_margin();
      continue;
    }
    if (!builder.in_table()) builder.begin_table();
    builder.begin_row();
    while (!line.empty()) add_cell(cut(line, '|'), builder);
    builder.end_row();
  }
  auto document = builder.finish();
  return document ? std::move(*document) : Document{};
}

void require_place(const Place& place, const Document& document) {
  if (place.table < 0) return;
  const auto tables = all_tables(document);
  const auto table = static_cast<std::size_t>(place.table),
             row = static_cast<std::size_t>(place.row);
  require(table < tables.size() && row < tables[table]->rows.size(), "a value stands in a row");
  const auto& cells = tables[table]->rows[row];
  require(std::any_of(cells.begin(), cells.end(),
                      [&](const Cell& cell) { return cell.column == place.column; }),
          "a value stands in a cell");
}

void require_form(const Form& form, const Document& document) {
  const FormSpec& spec = test::forms().of(form.kind);
  for (const auto& filled : form.fields) {
    const Field& field = filled.second;
    const auto known =
        std::find_if(spec.fields.begin(), spec.fields.end(),
                     [&](const FieldSpec& each) { return each.key == filled.first; });
    require(known != spec.fields.end(), "fields are those of the form");
    require_text(field.value);
    require_text(field.typed);
    require(!field.value.empty(), "only fields with a value are there");
    const bool date = known->type == FieldType::date && field.understood;
    require(!date || read_date(field.value) == field.value, "a date is a day of the calendar");
    require_place(field.place, document);
  }
  require_text(form.title);
  require_text(registrant_of(form).id_number);
}

void read_names(std::string_view line) {
  for (const NameClues& clues : {read_file_name(clean_name(line)), read_subject(line)}) {
    require_text(clues.core);
    require_text(clues.bracket);
  }
}

void read_numbers(std::string_view line) {
  const std::string number = canonical_id(line);
  require(canonical_id(number) == number, "a canonical number stays as it is");
  const auto length = static_cast<int>(number.size());
  for (const IdType type : {IdType::uscc, IdType::orgcode, IdType::licence, IdType::citizen}) {
    const IdCheck check = check_id(type, number);
    require(check.position >= 0 && check.position <= length + 1, "a fault stands in the number");
  }
  if (const auto shape = id_shape(number, false)) require(length >= 9, "a number has a length");
  require(code_points(mask_id(number)).size() == code_points(number).size(), "masks keep length");
  const bool plain = length >= 11 && number.find_first_not_of("0123456789") == number.npos;
  require(!plain || mask_numbers(number) != number, "a number of 11 digits and more is masked");
}

}  // namespace

void read(std::string_view bytes) {
  const std::string text = to_utf8(bytes);
  const Document document = drawn(text);
  require_document(document);
  if (const auto form = read_form(document, test::forms())) require_form(*form, document);
  is_commitment(document, test::forms());
  for (std::string_view rest = text; !rest.empty();) {
    const std::string_view line = cut(rest, '\n');
    read_names(line);
    read_numbers(line);
  }
}

}  // namespace dengji::fuzz
