#include "parsers/remote.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "parsers/attachment.hpp"
#include "parsers/header.hpp"
#include "parsers/text.hpp"
#include "parsers/transfer.hpp"

namespace dengji {
namespace {

constexpr std::size_t links_max = 100;
constexpr std::size_t url_bytes = 2000;
constexpr std::size_t tag_bytes = 20'000;
constexpr std::size_t entity_bytes = 10;
constexpr std::size_t line_bytes = 1000;  // of a line that may name a file

// Where the mail services keep super-large attachments; found anywhere in a link, lower case.
constexpr std::array<std::string_view, 20> hosts{
    // Tencent
    "ftnexs_download", "/ftn/download", "qqmailbigattach",
    // NetEase
    "mail.163.com/large-attachment", "mail.126.com/large-attachment",
    "mail.yeah.net/large-attachment", "large-attachment-download", "cloud-attachment-download",
    "fs.163.com", "edisk.qiye.163.com",
    // the telecommunications companies
    "download.cloud.189.cn", "cloud.189.cn/t/", "mail.10086.cn/s?func", "pan.wo.cn/s/",
    // Alibaba, Sina, Coremail (universities, government), Apple
    "downloadmimemetadiskbigattach", "bigfile.mail.sina", "mail.sina.com.cn/filecenter",
    "coremail/common/nffile", "icloud.com/attachment",
    // others
    "largeattach"};

bool is_remote(std::string_view url) {
  const std::string lower = lower_ascii(url.substr(0, url_bytes));
  return std::any_of(hosts.begin(), hosts.end(), [&lower](std::string_view host) {
    return lower.find(host) != std::string::npos;
  });
}

void append_code_point(std::string& out, char32_t code) {
  out += code == 0xA0 ? std::string(" ") : from_code_points(std::u32string_view(&code, 1));
}

// The character named by the reference at `at` ("&amp;", "&#30331;"), with its length; none if
// there is no such reference.
std::optional<std::pair<char32_t, std::size_t>> reference(std::string_view html, std::size_t at) {
  const std::size_t end = html.substr(at, entity_bytes).find(';');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string name = lower_ascii(html.substr(at + 1, end - 1));
  struct Named {
    std::string_view name;
    char32_t code;
  };
  constexpr std::array<Named, 8> named{{{"amp", '&'},
                                        {"lt", '<'},
                                        {"gt", '>'},
                                        {"quot", '"'},
                                        {"apos", '\''},
                                        {"nbsp", 0xA0},
                                        {"middot", 0xB7},
                                        {"ensp", ' '}}};
  for (const Named& each : named) {
    if (each.name == name) return std::pair{each.code, end + 1};
  }
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  const bool hex = name[1] == 'x';
  char32_t code = 0;
  for (const char c : std::string_view(name).substr(hex ? 2 : 1)) {
    const int digit = c >= '0' && c <= '9'          ? c - '0'
                      : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                                                    : -1;
    if (digit < 0) return std::nullopt;
    code = code * (hex ? 16 : 10) + static_cast<char32_t>(digit);
    if (code > 0x10FFFF) return std::nullopt;
  }
  return std::pair{code, end + 1};
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found = text[at] == '&' ? reference(text, at) : std::nullopt;
    if (found) {
      append_code_point(out, found->first);
      at += found->second;
    } else {
      out += text[at++];
    }
  }
  return out;
}

std::string tag_name(std::string_view tag) {
  const std::size_t start = tag.starts_with('/') ? 1 : 0;
  return lower_ascii(tag.substr(start, tag.find_first_of(" \t\n/>", start) - start));
}

std::string attribute(std::string_view tag, std::string_view name) {
  const std::string lower = lower_ascii(tag);
  std::size_t at = lower.find(name);
  while (at != std::string::npos && (at == 0 || lower[at - 1] > ' ')) at = lower.find(name, at + 1);
  if (at == std::string::npos) return "";
  at = lower.find_first_not_of(" \t\n", at + name.size());
  if (at == std::string::npos || lower[at] != '=') return "";
  at = lower.find_first_not_of(" \t\n", at + 1);
  if (at == std::string::npos) return "";
  const bool quoted = lower[at] == '"' || lower[at] == '\'';
  const std::size_t end = quoted ? tag.find(tag[at], at + 1) : tag.find_first_of(" \t\n>", at);
  const std::size_t start = at + (quoted ? 1 : 0);
  return unescape(tag.substr(start, end == std::string_view::npos ? end : end - start));
}

bool breaks_line(std::string_view name) {
  constexpr std::array<std::string_view, 14> blocks{"br",    "p",  "div", "tr",        "li",
                                                    "table", "h1", "h2",  "h3",        "ul",
                                                    "ol",    "hr", "td",  "blockquote"};
  return std::find(blocks.begin(), blocks.end(), name) != blocks.end();
}

class HtmlReader {
 public:
  explicit HtmlReader(std::string_view html) : html_(html) {}

  BodyText read() {
    while (at_ < html_.size()) {
      if (html_[at_] == '<') {
        tag();
      } else if (const auto found = html_[at_] == '&' ? reference(html_, at_) : std::nullopt) {
        append_code_point(out_.text, found->first);
        at_ += found->second;
      } else {
        character(html_[at_++]);
      }
    }
    return std::move(out_);
  }

