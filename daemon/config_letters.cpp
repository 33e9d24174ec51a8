// letters/*.txt, a template for each kind of letter, and letters/phrases.toml, the words for
// findings.
#include "daemon/codes.hpp"
#include "daemon/config_parts.hpp"
#include "daemon/letter_template.hpp"

namespace dengji {

namespace fs = std::filesystem;

namespace {

const std::vector<std::string> kinds = {"receipt", "rejection",     "refusal",
                                        "held",    "no-submission", "duplicate",
                                        "mixed",   "too-large",     "reminder"};

// The words of the contract that letters say in Chinese, as section and key of phrases.toml.
const std::vector<std::pair<std::string, std::vector<std::string>>> vocabulary = {
    {"form", {"website", "account", "forum"}},
    {"action", {"new", "change", "suspend", "cancel"}},
    {"role", {"form", "scan", "certificate", "commitment", "other"}},
    {"decision", {"accept", "review", "reject", "repeat"}},
    {"unknown", {"platform", "registrant", "number"}},
};

std::string read_template(const fs::path& file, Mistakes& mistakes) {
  const auto text = read_text(file, mistakes);
  if (!text) return "";
  for (const auto& [line, what] : check_template(*text, letter_names()))
    mistakes.add(file, line, what);
  return *text;
}

void read_words(const Section& root, LetterTemplates& letters) {
  for (const auto& [name, keys] : vocabulary) {
    const auto section = root.section(name);
    if (!section) {
      root.mistake(name, "[" + name + "] is missing");
      continue;
    }
    for (const auto& key : keys) letters.words[name + "." + key] = section->required_text(key);
    section->done();
  }
}

void read_findings(const Section& root, LetterTemplates& letters) {
  const auto findings = root.section("finding");
  if (!findings) {
    root.mistake("finding", "there is no [finding.\"code\"]");
    return;
  }
  for (const auto& [code, severity] : default_severities()) {
    const auto section = findings->section(code);
    if (!section) {
      findings->mistake(code, "[finding.\"" + code + "\"] is missing: it needs title and advice");
      continue;
    }
    letters.titles[code] = section->required_text("title");
    letters.phrases[code] = section->required_text("advice");
    section->done();
  }
  findings->done();
}

}  // namespace

LetterTemplates read_letters(const fs::path& folder, const std::vector<fs::path>& blanks,
                             Mistakes& mistakes) {
  LetterTemplates letters;
  letters.blanks = blanks;
  for (const auto& kind : kinds)
    letters.text[kind] = read_template(folder / (kind + ".txt"), mistakes);
  if (const auto root = Section::open(folder / "phrases.toml", mistakes)) {
    read_words(*root, letters);
    read_findings(*root, letters);
    root->done();
  }
  return letters;
}

}  // namespace dengji
