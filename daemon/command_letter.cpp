// `dengji letter`: what registrants would read, before they do.
#include <iostream>

#include "daemon/commands.hpp"
#include "daemon/config.hpp"
#include "daemon/form_json.hpp"
#include "daemon/letter_sample.hpp"
#include "daemon/reply.hpp"

namespace dengji {
namespace {

ReplyText sample_letter(const std::string& kind, const Config& config) {
  const auto sample = sample_case(kind, config);
  return *write_letter(kind, sample.verdict, sample.filed, "请于本月底前办理。", config);
}

void show_letter(const ReplyText& letter) {
  std::cout << "== " << letter.kind << "\n主题：" << letter.subject << "\n\n"
            << letter.body << "\n";
}

std::vector<std::string> chosen_kinds(const Arguments& arguments, const Config& config) {
  std::vector<std::string> known;
  for (const auto& [kind, text] : config.letters.text) known.push_back(kind);
  if (arguments.words().empty()) return known;
  for (const auto& word : arguments.words())
    if (!config.letters.text.contains(word)) {
      std::string all;
      for (const auto& kind : known) all += " " + kind;
      throw UsageError("there is no letter '" + word + "'; there are:" + all);
    }
  return arguments.words();
}

}  // namespace

int letter_command(const Arguments& arguments) {
  const auto config = load_config(find_config(arguments.value("config")));
  Json all = Json::array();
  for (const auto& kind : chosen_kinds(arguments, config)) {
    const auto letter = sample_letter(kind, config);
    if (arguments.has("json"))
      all.push_back({{"kind", kind}, {"subject", letter.subject}, {"body", letter.body}});
    else
      show_letter(letter);
  }
  if (arguments.has("json")) std::cout << dumped(all, 2) << "\n";
  return std::cout.flush() ? 0 : 1;
}

}  // namespace dengji
