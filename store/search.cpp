#include "store/search.hpp"

#include <vector>

#include "parsers/text.hpp"
#include "store/database.hpp"
#include "store/words.hpp"

namespace dengji {

namespace {

constexpr std::size_t most_terms = 16;  // of a question

// Runs of ASCII without blanks, and runs of anything else.
std::vector<std::u32string> runs_of(std::string_view text) {
  std::vector<std::u32string> runs;
  bool inside = false, ascii = false;
  for (const char32_t c : code_points(address_key(std::string(text)))) {
    if (c <= 0x20 || c == 0x3000 || c == U'"') {
      inside = false;
      continue;
    }
    if (!inside || ascii != (c < 0x80)) runs.emplace_back();
    runs.back() += c;
    inside = true;
    ascii = c < 0x80;
  }
  return runs;
}

std::string pairs_of(const std::u32string& run) {
  std::string pairs;
  for (std::size_t i = 0; i + 1 < run.size(); ++i)
    pairs += from_code_points(run.substr(i, 2)) + ' ';
  return pairs;
}

}  // namespace

std::string index_words(std::string_view text) {
  std::string words;
  for (const auto& run : runs_of(text)) {
    const bool ascii = run.front() < 0x80;
    words += ascii ? from_code_points(run)
                   : pairs_of(run) + from_code_points(run.substr(run.size() - 1));
    words += ' ';
  }
  return words;
}

// A quoted phrase means its tokens one behind the other; '*' lets the last one go on.
std::string match_words(std::string_view text) {
  std::string match;
  std::size_t terms = 0;
  for (const auto& run : runs_of(text)) {
    if (++terms > most_terms) break;
    const bool open = run.front() < 0x80 || run.size() == 1;
    match += '"' + (open ? from_code_points(run) : pairs_of(run)) + "\" " + (open ? "* " : "");
  }
  return match;
}

void index_submission(Database& database, Id submission) {
  const auto rows = database.query(
      "SELECT s.platform, s.registrant_name, s.account_id, m.sender, COALESCE(r.number, '')"
      " FROM submission s JOIN message m ON m.id = s.message LEFT JOIN record r ON r.id = s.record"
      " WHERE s.id = $1",
      {submission});
  std::string words;
  for (std::size_t i = 0; i < 5; ++i) words += index_words(rows.at(0).text(i)) + ". ";
  database.execute("DELETE FROM submission_words WHERE rowid = $1", {submission});
  database.execute("INSERT INTO submission_words (rowid, words) VALUES ($1, $2)",
                   {submission, words});
}

void index_missing(Database& database) {
  constexpr std::int64_t batch = 500;
  while (true) {
    Transaction transaction(database);
    const auto rows = database.query(
        "SELECT id FROM submission WHERE id > (SELECT COALESCE(MAX(rowid), 0) FROM"
        " submission_words) ORDER BY id LIMIT $1",
        {batch});
    if (rows.empty()) return;
    for (const auto& row : rows) index_submission(database, row.number(0));
    transaction.commit();
  }
}

}  // namespace dengji
