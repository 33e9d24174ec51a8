// Where the parts of a multipart begin and end (RFC 2046 5.1.1), in mails whose boundaries are
// blanked, padded, missing, or begin like one another. Linear; no more than a preamble is looked
// through.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

// A multipart that is open, or a message attached within one.
struct OpenPart {
  std::string boundary;  // as sent, with "--"; "" for an attached message
  std::string ours;      // as mend() writes it
  bool digest = false;   // RFC 2046 5.1.5: its parts are messages unless they say otherwise
};

// A line that begins with an open multipart's boundary. The RFC asks for no more than that, but
// boundaries often begin alike, so that only blanks and words behind a blank may follow. Blanks at
// a boundary's own end do not count: it may have none, and programs cut them off.
struct Delimiter {
  std::size_t level = 0;  // of the multipart in `open`
  bool closing = false;
};
std::optional<Delimiter> delimiter(const std::vector<OpenPart>& open, std::string_view line);

// The boundary that a multipart's parts stand between: the one that it names, else, where that is
// missing or never comes, the first line that looks like one and has a field of a part behind it.
// "" where there is none either: then there are no parts, and what stands there is a text. `around`
// are the multiparts that it lies in.
std::string used_boundary(const std::string& named, std::string_view body,
                          const std::vector<OpenPart>& around);

}  // namespace dengji
