// Finding submissions by words: platform, registrant, account, sender, receipt number. The index is
// SQLite's FTS5, the one thing of this folder that another database would do in its own way.
// Chinese is kept as overlapping pairs of characters, so that any part of a name of two or more is
// found; other words by their beginning. Within the caller's transaction. Errors: StoreError.
#pragma once
#include <string>
#include <string_view>

#include "store/register.hpp"

namespace dengji {

// "石桥网ab.cd" -> "石桥 桥网 网 ab.cd", in ASCII lower case.
std::string index_words(std::string_view text);
// What MATCH is asked for a person's words: all of them, in any order; "" where none can be sought.
std::string match_words(std::string_view text);

// Anew, once it is stored or its record's number is known.
void index_submission(Database&, Id submission);
// Those that were stored before there was an index.
void index_missing(Database&);

}  // namespace dengji
