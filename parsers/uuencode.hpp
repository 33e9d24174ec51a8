// Files written into the text of a mail as uuencode (POSIX, its historical algorithm), as programs
// did before MIME and some still do: "begin 644 name", lines of up to 45 bytes, "end". Total,
// linear.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

struct UuFile {
  std::string name;  // raw, as sent
  std::string bytes;
};

struct UuText {
  std::string text;           // what stands around the files
  std::vector<UuFile> files;  // in order; one that is cut off ends where its lines do
};

// A "begin" without a line of data behind it is a person's word and stays in the text. At most
// `limit` files; more stay in the text too.
UuText take_uuencoded(std::string body, std::size_t limit);

}  // namespace dengji
