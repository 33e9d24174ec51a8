// Apache James Mime4j's tests keep 80 messages with an account (*.xml) of how Mime4j reads each.
// Held against what we read from the same bytes: the tree of parts, each part's fields, and each
// leaf's bytes with the transfer encoding undone by decoders that are not ours. docs/MIME.md says
// why each difference is right or harmless; one that is not listed here fails. The files are not
// the project's own: where they do not lie beside the checkout, there is nothing to compare.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "parsers/entity.hpp"
#include "parsers/mend.hpp"

namespace dengji {
namespace {

const std::filesystem::path corpus =
    std::filesystem::path(SOURCE_DIR) / "../shared/corpus/mime/mime4j";

std::string file_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// ---- Mime4j's account

struct Part {
  std::vector<std::pair<std::string, std::string>> fields;  // names lower case, blanks squeezed
  bool multipart = false, message = false;
  std::string body;  // of a leaf, as sent
  std::vector<Part> parts;

  std::string field(const std::string& name) const {
    for (const auto& [each, value] : fields) {
      if (each == name) return value;
    }
    return "";
  }
};

std::string squeezed(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank) out += c;
    if (blank && !out.empty() && out.back() != ' ') out += ' ';
  }
  return std::string(strip_blanks(out));
}

std::pair<std::string, std::string> field_of(std::string_view line) {
  const std::size_t colon = line.find(':');
  return {lower_ascii(strip_blanks(line.substr(0, colon))),
          squeezed(line.substr(std::min(colon, line.size() - 1) + 1))};
}

class Account {
 public:
  explicit Account(std::string xml) : xml_(std::move(xml)) {}

  Part read() {
    Part part;
    tag();  // <message>
    content(part);
    return part;
  }

 private:
  // The next tag's name, "/" before it where it closes.
  std::string tag() {
    const std::size_t start = xml_.find('<', at_), end = xml_.find('>', start);
    at_ = std::min(end, xml_.size() - 1) + 1;
    return start == std::string::npos ? "" : xml_.substr(start + 1, end - start - 1);
  }
  // Up to the next tag; a line end behind the tag before is the account's own.
  std::string text() {
    std::string out = xml_.substr(at_ + 2, xml_.find('<', at_) - at_ - 2);
    for (const auto& [escape, c] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}}) {
      const std::string from = escape;
      for (std::size_t at = out.find(from); at != std::string::npos; at = out.find(from, at + 1)) {
        out.replace(at, from.size(), c);
      }
    }
    return out;
  }
  void content(Part& part) {
    for (std::string name = tag(); !name.empty(); name = tag()) {
      if (name == "field") part.fields.push_back(field_of(text()));
      if (name == "body") part.body = text();
      if (name == "multipart") part.multipart = true;
      if (name == "message") part.message = true;
      if (name == "body-part" || name == "message") content(part.parts.emplace_back());
      if (name == "/body-part" || name == "/message") return;
    }
  }

  std::string xml_;
  std::size_t at_ = 0;
};

// ---- decoders that are not ours

std::string base64(const std::string& text) {
  const std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, count = 0;
  for (const char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    if ((count += 6) < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

std::string quoted_printable(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t end = text.find_first_not_of(" \t", at + 1);
    if (text[at] == ' ' || text[at] == '\t') {
      const std::size_t next = text.find_first_not_of(" \t", at);
      if (next == std::string::npos || text[next] == '\r' || text[next] == '\n') continue;
      out += text[at];
    } else if (text[at] != '=') {
      out += text[at];
    } else if (end != std::string::npos && (text[end] == '\n' || text[end] == '\r')) {
      at = text.find('\n', end);
    } else {
      out += static_cast<char>(std::stoi(text.substr(at + 1, 2), nullptr, 16));
      at += 2;
    }
  }
  return out;
}

std::string decoded(const Part& leaf) {
  const std::string encoding = lower_ascii(leaf.field("content-transfer-encoding"));
  if (encoding == "base64") return base64(leaf.body);
  if (encoding == "quoted-printable") return quoted_printable(leaf.body);
  return leaf.body;
}

// ---- the comparison

using Differences = std::vector<std::string>;

const char* kind(bool multipart, bool message) {
  return multipart ? "multipart" : message ? "message" : "leaf";
}

void compare_fields(const Part& theirs, const Entity& ours, const std::string& at,
                    Differences& out) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (const auto& [name, value] : ours.fields) fields.emplace_back(name, squeezed(value));
  for (const auto& field : theirs.fields) {
    const auto found = std::find(fields.begin(), fields.end(), field);
    if (found == fields.end()) out.push_back(at + " no " + field.first);
    if (found != fields.end()) fields.erase(found);
  }
  for (const auto& field : fields) out.push_back(at + " more " + field.first);
}

void compare(const Part& theirs, const Entity& ours, const std::string& at, Differences& out) {
  compare_fields(theirs, ours, at, out);
  const bool multipart = ours.is_multipart();
  if (theirs.multipart != multipart || theirs.message != ours.is_message()) {
    out.push_back(at + " " + kind(theirs.multipart, theirs.message) + " is " +
                  kind(multipart, ours.is_message()));
  } else if (theirs.parts.size() != ours.parts.size()) {
    out.push_back(at + " " + std::to_string(theirs.parts.size()) + " parts are " +
                  std::to_string(ours.parts.size()));
  } else if (!theirs.multipart && !theirs.message && decoded(theirs) != ours.body) {
    out.push_back(at + " body");
  }
  for (std::size_t i = 0; i < std::min(theirs.parts.size(), ours.parts.size()); ++i) {
    compare(theirs.parts[i], ours.parts[i], at + "." + std::to_string(i + 1), out);
  }
}

Differences differences(const std::string& name) {
  const auto mended = mend(file_bytes(corpus / (name + ".msg")));
  if (!mended) return {mended.reason().detail};
  Differences out;
  compare(Account(file_bytes(corpus / (name + ".xml"))).read(), read_entity(*mended), "0", out);
  return out;
}

using Known = std::map<std::string, Differences>;

// docs/MIME.md has the reasons.
const Known known{
    {"badbound", {"0 multipart is leaf"}},
    {"malformedHeader-noheader", {"no header field"}},
    {"malformedHeaderStartsBody-nocrlfcrlf", {"0 more anotherheader", "0 body"}},
    {"malformedHeaderStartsBody-noheader", {"no header field"}},
    {"missing-boundary", {"0 multipart is leaf"}},
    {"missing-inner-boundary", {"0.2 multipart is leaf"}},
    {"missing-inner-start-boundary", {"0.2 multipart is leaf"}},
    {"multipartnopart", {"0 multipart is leaf"}},
    {"very-long-boundary", {"0 1 parts are 2", "0.1 body"}},
    {"very-very-long-boundary", {"0 1 parts are 2", "0.1 body"}},
    {"weird-boundary", {"0 1 parts are 2", "0.1 body"}},
};

}  // namespace

TEST(Mime4j, SeesTheSamePartsFieldsAndBytes) {
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "there is no corpus at " << corpus;
  Known found;
  std::size_t messages = 0;
  for (const auto& each : std::filesystem::directory_iterator(corpus)) {
    const std::string name = each.path().stem().string();
    if (each.path().extension() != ".msg") continue;
    if (!std::filesystem::exists(corpus / (name + ".xml"))) continue;  // one has no account
    ++messages;
    if (const Differences all = differences(name); !all.empty()) found[name] = all;
  }
  EXPECT_EQ(messages, 80u);
  EXPECT_EQ(found, known);
}

}  // namespace dengji
