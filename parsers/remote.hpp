// Mail bodies: HTML as plain text, and the "super-large attachments" in it, which are only download
// links of the sender's mail provider. Links are recognised, never fetched. Linear in the body.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

struct BodyText {
  struct Link {
    std::string url;
    std::size_t at = 0;  // where in the text it stands
  };
  std::string text;         // UTF-8
  std::vector<Link> links;  // to super-large attachments
};

BodyText read_html(std::string_view utf8_html);
BodyText read_plain(std::string_view utf8_text);

// For each link the name of its file where the text around it tells one, else the link itself;
// each once, in order.
std::vector<std::string> remote_names(const BodyText& body);

// The ids of "cid:" links: pictures shown in the body.
std::vector<std::string> shown_content_ids(std::string_view utf8_html);

}  // namespace dengji
