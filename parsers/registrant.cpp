#include <algorithm>
#include <array>

#include "parsers/form.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

struct Word {
  std::string_view part;
  RegistrantClass klass;
};

// What the form says of the registrant's nature. The order matters: 民办非企业单位 is no 企业.
std::optional<RegistrantClass> stated(const std::string& nature) {
  using enum RegistrantClass;
  static constexpr std::array<Word, 16> words{{{"民办非企业", organisation},
                                               {"党政机关", government},
                                               {"事业单位", government},
                                               {"人民团体", government},
                                               {"机关", government},
                                               {"政府", government},
                                               {"政务", government},
                                               {"社会组织", organisation},
                                               {"社会团体", organisation},
                                               {"企业", organisation},
                                               {"公司", organisation},
                                               {"商业", organisation},
                                               {"个体", organisation},
                                               {"公职人员", individual},
                                               {"个人", individual},
                                               {"公民", individual}}};
  for (const Word& word : words) {
    if (contains(nature, word.part)) return word.klass;
  }
  return std::nullopt;
}

// The first character of a unified social credit code is the authority that registered the holder:
// 1 the organs establishment office (its 9 is for others), 2-4 state organs, 5 civil affairs, 9
// trade.
RegistrantClass class_of_uscc(const std::string& number) {
  const bool state = number[0] >= '1' && number[0] <= '4';
  return state ? RegistrantClass::government : RegistrantClass::organisation;
}

RegistrantClass class_of_name(const std::string& name) {
  static constexpr std::array<std::string_view, 18> tails{
      "局",   "委",   "委员会", "办公室", "人民政府", "政府", "学校", "中学",   "小学",
      "大学", "学院", "医院",   "法院",   "检察院",   "中心", "总站", "图书馆", "文化馆"};
  const bool state = std::any_of(tails.begin(), tails.end(),
                                 [&](std::string_view tail) { return name.ends_with(tail); });
  return state ? RegistrantClass::government : RegistrantClass::organisation;
}

std::optional<IdType> type_by_words(const Form& form, const std::string& number) {
  const auto type = id_type_from(form.value("id_type"));
  if (type == IdType::licence && number.size() == 18) return IdType::uscc;
  return type;
}

}  // namespace

std::string_view to_string(RegistrantClass klass) {
  constexpr std::array<std::string_view, 3> words{"government", "organisation", "individual"};
  return words[static_cast<std::size_t>(klass)];
}

Registrant registrant_of(const Form& form) {
  Registrant registrant;
  registrant.name = form.value("org_name");
  registrant.id_number = canonical_id(form.value("id_number"));
  const auto said = type_by_words(form, registrant.id_number);
  auto klass = stated(form.value("org_nature"));
  if (!klass) klass = stated(form.value("account_class"));
  const bool person = klass ? *klass == RegistrantClass::individual : said == IdType::citizen;
  registrant.id_type = id_shape(registrant.id_number, person);
  if (!registrant.id_type) registrant.id_type = said;
  if (klass) {
    registrant.klass = *klass;
  } else if (registrant.id_type == IdType::citizen) {
    registrant.klass = RegistrantClass::individual;
  } else if (registrant.id_type == IdType::uscc && !registrant.id_number.empty()) {
    registrant.klass = class_of_uscc(registrant.id_number);
  } else if (registrant.id_type == IdType::licence) {
    registrant.klass = RegistrantClass::organisation;
  } else {
    registrant.klass = class_of_name(registrant.name);
  }
  return registrant;
}

}  // namespace dengji
