// The labels of one form: what a cell's text means as a label, whatever its writing. Text is
// compared by keys: width, case, blanks, numbering, colons and punctuation folded, bracketed hints
// optional. Immutable once built, so any thread may read.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "parsers/form.hpp"
#include "parsers/label_guess.hpp"

namespace dengji {

// How surely a text is a field's label, weakest first.
enum class Fit {
  guess,     // no label that is listed, but like one
  synonym,   // one of its synonyms
  sticky,    // a short label (姓名) right behind others of the field's group
  composed,  // a short label with its group's title before it, in one text or as a group row
  label,     // the label as the form prints it
};

struct Candidate {
  const FieldSpec* field = nullptr;
  Fit fit = Fit::synonym;
};

struct Meaning {
  std::vector<Candidate> candidates;  // best first; empty for a label of no field (an extra)
  const GroupSpec* group = nullptr;   // the text is (also) a group's title
  bool known = false;                 // it is a label of some kind
  bool rest = false;                  // of no field, and all that stands behind it is its own
};

// Where a text stands: the group row or section around it, and the group of the label before it.
struct Surroundings {
  const GroupSpec* group = nullptr;
  const GroupSpec* last = nullptr;
};

class LabelBook {
 public:
  explicit LabelBook(const FormSpec& spec);  // keeps references into `spec`

  Meaning read(std::string_view text, const Surroundings& around) const;
  Meaning read(const std::vector<std::string>& keys, const Surroundings& around) const;
  // Whether the group's rows ask for it by a short label: 姓名.
  bool asks(const GroupSpec& group, const std::vector<std::string>& keys) const;
  // What a text that is no known label may be a label of, in a place where a label stands.
  Meaning guess(std::string_view text, const Surroundings& around) const;
  const GroupSpec* group(const std::string& key) const;
  const FormSpec& spec() const { return spec_; }

 private:
  void add_title(const std::string& key, const GroupSpec& group);
  void add(const FieldSpec& field, std::string_view text, Fit fit);
  void add_extra(const FieldSpec& field, std::string_view text);
  Meaning read_key(const std::string& key, const Surroundings& around) const;
  void add_plain(const std::string& key, const Surroundings& around, Meaning& meaning) const;
  void add_within(const std::string& key, const GroupSpec* group, Fit fit, Meaning& meaning) const;
  void add_composed(const std::string& key, Meaning& meaning) const;

  const FormSpec& spec_;
  std::unordered_multimap<std::string, Candidate> plain_;
  std::unordered_multimap<std::string, const FieldSpec*> within_;
  std::unordered_map<std::string, const GroupSpec*> titles_;
  std::unordered_set<std::string> extra_, notes_;
  LabelGuess guess_;
};

// The keys of a text as a label, numbering and bullets off: with its bracketed hints, without the
// last one, without any; each once. Text longer than any label, or without letters, gives none.
std::vector<std::string> label_keys(std::string_view text);

}  // namespace dengji
