#include "parsers/header.hpp"

#include <algorithm>
#include <optional>

#include "parsers/text.hpp"
#include "parsers/transfer.hpp"

namespace dengji {
namespace {

constexpr std::size_t segments_max = 500;   // of one parameter, RFC 2231 3
constexpr std::size_t word_bytes = 10'000;  // RFC 2047 says 75
constexpr std::string_view blanks = " \t\r\n";

// ---- encoded words, RFC 2047

struct EncodedWord {
  std::string charset;
  char encoding = 'b';  // or 'q'
  std::string_view text;
  std::size_t end = 0;  // behind its "?="
};

std::optional<EncodedWord> encoded_word(std::string_view raw, std::size_t at) {
  if (raw.substr(at, 2) != "=?") return std::nullopt;
  const std::size_t charset_bytes = raw.substr(at + 2, 60).find('?');
  const std::size_t charset_end = at + 2 + charset_bytes;
  if (charset_bytes == std::string_view::npos || charset_end + 3 > raw.size()) return std::nullopt;
  if (raw[charset_end + 2] != '?') return std::nullopt;
  const char encoding = static_cast<char>(raw[charset_end + 1] | 0x20);
  // Q text may begin with "=": the "?=" of "?q?=E7" is no end.
  const std::size_t text = charset_end + 3;
  const std::size_t length = raw.substr(text, word_bytes).find("?=");
  if ((encoding != 'b' && encoding != 'q') || length == std::string_view::npos) return std::nullopt;
  EncodedWord word;
  word.charset = raw.substr(at + 2, charset_end - at - 2);
  word.charset = lower_ascii(word.charset.substr(0, word.charset.find('*')));  // RFC 2231 5
  word.encoding = encoding;
  word.text = raw.substr(text, length);
  word.end = text + length + 2;
  return word;
}

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  spaced += '_';  // so that no blank at the end is taken for a line's
  std::string out = decode_quoted_printable(spaced);
  out.pop_back();
  return out;
}

// Adjacent encoded words of one charset: joined as bytes, and before that as base64 where a program
// cut the text anywhere.
class WordJoiner {
 public:
  void add(const EncodedWord& word, std::string& out) {
    if (word.charset != charset_) flush(out);
    charset_ = word.charset;
    if (word.encoding == 'q') {
      settle();
      bytes_ += decode_q(word.text);
    } else {
      base64_ += word.text;
      if (word.text.ends_with('=')) settle();
    }
  }
  void flush(std::string& out) {
    settle();
    out += to_utf8(bytes_, charset_);
    bytes_.clear();
  }

