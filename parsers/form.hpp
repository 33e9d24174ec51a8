// The three electronic forms, read from any layout by labels and synonyms. The label tables are
// data (etc/forms/*.toml), read by daemon/config into FormSpec and handed in.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/date.hpp"
#include "parsers/document.hpp"
#include "parsers/identifier.hpp"

namespace dengji {

enum class FormKind { website, account, forum };
enum class Action {
  create,
  change,
  suspend,
  cancel
};  // the contract's new | change | suspend | cancel
enum class RegistrantClass { government, organisation, individual };
enum class FieldType { text, longtext, choice, date, phone, email, url, id, citizen, seal, office };

std::string_view to_string(FormKind);
std::string_view to_string(Action);
std::string_view to_string(RegistrantClass);
std::string_view to_string(FieldType);

struct FieldSpec {
  std::string key;    // the contract's key: "site_name"
  std::string label;  // 网站名称
  std::vector<std::string> synonyms;
  FieldType type = FieldType::text;
  bool mandatory = false;
  std::vector<std::string> choices;  // of a choice: its options in the form's order; of another
                                     // type: usual answers that look like a label
  std::vector<std::pair<std::string, std::string>> choice_aliases;  // as typed, the option meant
  std::string group;                // key of the GroupSpec it belongs to, or ""
  std::vector<std::string> within;  // labels that mean it only inside its group's rows: 姓名
};

struct GroupSpec {                  // a party whose particulars share a group row
  std::string key;                  // "org", "legal", "manager"
  std::vector<std::string> titles;  // 法定代表人, 法人代表: what the group's cell may say
};

struct FormSpec {
  FormKind kind = FormKind::website;
  std::string title;
  std::vector<std::string> title_aliases;
  std::string name_key;  // the field that names the platform: "site_name"
  std::vector<GroupSpec> groups;
  std::vector<FieldSpec> fields;
  std::vector<FieldSpec> extra;  // labels known from other cities' forms: never taken for a value
};

struct CommitmentSpec {
  std::string title;
  std::vector<std::string> title_aliases;
  std::vector<std::string> phrases;  // words of which at least three stand in a commitment letter
};

struct FormSpecs {
  std::vector<FormSpec> forms;
  CommitmentSpec commitment;
  const FormSpec& of(FormKind) const;
};

struct Place {
  int table = 0, row = 0, column = 0;
};  // 0-based, tables as by all_tables()

struct Field {
  std::string value;  // trimmed; a date that could be read as YYYY-MM-DD; a choice as in the spec;
                      // several ticked choices joined by "、"; otherwise as typed
  std::string typed;  // as it stands in the cell
  Place place;
  bool understood = true;  // false: a date or choice that could not be read (value = typed)
};

struct Form {
  FormKind kind = FormKind::website;
  Action action = Action::create;
  std::map<std::string, Field> fields;  // only those with a value; seal and office cells left out
  std::string platform() const;         // the value of the spec's name_key, "" if empty
  std::string name_key;
  std::string title;                                // as it stands in the document
  std::string value(const std::string& key) const;  // "" where absent
};

// None: the document is none of the three forms. Kind is decided by title and labels together.
std::optional<Form> read_form(const Document&, const FormSpecs&);

bool is_commitment(const Document&,
                   const FormSpecs&);  // an electronic commitment letter, not yet sealed

struct Registrant {
  std::string name;
  RegistrantClass klass = RegistrantClass::organisation;
  std::optional<IdType> id_type;
  std::string id_number;  // canonical
};
// From org_name, org_nature, account_class, id_type and the number's shape. 党政机关, 事业单位 and
// 人民团体 are government; 企业 and 社会组织 organisation.
Registrant registrant_of(const Form&);

}  // namespace dengji
