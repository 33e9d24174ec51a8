#include "daemon/letter_template.hpp"

#include <algorithm>
#include <optional>

namespace dengji {

namespace {

using Lines = std::vector<std::string>;

Lines split_lines(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    if (line.ends_with('\r')) line.pop_back();
    lines.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// "{{#name}}" alone on its line is the opening of `name`, "{{/name}}" its end.
std::optional<std::string> tag(const std::string& line, char sign) {
  if (line.size() < 6 || !line.starts_with("{{") || line[2] != sign || !line.ends_with("}}"))
    return std::nullopt;
  return line.substr(3, line.size() - 5);
}

struct Hole {
  std::size_t begin, end;  // of "{{name}}" in its line
  std::string name;
};

std::optional<Hole> next_hole(const std::string& line, std::size_t from) {
  const auto begin = line.find("{{", from);
  if (begin == std::string::npos) return std::nullopt;
  const auto end = line.find("}}", begin + 2);
  if (end == std::string::npos) return std::nullopt;
  return Hole{begin, end + 2, line.substr(begin + 2, end - begin - 2)};
}

class Checker {
 public:
  explicit Checker(const LetterNames& names) : open_{{"", &names}} {}

  std::vector<TemplateMistake> check(const Lines& lines) {
    for (const auto& line : lines) {
      ++line_;
      if (const auto name = tag(line, '#'))
        enter(*name);
      else if (const auto ended = tag(line, '/'))
        leave(*ended);
      else
        check_holes(line);
    }
    if (open_.size() > 1) wrong("{{#" + open_.back().first + "}} is not ended");
    if (lines.size() < 3 || lines[0].empty() || !lines[1].empty())
      mistakes_.insert(mistakes_.begin(),
                       {1, "a letter is its subject, an empty line and its text"});
    return mistakes_;
  }

 private:
  void wrong(const std::string& what) { mistakes_.push_back({line_, what}); }

  bool knows_word(const std::string& name) const {
    return std::any_of(open_.begin(), open_.end(),
                       [&](const auto& level) { return level.second->words.contains(name); });
  }
  const LetterNames* list(const std::string& name) const {
    for (auto level = open_.rbegin(); level != open_.rend(); ++level) {
      const auto found = level->second->lists.find(name);
      if (found != level->second->lists.end()) return &found->second;
    }
    return nullptr;
  }
  void enter(const std::string& name) {
    static const LetterNames no_more;
    const auto* items = list(name);
    if (!items && !knows_word(name)) wrong("there is no " + name + " to repeat or to ask for");
    open_.emplace_back(name, items ? items : &no_more);
  }
  void leave(const std::string& name) {
    if (open_.size() == 1 || open_.back().first != name)
      wrong("{{/" + name + "}} ends what is not open");
    else
      open_.pop_back();
  }
  void check_holes(const std::string& line) {
    std::size_t from = 0;
    while (const auto hole = next_hole(line, from)) {
      if (!knows_word(hole->name)) wrong("unknown placeholder {{" + hole->name + "}}");
      from = hole->end;
    }
    if (line.find("{{", from) != std::string::npos) wrong("{{ without }}");
  }

  std::vector<std::pair<std::string, const LetterNames*>> open_;
  std::vector<TemplateMistake> mistakes_;
  std::size_t line_ = 0;
};

class Filler {
 public:
  explicit Filler(const LetterValues& values) : scopes_{&values} {}

  std::string line(const std::string& text) const {
    std::string filled;
    std::size_t from = 0;
    while (const auto hole = next_hole(text, from)) {
      filled += text.substr(from, hole->begin - from) + word(hole->name);
      from = hole->end;
    }
    return filled + text.substr(from);
  }

  // Depth is that of the template, which is configuration.
  void block(const Lines& lines, std::size_t begin, std::size_t end) {
    for (std::size_t at = begin; at < end; ++at) {
      const auto name = tag(lines[at], '#');
      if (!name) {
        body_ += line(lines[at]) + "\n";
        continue;
      }
      const auto closing = ending(lines, at, end, *name);
      repeat(lines, at + 1, closing, *name);
      at = closing;
    }
  }

  const std::string& body() const { return body_; }

 private:
  std::string word(const std::string& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto found = (*scope)->words.find(name);
      if (found != (*scope)->words.end()) return found->second;
    }
    return "";
  }
  const std::vector<LetterValues>* list(const std::string& name) const {
    for (auto scope = scopes_.rbegin(); scope != scopes_.rend(); ++scope) {
      const auto found = (*scope)->lists.find(name);
      if (found != (*scope)->lists.end()) return &found->second;
    }
    return nullptr;
  }
  static std::size_t ending(const Lines& lines, std::size_t at, std::size_t end,
                            const std::string& name) {
    int depth = 0;
    for (; at < end; ++at) {
      if (tag(lines[at], '#') == name) ++depth;
      if (tag(lines[at], '/') == name && --depth == 0) return at;
    }
    return end;
  }
  void repeat(const Lines& lines, std::size_t begin, std::size_t end, const std::string& name) {
    const auto* items = list(name);
    if (!items) {
      if (!word(name).empty()) block(lines, begin, end);
      return;
    }
    for (const auto& item : *items) {
      scopes_.push_back(&item);
      block(lines, begin, end);
      scopes_.pop_back();
    }
  }

  std::vector<const LetterValues*> scopes_;
  std::string body_;
};

}  // namespace

const LetterNames& letter_names() {
  static const LetterNames finding = {{"index", "code", "title", "place", "detail", "advice"}, {}};
  static const LetterNames submission = {
      {"index", "platform", "form", "action", "registrant", "id_number", "number", "version",
       "decision", "accepted", "held", "rejected", "repeated", "more"},
      {{"files", {{"name", "role"}, {}}},
       {"defects", finding},
       {"doubts", finding},
       {"notes", finding}}};
  static const LetterNames names = {
      {"subject", "sender", "date", "office", "office_address", "phone", "city", "campaign_start",
       "campaign_end", "days", "count", "remark", "size", "limit", "asked"},
      {{"submissions", submission}, {"remote", {{"name"}, {}}}}};
  return names;
}

std::vector<TemplateMistake> check_template(std::string_view text, const LetterNames& names) {
  return Checker(names).check(split_lines(text));
}

FilledLetter fill_template(std::string_view text, const LetterValues& values) {
  const Lines lines = split_lines(text);
  if (lines.empty()) return {};
  Filler filler(values);
  filler.block(lines, std::min<std::size_t>(2, lines.size()), lines.size());
  return {filler.line(lines[0]), filler.body()};
}

}  // namespace dengji