 private:
  void character(char c) {
    const bool blank = c == '\n' || c == '\t' || c == ' ';
    if (!blank) {
      out_.text += c;
    } else if (!out_.text.empty() && out_.text.back() != ' ' && out_.text.back() != '\n') {
      out_.text += ' ';
    }
  }
  void tag() {
    if (html_.substr(at_, 4) == "<!--") {
      const std::size_t end = html_.find("-->", at_);
      at_ = end == std::string_view::npos ? html_.size() : end + 3;
      return;
    }
    const char next = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
    const bool markup = next == '/' || next == '!' || next == '?' || (next | 0x20) >= 'a';
    // Up to the next bracket of either kind: tags that never end must not be searched again and
    // again.
    const std::size_t end = html_.substr(at_, tag_bytes).find_first_of("<>", 1);
    if (!markup || end == std::string_view::npos || html_[at_ + end] == '<') {
      out_.text += html_[at_++];
      return;
    }
    const std::string_view inside = html_.substr(at_ + 1, end - 1);
    const std::string name = tag_name(inside);
    at_ += end + 1;
    if (name == "style" || name == "script" || name == "title") skip_element(name, inside);
    if (breaks_line(name) && !out_.text.empty() && out_.text.back() != '\n') out_.text += '\n';
    if (name == "a" && !inside.starts_with('/')) link(attribute(inside, "href"));
  }
  void skip_element(const std::string& name, std::string_view tag) {
    if (tag.starts_with('/') || tag.ends_with('/')) return;
    std::size_t end = html_.find("</", at_);
    while (end != std::string_view::npos &&
           lower_ascii(html_.substr(end + 2, name.size())) != name) {
      end = html_.find("</", end + 2);
    }
    at_ = std::min(end, html_.size());
  }
  void link(const std::string& url) {
    if (!is_remote(url) || out_.links.size() == links_max) return;
    out_.links.push_back({url.substr(0, url_bytes), out_.text.size()});
  }

  std::string_view html_;
  std::size_t at_ = 0;
  BodyText out_;
};

// ---- names near links

struct Name {
  std::string text;
  std::size_t at = 0, end = 0;  // of its line
};

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The last file name that the line holds: up to a known extension, behind a colon or tab.
std::optional<std::string> name_in(std::string_view line) {
  line = line.substr(0, line_bytes);
  for (std::size_t dot = line.find('.'); dot != std::string_view::npos;
       dot = line.find('.', dot + 1)) {
    std::size_t end = dot + 1;
    while (end < line.size() && is_word(line[end])) ++end;
    const std::string candidate = "x" + std::string(line.substr(dot, end - dot));
    if (end - dot > 6 || stem(candidate) == candidate) continue;
    std::string_view name = line.substr(0, end);
    if (name.find("://") != std::string_view::npos) continue;
    const std::size_t tab = name.find_last_of("\t:>\"");
    if (tab != std::string_view::npos) name.remove_prefix(tab + 1);
    const std::size_t colon = name.rfind("：");
    if (colon != std::string_view::npos) name.remove_prefix(colon + std::string_view("：").size());
    const std::string cleaned = clean_name(name);
    if (stem(cleaned) != cleaned) return cleaned;
  }
  return std::nullopt;
}

std::vector<Name> names_in(const std::string& text) {
  std::vector<Name> names;
  for (std::size_t at = 0; at < text.size() && names.size() < 10 * links_max;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (const auto name = name_in(std::string_view(text).substr(at, end - at))) {
      names.push_back({*name, at, end});
    }
    at = end + 1;
  }
  return names;
}

}  // namespace

BodyText read_html(std::string_view utf8_html) { return HtmlReader(utf8_html).read(); }

BodyText read_plain(std::string_view utf8_text) {
  BodyText body;
  body.text = utf8_text;
  for (std::size_t at = utf8_text.find("http"); at != std::string_view::npos;
       at = utf8_text.find("http", at + 4)) {
    const std::string_view rest = utf8_text.substr(at, url_bytes);
    const std::string_view url = rest.substr(0, rest.find_first_of(" \t\n<>\"'"));
    if (is_remote(url) && body.links.size() < links_max) {
      body.links.push_back({std::string(url), at});
    }
  }
  return body;
}

std::vector<std::string> remote_names(const BodyText& body) {
  constexpr std::size_t near = 300;  // bytes between a name and its link
  const std::vector<Name> names = names_in(body.text);
  std::vector<std::string> out;
  std::set<std::string> told;
  const auto tell = [&](const std::string& name) {
    if (told.insert(name).second) out.push_back(name);
  };
  for (const BodyText::Link& link : body.links) {
    if (!told.insert(link.url).second) continue;
    const Name* best = nullptr;
    std::size_t nearest = near;
    for (const Name& name : names) {
      const std::size_t gap = name.at > link.at    ? name.at - link.at
                              : link.at > name.end ? link.at - name.end
                                                   : 0;
      if (gap < nearest) {
        nearest = gap;
        best = &name;
      }
    }
    best ? tell(best->text) : out.push_back(link.url);
  }
  return out;
}

std::vector<std::string> shown_content_ids(std::string_view utf8_html) {
  std::vector<std::string> ids;
  const std::string lower = lower_ascii(utf8_html);
  for (std::size_t at = lower.find("cid:"); at != std::string::npos && ids.size() < 1000;
       at = lower.find("cid:", at + 4)) {
    const std::string_view rest = utf8_html.substr(at + 4, 255);
    ids.push_back(decode_percent(rest.substr(0, rest.find_first_of("\"'<> )\t\n&"))));
  }
  return ids;
}

}  // namespace dengji
