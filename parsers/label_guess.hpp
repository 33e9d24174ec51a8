// Labels that nobody listed, by their likeness to those that are listed: 网站开通时间 is most like
// 开通时间. A guess, weaker than any label that is known. Immutable once built.
#pragma once
#include <string>
#include <vector>

#include "parsers/form.hpp"

namespace dengji {

struct Surroundings;

class LabelGuess {
 public:
  // Keys as label_keys() makes them, of a field's label: as it stands, or within its group's rows.
  void add(const FieldSpec& field, const std::string& key, bool within);
  void add_extra(const std::string& key);  // a label of no field
  void add_title(const GroupSpec& group, const std::string& key);

  // The field whose label the key is most like; null where it is like none, or like those of two
  // fields, or where it names a party the form does not ask for (技术负责人) or something of a
  // party that it does not ask for (法定代表人职务).
  const FieldSpec* read(const std::string& key, const Surroundings& around) const;

 private:
  struct Known {
    std::u32string key;
    const FieldSpec* field = nullptr;  // null: of no field
    bool within = false;
  };
  const FieldSpec* most_like(std::u32string_view text, const Surroundings& around,
                             const GroupSpec* party) const;

  std::vector<Known> known_;
  std::vector<std::pair<std::u32string, const GroupSpec*>> titles_;
};

}  // namespace dengji
