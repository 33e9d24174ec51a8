// TOML files as sections whose every key is asked for by name. What is wrong (a type, a range, a
// key nobody asked for) is noted as "file:line: what is wrong" and reading goes on, so that one run
// names all mistakes. toml++ stays private to config_reader.cpp. One thread; a Section must not
// outlive its Mistakes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dengji {

class Mistakes {
 public:
  // line 0: of the file as a whole.
  void add(const std::filesystem::path& file, std::size_t line, const std::string& what);
  bool none() const { return lines_.empty(); }
  std::string text() const;  // one a line, files in the order read, lines in order

 private:
  std::vector<std::string> lines_;
};

// The whole file; none, and a mistake, where it cannot be read or is no UTF-8.
std::optional<std::string> read_text(const std::filesystem::path& file, Mistakes& mistakes);

// The word of `known` that was likely meant, as " (did you mean ...?)"; "" if none is near.
std::string did_you_mean(const std::string& word, const std::vector<std::string>& known);

class Section {
 public:
  // None, and a mistake, where the file cannot be read or is no TOML.
  static std::optional<Section> open(const std::filesystem::path& file, Mistakes& mistakes);

  // Strings hold no control characters, so none can reach a header or a log line.
  std::string text(const std::string& key, const std::string& fallback = "") const;
  std::string required_text(const std::string& key) const;  // absent or empty is a mistake
  std::vector<std::string> texts(const std::string& key) const;
  std::vector<std::pair<std::string, std::string>> pairs(const std::string& key) const;
  std::int64_t integer(const std::string& key, std::int64_t fallback, std::int64_t least,
                       std::int64_t most) const;
  bool flag(const std::string& key, bool fallback) const;
  std::string one_of(const std::string& key, const std::string& fallback,
                     const std::vector<std::string>& words) const;
  std::string day(const std::string& key) const;  // a date that exists, YYYY-MM-DD; "" where absent

  std::optional<Section> section(const std::string& key) const;  // [key]
  std::vector<Section> sections(const std::string& key) const;   // [[key]]

  bool has(const std::string& key) const;  // does not count as asking for it
  std::vector<std::string> keys() const;   // in the order of the file
  const std::filesystem::path& file() const;
  void mistake(const std::string& key,
               const std::string& what) const;  // at the key, else the section
  void done() const;                            // every key that was not asked for is a mistake

 private:
  struct State;
  explicit Section(std::shared_ptr<State> state) : state_(std::move(state)) {}
  std::shared_ptr<State> state_;
};

// A day that exists in the Gregorian calendar, as YYYY-MM-DD.
bool is_day(std::string_view text);

}  // namespace dengji