 private:
  void settle() {
    bytes_ += decode_base64(base64_);
    base64_.clear();
  }
  std::string charset_, base64_, bytes_;
};

// ---- parameters

bool is_token(char c) {
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7F &&
         std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

// A quote ends a value only where a parameter may end: file names contain bare quotes.
bool closes(std::string_view text, std::size_t quote) {
  const std::size_t next = text.find_first_not_of(blanks, quote + 1);
  if (next == std::string_view::npos || text[next] == ';') return true;
  std::size_t end = next;
  while (end < text.size() && is_token(text[end])) ++end;
  return end > next && next > quote + 1 && end < text.size() && text[end] == '=';
}

class ParameterReader {
 public:
  explicit ParameterReader(std::string_view raw) : raw_(raw), gbk_(!is_utf8(raw)) {}

  std::string first_value() {
    skip(" \t\r\n;");
    const std::size_t start = at_;
    while (at_ < raw_.size() && raw_[at_] != ';' && raw_[at_] != '=') {
      const bool blank = blanks.find(raw_[at_]) != std::string_view::npos;
      if (blank && parameter_follows()) break;
      blank ? skip(blanks) : void(++at_);
    }
    if (at_ < raw_.size() && raw_[at_] == '=') {  // a parameter where the type should be
      at_ = start;
      return {};
    }
    std::string value = lower_ascii(to_utf8(raw_.substr(start, at_ - start)));
    std::erase_if(value, [](char c) { return blanks.find(c) != std::string_view::npos; });
    return value;
  }

  // False at the end.
  bool next(std::string& name, std::string& value) {
    while (at_ < raw_.size()) {
      skip(" \t\r\n;,");
      const std::size_t start = at_;
      while (at_ < raw_.size() && is_token(raw_[at_])) ++at_;
      name = lower_ascii(raw_.substr(start, at_ - start));
      skip(blanks);
      if (at_ < raw_.size() && raw_[at_] == '=' && !name.empty()) {
        ++at_;
        skip(blanks);
        value = at_ < raw_.size() && raw_[at_] == '"' ? quoted() : plain();
        return true;
      }
      at_ = std::min(raw_.find(';', std::max(at_, start)), raw_.size());
    }
    return false;
  }

 private:
  void skip(std::string_view characters) {
    at_ = std::min(raw_.find_first_not_of(characters, at_), raw_.size());
  }
  bool parameter_follows() const {
    std::size_t end = std::min(raw_.find_first_not_of(blanks, at_), raw_.size());
    while (end < raw_.size() && is_token(raw_[end])) ++end;
    return end < raw_.size() && raw_[end] == '=';
  }
  std::string quoted() {
    std::string value;
    for (++at_; at_ < raw_.size(); ++at_) {
      const char c = raw_[at_];
      if (gbk_ && is_gbk_pair(raw_, at_)) {
        value += raw_.substr(at_++, 2);
      } else if (c == '\\' && at_ + 1 < raw_.size() &&
                 (raw_[at_ + 1] == '"' || raw_[at_ + 1] == '\\')) {
        value += raw_[++at_];
      } else if (c == '"' && closes(raw_, at_)) {
        ++at_;
        break;
      } else {
        value += c;
      }
    }
    return value;
  }
  std::string plain() {
    const std::size_t end = std::min(raw_.find(';', at_), raw_.size());
    const std::string_view value = strip_blanks(raw_.substr(at_, end - at_));
    at_ = end;
    return std::string(value);
  }

  std::string_view raw_;
  std::size_t at_ = 0;
  bool gbk_;
};

struct Segment {
  std::string value;
  bool extended = false;  // "*" at the end of its name: percent-encoded
};
using Segments = std::map<std::size_t, Segment>;

std::string undo_segments(const Segments& segments) {
  std::string charset, bytes, run;
  bool first = true, any_extended = false;
  for (const auto& [index, segment] : segments) {
    if (!segment.extended) {
      bytes += decode_percent(run) + segment.value;
      run.clear();
      continue;
    }
    std::string_view value = segment.value;
    const std::size_t quote = value.find('\'');
    const std::size_t second =
        quote == std::string_view::npos ? quote : value.find('\'', quote + 1);
    if (first && second != std::string_view::npos) {
      charset = value.substr(0, quote);
      value.remove_prefix(second + 1);
    }
    first = false;
    any_extended = true;
    run += value;  // joined before decoding: programs cut even between "%" and its digits
  }
  bytes += decode_percent(run);
  return any_extended ? to_utf8(bytes, charset) : decode_header(bytes);
}

// Some programs write a plain value percent-encoded.
std::string plain_value(const std::string& raw) {
  if (raw.find("=?") == std::string::npos && raw.find('%') != std::string::npos) {
    const std::string bytes = decode_percent(raw);
    const bool high = std::any_of(bytes.begin(), bytes.end(), [](char c) { return c < 0; });
    if (high && bytes.size() < raw.size() && is_utf8(bytes)) return to_utf8(bytes);
  }
  return decode_header(raw);
}

struct SegmentName {
  std::string name;
  std::size_t index = 0;
  bool extended = false;
};

// "filename*1*": the name, a number, whether percent-encoded. None if it has no star.
std::optional<SegmentName> segment_name(const std::string& name) {
  const std::size_t star = name.find('*');
  if (star == std::string::npos) return std::nullopt;
  SegmentName out{name.substr(0, star), 0, name.ends_with('*')};
  for (std::size_t i = star + 1; i < name.size() && name[i] >= '0' && name[i] <= '9'; ++i) {
    out.index = std::min(out.index * 10 + static_cast<std::size_t>(name[i] - '0'), segments_max);
  }
  return out;
}

}  // namespace

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool is_gbk_pair(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) >= 0x81 && at + 1 < text.size() &&
         static_cast<unsigned char>(text[at + 1]) >= 0x40;
}

std::string_view strip_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t encoded_word_end(std::string_view raw, std::size_t at) {
  const std::optional<EncodedWord> word = encoded_word(raw, at);
  return word ? word->end : at;
}

std::string decode_header(std::string_view raw) {
  std::string out;
  WordJoiner joiner;
  std::size_t plain = 0;  // start of text that is in no encoded word
  bool after_word = false;
  const auto flush_plain = [&](std::size_t end, bool before_word) {
    const std::string_view text = raw.substr(plain, end - plain);
    if (after_word && before_word && strip_blanks(text).empty()) return;
    joiner.flush(out);
    out += to_utf8(text);
  };
  for (std::size_t at = raw.find("=?"); at != std::string_view::npos;) {
    const std::optional<EncodedWord> word = encoded_word(raw, at);
    if (word) {
      flush_plain(at, true);
      joiner.add(*word, out);
      plain = word->end;
      after_word = true;
    }
    at = raw.find("=?", word ? word->end : at + 2);
  }
  flush_plain(raw.size(), false);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return trim(out);
}

std::string Parametered::param(const std::string& name) const {
  const auto found = params.find(name);
  return found == params.end() ? "" : found->second;
}

Parametered read_parametered(std::string_view raw) {
  Parametered out;
  ParameterReader reader(raw);
  out.value = reader.first_value();
  std::map<std::string, Segments> segmented;
  std::string name, value;
  while (reader.next(name, value) && out.params.size() < segments_max) {
    if (const auto segment = segment_name(name)) {
      Segments& segments = segmented[segment->name];
      if (segments.size() < segments_max) segments[segment->index] = {value, segment->extended};
    } else if (!out.params.contains(name)) {
      out.params[name] = plain_value(value);
    }
  }
  for (const auto& [segment, segments] : segmented) out.params[segment] = undo_segments(segments);
  return out;
}

}  // namespace dengji
