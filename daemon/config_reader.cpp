#include "daemon/config_reader.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "parsers/text.hpp"

namespace dengji {

namespace {

constexpr std::size_t file_bytes = 1024 * 1024;  // no configuration file comes near this

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

std::string_view kind_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::string:
      return "a string";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a fraction";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::table:
      return "a section";
    default:
      return "a date or time";
  }
}

std::size_t distance(const std::string& a, const std::string& b) {
  return edit_distance(code_points(a), code_points(b));
}

}  // namespace

void Mistakes::add(const std::filesystem::path& file, std::size_t line, const std::string& what) {
  const std::string at = line > 0 ? ":" + std::to_string(line) : "";
  lines_.push_back(file.string() + at + ": " + what);
}

std::string Mistakes::text() const {
  std::string all;
  for (const auto& line : lines_) all += (all.empty() ? "" : "\n") + line;
  return all;
}

std::optional<std::string> read_text(const std::filesystem::path& file, Mistakes& mistakes) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  std::ifstream in(file, std::ios::binary);
  if (error || !in) {
    mistakes.add(file, 0, "cannot be read: " + (error ? error.message() : "no permission"));
    return std::nullopt;
  }
  if (size > file_bytes) {
    mistakes.add(file, 0, "is larger than 1 MiB");
    return std::nullopt;
  }
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!is_utf8(text)) {
    mistakes.add(file, 0, "is not UTF-8");
    return std::nullopt;
  }
  return text;
}

std::string did_you_mean(const std::string& word, const std::vector<std::string>& known) {
  const std::string* best = nullptr;
  std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const auto& candidate : known) {
    const auto d = distance(word, candidate);
    if (d < least) least = d, best = &candidate;
  }
  return best ? " (did you mean " + *best + "?)" : "";
}

bool is_day(std::string_view text) {
  const auto digits = [&](std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return -1;
      value = value * 10 + (text[i] - '0');
    }
    return value;
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = digits(0, 4), month = digits(5, 2), day = digits(8, 2);
  if (year < 1 || month < 1 || day < 1) return false;
  using namespace std::chrono;
  return year_month_day{std::chrono::year{year}, std::chrono::month(static_cast<unsigned>(month)),
                        std::chrono::day(static_cast<unsigned>(day))}
      .ok();
}

// The document is shared by the sections cut from it; `table` points into it.
struct Section::State {
  std::filesystem::path file;
  Mistakes* mistakes = nullptr;
  std::shared_ptr<const toml::table> document;
  const toml::table* table = nullptr;
  std::set<std::string> asked;

  const toml::node* ask(const std::string& key) {
    asked.insert(key);
    return table->get(key);
  }
  std::size_t line() const { return table->source().begin.line; }
  void wrong_type(const toml::node& node, const std::string& key, std::string_view wanted) {
    mistakes->add(
        file, node.source().begin.line,
        key + " must be " + std::string(wanted) + ", not " + std::string(kind_of(node.type())));
  }
};

std::optional<Section> Section::open(const std::filesystem::path& file, Mistakes& mistakes) {
  const auto text = read_text(file, mistakes);
  if (!text) return std::nullopt;
  try {
    auto state = std::make_shared<State>();
    state->file = file;
    state->mistakes = &mistakes;
    state->document = std::make_shared<const toml::table>(toml::parse(*text));
    state->table = state->document.get();
    return Section(std::move(state));
  } catch (const toml::parse_error& error) {
    mistakes.add(file, error.source().begin.line, std::string(error.description()));
    return std::nullopt;
  }
}

std::string Section::text(const std::string& key, const std::string& fallback) const {
  const auto* node = state_->ask(key);
  if (!node) return fallback;
  const auto* value = node->as_string();
  if (!value) {
    state_->wrong_type(*node, key, "a string");
    return fallback;
  }
  if (!has_control(value->get())) return value->get();
  mistake(key, key + " holds a line end or another control character");
  return fallback;
}

std::string Section::required_text(const std::string& key) const {
  const auto* node = state_->ask(key);
  if (!node) {
    mistake(key, key + " is missing");
    return "";
  }
  const auto* value = node->as_string();
  if (value && value->get().empty()) mistake(key, key + " must not be empty");
  return text(key);
}

std::vector<std::string> Section::texts(const std::string& key) const {
  std::vector<std::string> all;
  const auto* node = state_->ask(key);
  if (!node) return all;
  const auto* list = node->as_array();
  if (!list) {
    state_->wrong_type(*node, key, "a list of strings");
    return all;
  }
  for (const auto& item : *list) {
    const auto* value = item.as_string();
    if (!value)
      state_->wrong_type(item, "each of " + key, "a string");
    else if (value->get().empty() || has_control(value->get()))
      mistake(key, key + " has an empty string or one with control characters");
    else
      all.push_back(value->get());
  }
  return all;
}

