// The database's words back to values, and small SQL habits that the folder's files share. Words
// that no program of this schema wrote: StoreError.
#pragma once
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/register.hpp"

namespace dengji {

RecordStatus record_status_from(const std::string& word);

// The columns of a Known, of "record r", "record_version v" and "submission s" joined by
// known_from.
extern const char* const known_columns;
extern const char* const known_from;
Known known_of(const Database&, const ResultRow&);

// A sealed column's text.
std::string opened(const Database&, const ResultRow&, std::size_t column, const char* of, Id id,
                   std::int64_t position = 0);

extern const char* const finding_columns;  // SELECT ... without FROM
Finding finding_of(const Database&, const ResultRow&);
std::vector<Finding> findings_of(Database&, Id submission);

// Conditions as they are asked for, their parameters in the order of their first use.
struct Where {
  std::string sql;  // " AND ..." each
  std::vector<Value> parameters;

  // `@` in the condition stands for the parameter.
  std::string with(std::string condition, Value value);  // without the " AND "
  void add(const std::string& condition, const Value& value);
};
std::string like(const std::string& text);  // of LIKE ... ESCAPE '\\': anywhere within

// Whom a letter reaches: ASCII lower case, without a "+tag" before the @.
std::string address_key(const std::string& address);
std::string bare_message_id(const std::string& id);  // without blanks and <>

}  // namespace dengji
