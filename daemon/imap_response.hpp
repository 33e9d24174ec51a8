// What an IMAP server says (RFC 3501 section 7, 9), as values: a reader that takes the bytes
// however they are cut, streams the one literal that is a mail's body (or its header) and keeps
// everything else small.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace dengji {

inline constexpr std::size_t imap_line_bytes = 256 * 1024;  // one response without a mail's body
inline constexpr std::size_t imap_literals = 64;            // within one response

struct ImapSyntaxError
    : std::runtime_error {  // the server speaks something else: drop the connection
  using std::runtime_error::runtime_error;
};

struct ImapToken {
  enum class Kind { atom, string, open, close } kind = Kind::atom;
  std::string text;       // of atom and string (quoted or literal)
  bool streamed = false;  // a string whose bytes went to the body's sink
};

struct ImapResponse {
  std::string tag;                // "*", "+", or a command's tag
  std::uint64_t number = 0;       // of "* 3 EXISTS"
  std::string word;               // upper case: OK, NO, BAD, BYE, PREAUTH, EXISTS, FETCH ...
  std::string code;               // of "[UIDVALIDITY 7]": what stands within the brackets
  std::string text;               // human words; bytes as they came (some servers send raw GBK)
  std::vector<ImapToken> tokens;  // what follows `word` in data responses
  bool is_status() const;         // OK, NO, BAD, BYE, PREAUTH
};

struct ImapFetch {  // the data of one "* n FETCH (...)"
  std::string uid;  // "" where the server did not say
  std::optional<std::uint64_t> size;
  std::optional<std::int64_t> received;  // INTERNALDATE, seconds since the epoch
  std::optional<std::vector<std::string>> flags;
  std::optional<std::string> body;  // a body that came quoted; nothing for NIL
  bool streamed = false;            // a body that came as a literal
};

// None when the response is no FETCH or its list is malformed.
std::optional<ImapFetch> read_fetch(const ImapResponse&);

// `lines`: the response cut at its literals; literals[i] stands between lines[i] and lines[i + 1].
struct ImapLiteral {
  std::string bytes;
  bool streamed = false;
};
ImapResponse read_response(const std::vector<std::string>& lines,
                           const std::vector<ImapLiteral>& literals);

class ImapReader {
 public:
  // Waits for at least one byte and returns how many; throws to give up.
  using Source = std::function<std::size_t(char*, std::size_t)>;
  using Piece = std::function<void(std::string_view)>;
  // Asked when a body of `size` bytes begins, with what was said before it (the UID, usually).
  using Body = std::function<Piece(const ImapResponse& so_far, std::uint64_t size)>;

  explicit ImapReader(Source source) : source_(std::move(source)) {}
  ImapResponse next(const Body& body);
  void push(std::string_view bytes) { buffer_.append(bytes); }  // received by other means
  bool has_bytes() const { return position_ < buffer_.size(); }

 private:
  std::string line(std::size_t room);
  std::string take(std::uint64_t count);
  void stream(std::uint64_t count, const Piece& piece);
  void fill();

  Source source_;
  std::string buffer_;
  std::size_t position_ = 0;
};

}  // namespace dengji