std::vector<std::pair<std::string, std::string>> Section::pairs(const std::string& key) const {
  std::vector<std::pair<std::string, std::string>> all;
  const auto* node = state_->ask(key);
  if (!node) return all;
  const auto* list = node->as_array();
  if (!list) {
    state_->wrong_type(*node, key, "a list of pairs");
    return all;
  }
  for (const auto& item : *list) {
    const auto* pair = item.as_array();
    const bool two = pair && pair->size() == 2 && pair->is_homogeneous<std::string>();
    if (two)
      all.emplace_back((*pair)[0].ref<std::string>(), (*pair)[1].ref<std::string>());
    else
      state_->wrong_type(item, "each of " + key, "a pair of strings");
  }
  return all;
}

std::int64_t Section::integer(const std::string& key, std::int64_t fallback, std::int64_t least,
                              std::int64_t most) const {
  const auto* node = state_->ask(key);
  if (!node) return fallback;
  const auto* value = node->as_integer();
  if (!value) {
    state_->wrong_type(*node, key, "a whole number");
    return fallback;
  }
  if (value->get() >= least && value->get() <= most) return value->get();
  mistake(key, key + " must be from " + std::to_string(least) + " to " + std::to_string(most));
  return fallback;
}

bool Section::flag(const std::string& key, bool fallback) const {
  const auto* node = state_->ask(key);
  if (!node) return fallback;
  if (const auto* value = node->as_boolean()) return value->get();
  state_->wrong_type(*node, key, "true or false");
  return fallback;
}

std::string Section::one_of(const std::string& key, const std::string& fallback,
                            const std::vector<std::string>& words) const {
  const std::string word = text(key, fallback);
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  std::string all;
  for (const auto& each : words) all += (all.empty() ? "" : ", ") + each;
  if (has(key) || fallback.empty())
    mistake(key, key + " must be one of " + all + did_you_mean(word, words));
  return fallback;
}

std::string Section::day(const std::string& key) const {
  const auto* node = state_->ask(key);
  if (!node) return "";
  if (const auto* date = node->as_date()) {  // a TOML date is as good as a string
    std::ostringstream out;
    out << date->get();
    return out.str();
  }
  const std::string value = text(key);
  if (value.empty() || is_day(value)) return value;
  mistake(key, key + " must be a day of the calendar, YYYY-MM-DD, not \"" + value + "\"");
  return "";
}

std::optional<Section> Section::section(const std::string& key) const {
  const auto* node = state_->ask(key);
  if (!node) return std::nullopt;
  const auto* table = node->as_table();
  if (!table) {
    state_->wrong_type(*node, key, "a section");
    return std::nullopt;
  }
  auto state = std::make_shared<State>(*state_);
  state->table = table;
  state->asked.clear();
  return Section(std::move(state));
}

std::vector<Section> Section::sections(const std::string& key) const {
  std::vector<Section> all;
  const auto* node = state_->ask(key);
  if (!node) return all;
  const auto* list = node->as_array();
  if (!list) {
    state_->wrong_type(*node, key, "written as [[" + key + "]]");
    return all;
  }
  for (const auto& item : *list) {
    if (!item.is_table()) {
      state_->wrong_type(item, "each of " + key, "a section");
      continue;
    }
    auto state = std::make_shared<State>(*state_);
    state->table = item.as_table();
    state->asked.clear();
    all.push_back(Section(std::move(state)));
  }
  return all;
}

bool Section::has(const std::string& key) const { return state_->table->contains(key); }

std::vector<std::string> Section::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> found;
  for (const auto& [key, node] : *state_->table)
    found.emplace_back(key.source().begin, std::string(key.str()));
  std::sort(found.begin(), found.end());
  std::vector<std::string> all;
  for (auto& [position, key] : found) all.push_back(std::move(key));
  return all;
}

const std::filesystem::path& Section::file() const { return state_->file; }

void Section::mistake(const std::string& key, const std::string& what) const {
  std::size_t line = state_->line();
  for (const auto& [name, node] : *state_->table)
    if (name.str() == key) line = name.source().begin.line;
  state_->mistakes->add(state_->file, line, what);
}

void Section::done() const {
  const std::vector<std::string> known(state_->asked.begin(), state_->asked.end());
  for (const auto& key : keys())
    if (!state_->asked.contains(key)) mistake(key, "unknown key " + key + did_you_mean(key, known));
}

}  // namespace dengji
