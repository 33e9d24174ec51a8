#include "parsers/form.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "parsers/form_pairs.hpp"
#include "parsers/form_value.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

// A form is one by its title and some of its labels, or, untitled or wrongly titled, by many labels
// and the place for the platform's name among them.
constexpr int labels_with_title = 4, labels_alone = 8;
constexpr int title_points = 6, alias_points = 4;
constexpr std::size_t longest_title = 40;  // characters; a sentence that mentions a form is longer

int points(Fit fit) {
  if (fit == Fit::guess) return 0;
  return fit == Fit::label ? 3 : fit == Fit::composed ? 2 : 1;
}

struct Claim {  // a pair that could fill a field
  Candidate candidate;
  std::size_t pair = 0;
  bool in_table = false, blank = false;
  bool misread = false;  // a date or choice that could not be read
};

// What stands in a table goes before what stands outside (there, what is filled in), what was
// understood before what was not, then the surer label, then the first.
bool goes_first(const Claim& a, const Claim& b) {
  const auto rank = [](const Claim& c) {
    return std::tuple(!c.in_table, !c.in_table && c.blank, c.misread,
                      -static_cast<int>(c.candidate.fit), c.pair, c.candidate.field);
  };
  return rank(a) < rank(b);
}

// Each pair fills one field, each field is filled by one pair: the surest first.
std::vector<Claim> settle(const std::vector<Pair>& pairs) {
  std::vector<Claim> claims, settled;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const Pair& pair = pairs[i];
    for (const Candidate& candidate : pair.meaning.candidates) {
      const auto value = read_value(*candidate.field, pair.value, pair.place);
      claims.push_back({candidate, i, pair.in_table, !value, value && !value->understood});
    }
  }
  std::sort(claims.begin(), claims.end(), goes_first);
  std::set<std::size_t> used;
  std::set<const FieldSpec*> filled;
  for (const Claim& claim : claims) {
    if (used.count(claim.pair) != 0 || filled.count(claim.candidate.field) != 0) continue;
    used.insert(claim.pair);
    filled.insert(claim.candidate.field);
    settled.push_back(claim);
  }
  return settled;
}

struct Headline {
  std::string text, key;  // as it stands, and folded
};

// The texts where a title may stand: outside of tables, in the margins, in a table's first rows.
std::vector<Headline> headlines(const Document& document) {
  std::vector<std::string> lines = document.margins;
  for (const Block& block : document.blocks) {
    if (block.table.empty()) lines.push_back(block.text);
  }
  for (const Table* table : all_tables(document)) {
    for (std::size_t r = 0; r < table->rows.size() && r < 2; ++r) {
      for (const Cell& cell : table->rows[r]) lines.push_back(cell.text);
    }
  }
  std::erase_if(lines, [](const std::string& line) {
    return line.empty() || line.size() > longest_title * 12 ||
           code_points(squeeze(line)).size() > longest_title;
  });
  std::vector<Headline> found;
  for (std::string& line : lines) {
    std::string key = fold_name(line);
    found.push_back({std::move(line), std::move(key)});
  }
  return found;
}

struct Title {
  int points = 0;
  std::string text;
};

Title find_title(const std::vector<Headline>& lines, const FormSpec& spec) {
  Title best;
  const auto look = [&](const std::string& wanted, int worth) {
    const std::string key = fold_name(wanted);
    for (const Headline& line : lines) {
      if (worth > best.points && line.key.find(key) != std::string::npos) {
        best = {worth, trim(line.text)};
      }
    }
  };
  look(spec.title, title_points);
  for (const std::string& alias : spec.title_aliases) look(alias, alias_points);
  return best;
}

Action action_of(const std::string& value) {
  const auto says = [&](std::string_view word) { return value.find(word) != std::string::npos; };
  if (says("变更")) return Action::change;
  if (says("停")) return Action::suspend;
  if (says("注销") || says("关闭") || says("撤销")) return Action::cancel;
  return Action::create;
}

struct Attempt {
  Form form;
  int points = 0, labels = 0;
  bool titled = false, named = false;  // named: it has a place for the platform's name
  bool is_form() const {
    return labels >= (titled ? labels_with_title : labels_alone) && (titled || named);
  }
};

Attempt attempt(const Document& document, const std::vector<Headline>& lines,
                const FormSpec& spec) {
  const LabelBook book(spec);
  const std::vector<Pair> pairs = find_pairs(document, book);
  const Title title = find_title(lines, spec);
  Attempt result;
  result.form.kind = spec.kind;
  result.form.name_key = spec.name_key;
  result.form.title = title.text;
  result.titled = title.points > 0;
  result.points = title.points;
  for (const Claim& claim : settle(pairs)) {
    const FieldSpec& field = *claim.candidate.field;
    if (claim.candidate.fit != Fit::guess) ++result.labels;
    result.points += points(claim.candidate.fit);
    result.named = result.named || field.key == spec.name_key;
    const Pair& pair = pairs[claim.pair];
    if (auto filled = read_value(field, pair.value, pair.place)) {
      result.form.fields.emplace(field.key, std::move(*filled));
    }
  }
  result.form.action = action_of(result.form.value("action"));
  return result;
}

}  // namespace

std::string_view to_string(FormKind kind) {
  constexpr std::array<std::string_view, 3> words{"website", "account", "forum"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view to_string(Action action) {
  constexpr std::array<std::string_view, 4> words{"new", "change", "suspend", "cancel"};
  return words[static_cast<std::size_t>(action)];
}

std::string_view to_string(FieldType type) {
  constexpr std::array<std::string_view, 11> words{"text",    "longtext", "choice", "date",
                                                   "phone",   "email",    "url",    "id",
                                                   "citizen", "seal",     "office"};
  return words[static_cast<std::size_t>(type)];
}

const FormSpec& FormSpecs::of(FormKind kind) const {
  static const FormSpec none;
  const auto found = std::find_if(forms.begin(), forms.end(),
                                  [&](const FormSpec& spec) { return spec.kind == kind; });
  return found == forms.end() ? none : *found;
}

std::string Form::platform() const { return value(name_key); }

std::string Form::value(const std::string& key) const {
  const auto found = fields.find(key);
  return found == fields.end() ? "" : found->second.value;
}

std::optional<Form> read_form(const Document& document, const FormSpecs& specs) {
  const std::vector<Headline> lines = headlines(document);
  std::optional<Attempt> best;
  for (const FormSpec& spec : specs.forms) {
    Attempt next = attempt(document, lines, spec);
    if (next.is_form() && (!best || next.points > best->points)) best = std::move(next);
  }
  if (!best) return std::nullopt;
  return std::move(best->form);
}

bool is_commitment(const Document& document, const FormSpecs& specs) {
  const CommitmentSpec& spec = specs.commitment;
  std::vector<std::string> titles = spec.title_aliases;
  titles.push_back(spec.title);
  const std::vector<Headline> lines = headlines(document);
  const bool titled = std::any_of(titles.begin(), titles.end(), [&](const std::string& title) {
    const std::string key = fold_name(title);
    return std::any_of(lines.begin(), lines.end(),
                       [&](const Headline& line) { return line.key.ends_with(key); });
  });
  const std::string text = squeeze(all_text(document));
  const auto phrases = std::count_if(
      spec.phrases.begin(), spec.phrases.end(),
      [&](const std::string& phrase) { return text.find(phrase) != std::string::npos; });
  return titled && phrases >= 3;
}

}  // namespace dengji
