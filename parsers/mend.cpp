#include "parsers/mend.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "parsers/boundary.hpp"
#include "parsers/digest.hpp"
#include "parsers/header.hpp"
#include "parsers/limits.hpp"
#include "parsers/mail_lines.hpp"
#include "parsers/transfer.hpp"

namespace dengji {
namespace {

constexpr std::string_view crlf = "\r\n";

struct Field {
  std::string name, value;
  bool open_quote = false;

  void append(std::string_view more) {
    value += more;
    if (std::count(more.begin(), more.end(), '"') % 2 == 1) open_quote = !open_quote;
  }
};

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

// The length of the field name that `line` starts with; 0 if it starts with none.
std::size_t field_name(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && line[end] > 32 && line[end] < 127 && line[end] != ':') ++end;
  const std::size_t colon = line.find_first_not_of(" \t", end);
  return colon != std::string_view::npos && line[colon] == ':' ? end : 0;
}

bool looks_like_a_message(std::string_view body) {
  MailLines lines(body.substr(0, limits::header_bytes));
  MailLine line;
  while (lines.next(line)) {
    if (is_blank(line.text)) continue;
    return field_name(line.text) > 0 || line.text.starts_with("From ");
  }
  return false;
}

class Mender {
 public:
  explicit Mender(std::string token) : token_(std::move(token)) {}

  // False when a limit was hit. `depth` counts the messages and multiparts around.
  bool message(std::string_view raw, std::size_t depth);

  std::string take() { return std::move(out_); }
  const std::string& refusal() const { return refusal_; }
  bool any_field() const { return any_field_; }

 private:
  struct Scan {  // of one message's bytes
    std::string_view raw;
    MailLines lines;
    std::size_t depth;
    std::vector<OpenPart> open = {};
    std::vector<Field> fields = {};
    std::size_t header_bytes = 0;
    bool header = true;
    bool keep = true;          // the body belongs to a leaf; else preamble or epilogue
    std::string encoded = {};  // the encoding of an attached message that must be decoded
    std::size_t body_start = 0;
  };

  bool refuse(std::string why) {
    refusal_ = std::move(why);
    return false;
  }
  bool line(Scan& scan, const MailLine& line);
  bool header_line(Scan& scan, const MailLine& line);
  bool end_header(Scan& scan, std::size_t body_start);
  bool end_body(Scan& scan, std::size_t end);
  bool boundary(Scan& scan, std::size_t level, bool closing, const MailLine& line);
  void write_fields(const std::vector<Field>& fields);
  bool open_part(Scan& scan, OpenPart part);
  std::string new_boundary();

  std::string token_, out_, refusal_;
  std::size_t parts_ = 0, boundaries_ = 0;
  bool any_field_ = false;
};

// ---- header

// Fields whose line is no field: joined where a quoted value was broken, otherwise left out.
void continue_field(std::vector<Field>& fields, std::string_view line) {
  if (fields.empty()) return;
  if (fields.back().open_quote && !line.starts_with(">From ")) fields.back().append(line);
}

std::string clean_value(std::string_view value) {
  std::string out(value);
  for (char& c : out) {
    if (c == '\0' || c == '\r' || c == '\n') c = ' ';
  }
  return out;
}

const Field* find_field(const std::vector<Field>& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (lower_ascii(field.name) == name && !field.value.empty()) return &field;
  }
  return nullptr;
}

bool Mender::header_line(Scan& scan, const MailLine& line) {
  scan.header_bytes += line.text.size();
  if (scan.header_bytes > limits::header_block_bytes) return refuse("a header block over 1 MiB");
  const std::size_t name = field_name(line.text);
  if (starts_blank(line.text)) {
    if (!scan.fields.empty()) {
      scan.fields.back().append(" " + clean_value(strip_blanks(line.text)));
    }
  } else if (name > 0) {
    any_field_ = true;
    const std::string_view value = line.text.substr(line.text.find(':', name) + 1);
    scan.fields.push_back({std::string(line.text.substr(0, name)), ""});
    scan.fields.back().append(clean_value(strip_blanks(value)));
    if (scan.fields.size() > limits::header_count) return refuse("over 1,000 header fields");
  } else {
    continue_field(scan.fields, clean_value(line.text));
  }
  if (!scan.fields.empty() && scan.fields.back().value.size() > limits::header_bytes) {
    return refuse("a header field over 100 KiB");
  }
  return true;
}

void Mender::write_fields(const std::vector<Field>& fields) {
  for (const Field& field : fields) {
    const std::string name = lower_ascii(field.name);
    if (name == lower_ascii(sent_type_field)) continue;
    out_ += name == "content-type" ? std::string(sent_type_field) : field.name;
    out_ += ": " + field.value;
    out_ += crlf;
  }
}

std::string Mender::new_boundary() {
  char number[16];
  std::snprintf(number, sizeof number, "_%06zu", boundaries_++);
  return "=" + token_ + number;
}

bool is_multipart(const Parametered& type) {
  return type.value.starts_with("multipart/") || type.value == "multipart";
}

bool Mender::open_part(Scan& scan, OpenPart part) {
  if (scan.depth + scan.open.size() >= limits::mime_depth) {
    return refuse("parts nested over 20 levels deep");
  }
  scan.open.push_back(std::move(part));
  return true;
}

