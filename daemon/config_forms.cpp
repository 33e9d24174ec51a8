// forms/*.toml: the three electronic forms and the commitment letter, as their labels.
#include <algorithm>
#include <array>
#include <set>

#include "daemon/config_parts.hpp"

namespace dengji {

namespace fs = std::filesystem;

namespace {

constexpr std::array kinds = {FormKind::website, FormKind::account, FormKind::forum};
constexpr std::array types = {FieldType::text, FieldType::longtext, FieldType::choice,
                              FieldType::date, FieldType::phone,    FieldType::email,
                              FieldType::url,  FieldType::id,       FieldType::citizen,
                              FieldType::seal, FieldType::office};

template <class Values>
std::vector<std::string> words_of(const Values& values) {
  std::vector<std::string> words;
  for (const auto value : values) words.emplace_back(to_string(value));
  return words;
}

template <class Values>
auto value_of(const Values& values, const std::string& word) {
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto value) { return to_string(value) == word; });
  return found == values.end() ? values.front() : *found;
}

GroupSpec read_group(const Section& section) {
  GroupSpec group{section.required_text("key"), section.texts("titles")};
  if (group.titles.empty()) section.mistake("titles", "titles is missing");
  section.done();
  return group;
}

void check_choices(const Section& section, const FieldSpec& field) {
  if (field.type == FieldType::choice && field.choices.size() < 2)
    section.mistake("choices", field.key + " is a choice and needs at least two choices");
  for (const auto& [typed, option] : field.choice_aliases)
    if (std::find(field.choices.begin(), field.choices.end(), option) == field.choices.end())
      section.mistake("choice_aliases", option + " is none of the choices of " + field.key);
}

FieldSpec read_field(const Section& section, const std::vector<GroupSpec>& groups) {
  FieldSpec field;
  field.key = section.required_text("key");
  field.label = section.required_text("label");
  field.synonyms = section.texts("synonyms");
  field.type = value_of(types, section.one_of("type", "text", words_of(types)));
  field.mandatory = section.flag("mandatory", false);
  field.choices = section.texts("choices");
  field.choice_aliases = section.pairs("choice_aliases");
  field.within = section.texts("within");
  std::vector<std::string> keys = {""};
  for (const auto& group : groups) keys.push_back(group.key);
  field.group = section.one_of("group", "", keys);
  check_choices(section, field);
  section.done();
  return field;
}

// A label known from elsewhere: it has no key of the contract, and its value goes nowhere.
FieldSpec read_extra(const Section& section) {
  FieldSpec field;
  field.key = section.text("key");
  field.label = section.required_text("label");
  field.synonyms = section.texts("synonyms");
  constexpr std::array extra_types = {FieldType::text, FieldType::longtext};
  field.type = value_of(extra_types, section.one_of("type", "text", words_of(extra_types)));
  section.done();
  return field;
}

FormSpec read_form_spec(const Section& root) {
  FormSpec form;
  form.kind = value_of(kinds, root.text("kind"));
  form.title = root.required_text("title");
  form.title_aliases = root.texts("title_aliases");
  form.name_key = root.required_text("name_key");
  for (const auto& section : root.sections("group")) form.groups.push_back(read_group(section));
  std::set<std::string> keys;
  for (const auto& section : root.sections("field")) {
    form.fields.push_back(read_field(section, form.groups));
    if (!keys.insert(form.fields.back().key).second)
      section.mistake("key", "key " + form.fields.back().key + " stands twice");
  }
  for (const auto& section : root.sections("extra")) form.extra.push_back(read_extra(section));
  if (form.fields.empty()) root.mistake("field", "there is no [[field]]");
  for (const std::string& key : {form.name_key, std::string("action"), std::string("org_name")})
    if (!key.empty() && !keys.contains(key))
      root.mistake("name_key",
                   "the form has no field " + key + did_you_mean(key, {keys.begin(), keys.end()}));
  root.done();
  return form;
}

CommitmentSpec read_commitment(const Section& root) {
  root.text("kind");
  CommitmentSpec commitment;
  commitment.title = root.required_text("title");
  commitment.title_aliases = root.texts("title_aliases");
  commitment.phrases = root.texts("phrases");
  if (commitment.phrases.size() < 3)
    root.mistake("phrases", "phrases needs at least three: that many mark a commitment letter");
  root.done();
  return commitment;
}

std::vector<fs::path> toml_files(const fs::path& folder, Mistakes& mistakes) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (error) mistakes.add(folder, 0, "cannot be read: " + error.message());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

FormSpecs read_forms(const fs::path& folder, Mistakes& mistakes) {
  FormSpecs specs;
  auto wanted = words_of(kinds);
  wanted.emplace_back("commitment");
  std::set<std::string> seen;
  for (const auto& file : toml_files(folder, mistakes)) {
    const auto root = Section::open(file, mistakes);
    if (!root) continue;
    const auto kind = root->one_of("kind", "", wanted);
    if (kind.empty()) continue;
    if (!seen.insert(kind).second) root->mistake("kind", "another file is of kind " + kind);
    if (kind == "commitment")
      specs.commitment = read_commitment(*root);
    else
      specs.forms.push_back(read_form_spec(*root));
  }
  for (const auto& kind : wanted)
    if (!seen.contains(kind)) mistakes.add(folder, 0, "no file of kind = \"" + kind + "\"");
  std::sort(specs.forms.begin(), specs.forms.end(),
            [](const FormSpec& a, const FormSpec& b) { return a.kind < b.kind; });
  return specs;
}

}  // namespace dengji
