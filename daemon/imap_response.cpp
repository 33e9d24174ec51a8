#include "daemon/imap_response.hpp"

#include <algorithm>
#include <charconv>

#include "daemon/imap_text.hpp"
#include "parsers/text.hpp"

namespace dengji {
namespace {

constexpr std::size_t read_bytes = 32 * 1024;

template <class Number>
std::optional<Number> read_number(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return {};
  return value;
}

std::string_view next_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

// The size at the end of "... {123}" or "... {123+}".
std::optional<std::uint64_t> literal_size(std::string_view line) {
  if (!line.ends_with('}')) return {};
  const std::size_t open = line.rfind('{');
  if (open == std::string_view::npos) return {};
  std::string_view digits = line.substr(open + 1, line.size() - open - 2);
  if (digits.ends_with('+')) digits.remove_suffix(1);
  return read_number<std::uint64_t>(digits);
}

// BODY[], BODY[HEADER], BODY[HEADER]<0>: a mail's bytes or the begin of them.
bool is_body(std::string_view key) {
  return key == "BODY[]" || key == "BODY[HEADER]" || key == "BODY[HEADER]<0>";
}

bool announces_body(const std::string& line) {
  const std::string before = ascii_upper(std::string_view(line).substr(0, line.rfind('{')));
  const std::size_t begin = before.rfind("BODY[");
  return begin != std::string::npos && is_body(trim(before.substr(begin)));
}

bool is_text_response(std::string_view line) {
  std::string_view rest = line;
  const std::string_view tag = next_word(rest);
  if (tag == "+") return true;
  const std::string word = ascii_upper(next_word(rest));
  return tag != "*" || word == "OK" || word == "NO" || word == "BAD" || word == "BYE" ||
         word == "PREAUTH";
}

void read_status_text(std::string_view rest, ImapResponse& response) {
  const std::size_t end = rest.find(']');
  if (rest.starts_with('[') && end != std::string_view::npos) {
    response.code = rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  response.text = rest;
}

class Lexer {
 public:
  Lexer(std::string_view text, std::vector<ImapToken>& out) : text_(text), out_(out) {}
  void run() {
    while (position_ < text_.size()) step();
  }

 private:
  void step() {
    const char c = text_[position_];
    if (c == ' ') {
      ++position_;
    } else if (c == '(' || c == ')') {
      out_.push_back({c == '(' ? ImapToken::Kind::open : ImapToken::Kind::close, {}});
      ++position_;
    } else if (c == '"') {
      quoted();
    } else {
      atom();
    }
  }

  void quoted() {
    std::string value;
    for (++position_; position_ < text_.size() && text_[position_] != '"'; ++position_) {
      if (text_[position_] == '\\' && position_ + 1 < text_.size()) ++position_;
      value += text_[position_];
    }
    if (position_ >= text_.size()) throw ImapSyntaxError("a quoted string does not end");
    ++position_;
    out_.push_back({ImapToken::Kind::string, std::move(value)});
  }

  // Within brackets everything belongs to the atom: BODY[HEADER.FIELDS (FROM)].
  void atom() {
    const std::size_t begin = position_;
    bool bracket = false;
    for (; position_ < text_.size(); ++position_) {
      const char c = text_[position_];
      if (c == '[') bracket = true;
      if (c == ']') bracket = false;
      if (!bracket && (c == ' ' || c == '(' || c == ')' || c == '"')) break;
    }
    out_.push_back({ImapToken::Kind::atom, std::string(text_.substr(begin, position_ - begin))});
  }

  std::string_view text_;
  std::vector<ImapToken>& out_;
  std::size_t position_ = 0;
};

std::string_view without_literal_size(const std::string& line) {
  return std::string_view(line).substr(0, line.rfind('{'));
}

// Past the value that begins at `at`: one token, or a list with all that is in it.
std::size_t after_value(const std::vector<ImapToken>& tokens, std::size_t at) {
  int depth = 0;
  for (; at < tokens.size(); ++at) {
    if (tokens[at].kind == ImapToken::Kind::open) ++depth;
    if (tokens[at].kind == ImapToken::Kind::close) --depth;
    if (depth <= 0) return at + 1;
  }
  return at;
}

bool is_nil(const ImapToken& token) {
  return token.kind == ImapToken::Kind::atom && ascii_upper(token.text) == "NIL";
}

void take_item(const std::string& key, const std::vector<ImapToken>& tokens, std::size_t begin,
               std::size_t end, ImapFetch& fetch) {
  const ImapToken& value = tokens[begin];
  if (key == "UID") {
    fetch.uid = value.text;
  } else if (key == "RFC822.SIZE") {
    fetch.size = read_number<std::uint64_t>(value.text);
  } else if (key == "INTERNALDATE") {
    fetch.received = read_internal_date(value.text);
  } else if (key == "FLAGS") {
    fetch.flags.emplace();
    for (std::size_t i = begin + 1; i + 1 < end; ++i) fetch.flags->push_back(tokens[i].text);
  } else if (is_body(key)) {
    fetch.streamed = value.streamed;
    if (!value.streamed && !is_nil(value)) fetch.body = value.text;
  }
}

}  // namespace

bool ImapResponse::is_status() const {
  return word == "OK" || word == "NO" || word == "BAD" || word == "BYE" || word == "PREAUTH";
}

ImapResponse read_response(const std::vector<std::string>& lines,
                           const std::vector<ImapLiteral>& literals) {
  ImapResponse response;
  std::string_view rest = lines.front();
  response.tag = next_word(rest);
  if (response.tag == "+") {
    response.text = rest;
    return response;
  }
  std::string_view word = next_word(rest);
  if (const auto number = read_number<std::uint64_t>(word)) {
    response.number = *number;
    word = next_word(rest);
  }
  response.word = ascii_upper(word);
  if (response.is_status()) {
    read_status_text(rest, response);
    return response;
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view text = i == 0 ? rest : std::string_view(lines[i]);
    if (i < literals.size())
      text.remove_suffix(lines[i].size() - without_literal_size(lines[i]).size());
    Lexer(text, response.tokens).run();
    if (i < literals.size())
      response.tokens.push_back({ImapToken::Kind::string, literals[i].bytes, literals[i].streamed});
  }
  return response;
}

std::optional<ImapFetch> read_fetch(const ImapResponse& response) {
  const std::vector<ImapToken>& tokens = response.tokens;
  if (response.word != "FETCH" || tokens.empty()) return {};
  if (tokens.front().kind != ImapToken::Kind::open) return {};
  ImapFetch fetch;
  for (std::size_t at = 1; at + 1 < tokens.size();) {
    if (tokens[at].kind != ImapToken::Kind::atom) return {};
    const std::size_t end = after_value(tokens, at + 1);
    take_item(ascii_upper(tokens[at].text), tokens, at + 1, end, fetch);
    at = end;
  }
  return fetch;
}

ImapResponse ImapReader::next(const Body& body) {
  std::vector<std::string> lines{line(imap_line_bytes)};
  std::vector<ImapLiteral> literals;
  std::size_t room = imap_line_bytes - lines.front().size();
  if (is_text_response(lines.front())) return read_response(lines, literals);
  while (const auto size = literal_size(lines.back())) {
    if (literals.size() == imap_literals) throw ImapSyntaxError("too many literals in a response");
    const bool streamed = announces_body(lines.back());
    if (!streamed && *size > room) throw ImapSyntaxError("a literal is too long");
    literals.push_back({});
    if (streamed) {
      const ImapResponse so_far = read_response(lines, {literals.begin(), literals.end()});
      stream(*size, body(so_far, *size));
      literals.back().streamed = true;
    } else {
      literals.back().bytes = take(*size);
      room -= static_cast<std::size_t>(*size);
    }
    lines.push_back(line(room));
    room -= lines.back().size();
  }
  return read_response(lines, literals);
}

void ImapReader::fill() {
  if (position_ > 0) buffer_.erase(0, position_);
  position_ = 0;
  const std::size_t old = buffer_.size();
  buffer_.resize(old + read_bytes);
  std::size_t count = 0;
  try {
    count = source_(buffer_.data() + old, read_bytes);
  } catch (...) {
    buffer_.resize(old);
    throw;
  }
  buffer_.resize(old + count);
}

// A line without its CRLF (or, from sloppy servers, LF).
std::string ImapReader::line(std::size_t room) {
  std::size_t end;
  std::size_t looked = 0;
  while ((end = buffer_.find('\n', position_ + looked)) == std::string::npos) {
    looked = buffer_.size() - position_;
    if (looked > room) throw ImapSyntaxError("a response line is too long");
    fill();
  }
  std::string line = buffer_.substr(position_, end - position_);
  position_ = end + 1;
  if (line.ends_with('\r')) line.pop_back();
  if (line.size() > room) throw ImapSyntaxError("a response line is too long");
  return line;
}

std::string ImapReader::take(std::uint64_t count) {
  std::string bytes;
  stream(count, [&bytes](std::string_view piece) { bytes += piece; });
  return bytes;
}

void ImapReader::stream(std::uint64_t count, const Piece& piece) {
  while (count > 0) {
    if (!has_bytes()) fill();
    const std::size_t part =
        static_cast<std::size_t>(std::min<std::uint64_t>(count, buffer_.size() - position_));
    if (piece) piece(std::string_view(buffer_).substr(position_, part));
    position_ += part;
    count -= part;
  }
}

}  // namespace dengji
