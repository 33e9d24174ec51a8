// The tiny language of etc/letters/*.txt. The first line is the subject, the second is empty, the
// rest is the body. {{name}} stands for a word; lines between {{#name}} and {{/name}}, each alone
// on its line, are repeated for each item of a list, or stand once where `name` is a word that is
// not empty. What is filled in is never read as template again.
#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dengji {

struct LetterValues {
  std::map<std::string, std::string> words;
  std::map<std::string, std::vector<LetterValues>> lists;
};

// The names that a letter may use; within a list its items' names besides those around it.
struct LetterNames {
  std::set<std::string> words;
  std::map<std::string, LetterNames> lists;
};
const LetterNames& letter_names();

struct TemplateMistake {
  std::size_t line;  // 1-based
  std::string what;
};
std::vector<TemplateMistake> check_template(std::string_view text, const LetterNames& names);

struct FilledLetter {
  std::string subject, body;
};
// `text` as check_template() found it right; an unknown name is left empty.
FilledLetter fill_template(std::string_view text, const LetterValues& values);

}  // namespace dengji