bool Mender::end_header(Scan& scan, std::size_t body_start) {
  const Field* sent = find_field(scan.fields, "content-type");
  const bool in_digest = !scan.open.empty() && scan.open.back().digest;
  const Parametered type = read_parametered(sent        ? sent->value
                                            : in_digest ? "message/rfc822"
                                                        : "text/plain");
  const Field* coding = find_field(scan.fields, "content-transfer-encoding");
  const std::string encoding = lower_ascii(coding ? coding->value : "");
  const std::string_view body = scan.raw.substr(body_start);
  write_fields(scan.fields);
  scan.fields.clear();
  scan.header_bytes = 0;
  scan.header = false;
  scan.body_start = body_start;
  scan.keep = true;
  scan.encoded.clear();

  const std::string boundary =
      is_multipart(type) ? used_boundary(type.param("boundary"), body, scan.open) : "";
  if (!boundary.empty()) {
    const std::string ours = new_boundary();
    out_ += "Content-Type: multipart/mixed; boundary=\"" + ours + "\"\r\n\r\n";
    scan.keep = false;
    return open_part(scan, {"--" + boundary, "--" + ours, type.value == "multipart/digest"});
  }
  const bool attached = type.value == "message/rfc822" || type.value == "message/global";
  const bool coded = encoding.starts_with("base64") || encoding.starts_with("quoted");
  if (attached && coded) {
    scan.encoded = encoding;  // what it is shows when its body has been decoded
  } else if (attached && looks_like_a_message(body)) {
    out_ += "Content-Type: message/rfc822\r\n\r\n";
    scan.header = true;
    return open_part(scan, {});
  } else {
    out_ += "Content-Type: application/octet-stream\r\n\r\n";
  }
  return true;
}

// ---- body

bool Mender::end_body(Scan& scan, std::size_t end) {
  if (!scan.keep || scan.header) return true;
  const std::string_view body = scan.raw.substr(scan.body_start, end - scan.body_start);
  if (scan.encoded.empty()) {
    out_ += body;
    return true;
  }
  const std::string decoded = decode_transfer(body, scan.encoded);
  if (!looks_like_a_message(decoded)) {
    out_ += "Content-Type: application/octet-stream\r\n\r\n";
    out_ += body;
    return true;
  }
  out_ += "Content-Type: message/rfc822\r\n\r\n";
  if (scan.depth + scan.open.size() >= limits::mime_depth) {
    return refuse("parts nested over 20 levels deep");
  }
  return message(decoded, scan.depth + scan.open.size() + 1);
}

// Where the body before a boundary line ends: the line end before it belongs to the boundary.
std::size_t body_end(std::string_view raw, std::size_t from, std::size_t line_start) {
  std::size_t end = line_start;
  if (end > from && raw[end - 1] == '\n') --end;
  if (end > from && raw[end - 1] == '\r') --end;
  return end;
}

bool Mender::boundary(Scan& scan, std::size_t level, bool closing, const MailLine& line) {
  if (scan.header && !end_header(scan, line.start)) return false;
  if (!end_body(scan, body_end(scan.raw, scan.body_start, line.start))) return false;
  for (std::size_t i = scan.open.size(); i-- > level + 1;) {
    if (!scan.open[i].ours.empty()) out_ += "\r\n" + scan.open[i].ours + "--\r\n";
  }
  scan.open.resize(level + 1);
  out_ += "\r\n" + scan.open[level].ours + (closing ? "--\r\n" : "\r\n");
  if (closing) scan.open.pop_back();
  if (!closing && ++parts_ > limits::mime_parts) return refuse("over 200 parts");
  scan.header = !closing;
  scan.keep = false;
  scan.encoded.clear();
  return true;
}

bool Mender::line(Scan& scan, const MailLine& line) {
  if (const auto found = delimiter(scan.open, line.text)) {
    return boundary(scan, found->level, found->closing, line);
  }
  if (!scan.header) return true;
  if (line.text.empty()) return end_header(scan, scan.lines.at());
  return header_line(scan, line);
}

// A BOM, an mbox line, blank and folded lines before the first field.
std::string_view without_prelude(std::string_view raw) {
  if (raw.starts_with("\xEF\xBB\xBF")) raw.remove_prefix(3);
  MailLines lines(raw);
  std::size_t start = 0;
  for (MailLine line; lines.next(line); start = lines.at()) {
    const bool mbox = line.text.starts_with("From ") || line.text.starts_with(">From ");
    if (!mbox && !starts_blank(line.text) && !line.text.empty()) break;
  }
  return raw.substr(start);
}

bool Mender::message(std::string_view raw, std::size_t depth) {
  const std::string_view bytes = without_prelude(raw);
  Scan scan{.raw = bytes, .lines = MailLines(bytes), .depth = depth};
  for (MailLine each; scan.lines.next(each);) {
    if (!line(scan, each)) return false;
  }
  if (scan.header && !end_header(scan, bytes.size())) return false;
  if (!end_body(scan, bytes.size())) return false;
  for (std::size_t i = scan.open.size(); i-- > 0;) {
    if (!scan.open[i].ours.empty()) out_ += "\r\n" + scan.open[i].ours + "--\r\n";
  }
  return true;
}

}  // namespace

Result<std::string> mend(std::string_view raw) {
  if (raw.empty()) return Unreadable{Why::empty, "a message of no bytes"};
  if (raw.size() > limits::message_bytes) return Unreadable{Why::over_limit, "over 50 MiB"};
  Mender mender(blake2b_hex(raw));
  if (!mender.message(raw, 0)) return Unreadable{Why::over_limit, mender.refusal()};
  if (!mender.any_field()) return Unreadable{Why::damaged, "no header field"};
  return mender.take();
}

}  // namespace dengji
