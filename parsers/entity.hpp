// A MIME message as a tree of parts, read by mimetic from mended bytes (mend.hpp). The only door to
// mimetic's parser: its types stay in entity.cpp.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/header.hpp"

namespace dengji {

struct Entity {
  std::vector<std::pair<std::string, std::string>>
      fields;        // names lower case, values raw, in order
  Parametered type;  // as sent; "text/plain" where none was
  Parametered disposition;
  std::string body;           // of a leaf, its transfer encoding undone; a multipart in which no
                              // part could be found is one
  std::vector<Entity> parts;  // of a multipart, or the one message of an attached one

  bool has(std::string_view name) const;
  std::string field(std::string_view name) const;  // the first of this name, raw; "" where none
  std::string name() const;  // decoded file name, best of all places it stands in; "" if none
  bool is_multipart() const { return multipart_; }  // not one of which no part could be found
  bool is_message() const { return message_; }      // an attached message that was opened
  bool multipart_ = false, message_ = false;
};

Entity read_entity(std::string mended);

}  // namespace dengji
