#include "parsers/text.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <numeric>
#include <utility>

namespace dengji {
namespace {

constexpr char32_t replacement = 0xFFFD;
constexpr std::size_t edit_cells = 4'000'000;  // of the distance's table: two texts of 2,000
constexpr int stream_safe_marks = 30;          // UAX #15, Stream-Safe Text Format

// The next code point of `bytes` from `at`, which moves on; below 0 for a malformed sequence.
UChar32 next_code_point(std::string_view bytes, std::size_t& at) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  UChar32 code = 0;
  U8_NEXT(data, at, bytes.size(), code);
  return code;
}

void append_utf8(std::string& out, char32_t code) {
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) code = replacement;
  std::array<std::uint8_t, U8_MAX_LENGTH> buffer{};
  std::size_t length = 0;
  U8_APPEND_UNSAFE(buffer.data(), length, static_cast<std::uint32_t>(code));
  out.append(reinterpret_cast<const char*>(buffer.data()), length);
}

std::string from_icu(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool is_blank(char32_t code) {
  return u_isUWhiteSpace(static_cast<UChar32>(code)) || (code >= 0x200B && code <= 0x200D) ||
         code == 0x2060 || code == 0xFEFF || code == 0x180E || code == 0x00AD || code == 0x3164 ||
         code == 0x2800;
}

// Line ends as '\n'; other C0 and C1 controls and the byte order mark out.
std::string without_controls(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const UChar32 code = next_code_point(utf8, at);
    if (code < 0) {
      append_utf8(out, replacement);
    } else if (code == '\r' || code == 0x85) {
      const bool pair = code == '\r' && at < utf8.size() && utf8[at] == '\n';
      if (!pair) out += '\n';
    } else if (code == '\n' || code == '\t' || !(u_iscntrl(code) || code == 0xFEFF)) {
      append_utf8(out, static_cast<char32_t>(code));
    }
  }
  return out;
}

// Text in UTF-8 that was cut or damaged in a few places is still UTF-8: legacy Chinese charsets
// hardly ever give as many well-formed sequences of three bytes. `worth` of them outweigh a
// malformed one.
bool is_nearly_utf8(std::string_view bytes, std::size_t worth) {
  std::size_t good = 0, bad = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const UChar32 code = next_code_point(bytes, at);
    if (code < 0) ++bad;
    if (code >= 0x800) ++good;
  }
  return bad * worth <= good;
}

// Chinese programs call GBK "iso-8859-1" or "us-ascii". Pairs of GB 2312 and nothing else beyond
// ASCII are never Latin text.
bool is_gb2312_pairs(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const auto lead = static_cast<unsigned char>(bytes[at]);
    if (lead < 0x80) continue;
    if (lead < 0xA1 || lead > 0xF7 || ++at == bytes.size()) return false;
    if (static_cast<unsigned char>(bytes[at]) < 0xA1) return false;
  }
  return true;
}

std::string plain_charset(std::string_view charset) {
  std::string name;
  for (char c : charset) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) name += c;
  }
  return name;
}

// 7-bit stateful charsets and those of 16-bit units: their bytes can be well-formed UTF-8 and yet
// mean something else.
bool overrules_utf8(const std::string& plain) {
  for (const char* prefix : {"hz", "iso2022", "utf7", "utf16", "utf32", "ucs2", "unicode"}) {
    if (plain.starts_with(prefix)) return true;
  }
  return false;
}

bool is_gb(const std::string& plain) {
  for (const char* part : {"gb2312", "gbk", "gb18030", "cp936", "windows936", "euccn", "ascii"}) {
    if (plain.find(part) != std::string::npos) return true;
  }
  return plain.empty() || plain == "8bit";
}

bool is_latin(const std::string& plain) {
  return plain == "iso88591" || plain == "latin1" || plain == "windows1252" || plain == "cp1252";
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, CloseConverter>;

Converter open_converter(const std::string& name) {
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

std::string decode(std::string_view bytes, const std::string& charset) {
  Converter converter = open_converter(charset);
  if (!converter) converter = open_converter("gb18030");
  if (!converter) return std::string(bytes);  // ICU's data is gone: the caller makes it well-formed
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString text(bytes.data(), static_cast<std::int32_t>(bytes.size()),
                                converter.get(), status);
  return from_icu(text);
}

std::string charset_to_open(std::string_view bytes, std::string_view declared) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return "UTF-16";
  const std::string plain = plain_charset(declared);
  if (overrules_utf8(plain)) return plain == "unicode" ? "UTF-16" : std::string(declared);
  if (is_utf8(bytes) || is_nearly_utf8(bytes, plain == "utf8" ? 1 : 4)) return "UTF-8";
  if (is_gb(plain) || plain == "utf8") return "gb18030";
  if (is_latin(plain) && is_gb2312_pairs(bytes)) return "gb18030";
  return std::string(declared);
}

constexpr char16_t first_ideograph = 0x4E00, last_ideograph = 0x9FFF;

bool is_ideograph(UChar32 code) { return code >= first_ideograph && code <= last_ideograph; }

// Combining marks at a character's beginning and end once it is taken apart.
struct Marks {
  int leading = 0, trailing = 0;
  bool only = true;  // it is nothing else
};

Marks marks_of(UChar32 code, const icu::Normalizer2& apart) {
  icu::UnicodeString parts;
  if (!apart.getDecomposition(code, parts)) parts = icu::UnicodeString(code);
  Marks marks;
  for (std::int32_t at = 0; at < parts.length(); at = parts.moveIndex32(at, 1)) {
    const bool mark = u_getCombiningClass(parts.char32At(at)) != 0;
    marks.only = marks.only && mark;
    marks.leading += marks.only;
    marks.trailing = mark ? marks.trailing + 1 : 0;
  }
  return marks;
}

// Runs of combining marks broken up, so that normalising stays linear: the Stream-Safe Text Format
// of UAX #15, which counts the marks that characters are made of too.
icu::UnicodeString stream_safe(std::string_view utf8) {
  constexpr UChar32 first_that_comes_apart = 0xA0, joiner = 0x034F;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* apart = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString out;
  int marks = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const UChar32 read = next_code_point(utf8, at);
    const UChar32 code = read < 0 ? static_cast<UChar32>(replacement) : read;
    const bool plain = code < first_that_comes_apart || is_ideograph(code) || U_FAILURE(status);
    const Marks own = plain ? Marks{0, 0, false} : marks_of(code, *apart);
    if (marks + own.leading > stream_safe_marks) {
      out.append(joiner);
      marks = 0;
    }
    marks = own.only ? marks + own.leading : own.trailing;
    out.append(code);
  }
  return out;
}

icu::UnicodeString normalise(std::string_view utf8, const icu::Normalizer2* form,
                             UErrorCode status) {
  const icu::UnicodeString text = stream_safe(utf8);
  if (U_FAILURE(status)) return text;
  icu::UnicodeString out = form->normalize(text, status);
  return U_SUCCESS(status) ? out : text;
}

icu::UnicodeString nfkc(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFKCInstance(status);
  return normalise(utf8, form, status);
}

// The simplified character of each in the block of CJK ideographs. Transliterating name by name
// would cost more than all else that folding does.
icu::UnicodeString simplified_ideographs() {
  icu::UnicodeString table;
  for (UChar32 code = first_ideograph; code <= last_ideograph; ++code) table.append(code);
  const icu::UnicodeString untouched = table;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> to_simplified(
      icu::Transliterator::createInstance("Hant-Hans", UTRANS_FORWARD, status));
  if (to_simplified) to_simplified->transliterate(table);
  return table.length() == untouched.length() ? table : untouched;
}

char16_t simplified(UChar32 ideograph) {
  static const icu::UnicodeString table = simplified_ideographs();
  return table[ideograph - first_ideograph];
}

void simplify(icu::UnicodeString& text) {
  for (int32_t i = 0; i < text.length(); ++i) {
    if (is_ideograph(text[i])) text.setCharAt(i, simplified(text[i]));
  }
}

bool is_name_character(UChar32 code) {
  return (U_GET_GC_MASK(code) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

bool is_invisible(UChar32 code) {
  return u_iscntrl(code) || u_charType(code) == U_FORMAT_CHAR ||
         u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) || code == 0x2028 ||
         code == 0x2029;
}

// Most names are ideographs, ASCII in either width and brackets, which normalising leaves as they
// are: their key without it, which is ten times cheaper. "" where there is anything else.
std::string key_of_plain(std::string_view utf8) {
  constexpr UChar32 wide_first = 0xFF01, wide_last = 0xFF5E, wide_offset = 0xFEE0;
  std::string key;
  for (std::size_t at = 0; at < utf8.size();) {
    UChar32 code = next_code_point(utf8, at);
    if (code >= wide_first && code <= wide_last) code -= wide_offset;
    const bool punctuation =
        (code >= 0x3000 && code <= 0x3003) || (code >= 0x3008 && code <= 0x3011);
    if (is_ideograph(code)) {
      append_utf8(key, simplified(code));
    } else if (code >= 0 && code < 0x80) {
      const int letter = u_tolower(code);
      if (u_isalnum(letter)) key += static_cast<char>(letter);
    } else if (!punctuation) {
      return "";
    }
  }
  return key;
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (next_code_point(bytes, at) < 0) return false;
  }
  return true;
}

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string name = charset_to_open(bytes, charset);
  return name == "UTF-8" ? without_controls(bytes) : without_controls(decode(bytes, name));
}

std::u32string code_points(std::string_view utf8) {
  std::u32string out;
  for (std::size_t at = 0; at < utf8.size();) {
    const UChar32 code = next_code_point(utf8, at);
    out += code < 0 ? replacement : static_cast<char32_t>(code);
  }
  return out;
}

std::string from_code_points(std::u32string_view text) {
  std::string out;
  for (const char32_t code : text) append_utf8(out, code);
  return out;
}

std::string fold_width(std::string_view utf8) { return from_icu(nfkc(utf8)); }

std::string compose(std::string_view utf8) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* form = icu::Normalizer2::getNFCInstance(status);
  return from_icu(normalise(utf8, form, status));
}

std::string fold_name(std::string_view utf8) {
  if (std::string key = key_of_plain(utf8); !key.empty()) return key;
  icu::UnicodeString text = nfkc(utf8);
  text.foldCase();
  simplify(text);
  const std::u32string all = code_points(from_icu(text));
  std::string name;
  for (const char32_t code : all) {
    if (is_name_character(static_cast<UChar32>(code))) append_utf8(name, code);
  }
  return name.empty() ? squeeze(from_code_points(all)) : name;
}

std::string trim(std::string_view utf8) {
  if (!is_utf8(utf8)) return trim(from_code_points(code_points(utf8)));
  const auto blank_at = [utf8](std::size_t& at) {
    return is_blank(static_cast<char32_t>(next_code_point(utf8, at)));
  };
  std::size_t start = 0, end = utf8.size();
  for (std::size_t at = 0; at < end && blank_at(at);) start = at;
  while (end > start) {
    std::size_t last = end - 1;
    while ((utf8[last] & 0xC0) == 0x80) --last;  // well-formed: a lead byte comes
    std::size_t at = last;
    if (!blank_at(at)) break;
    end = last;
  }
  return std::string(utf8.substr(start, end - start));
}

std::string squeeze(std::string_view utf8) {
  std::u32string text = code_points(utf8);
  std::erase_if(text, is_blank);
  return from_code_points(text);
}

std::size_t edit_distance(std::u32string_view a, std::u32string_view b) {
  while (!a.empty() && !b.empty() && a.front() == b.front()) {
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
  if (a.empty() || b.empty() || a.size() > edit_cells / b.size()) {
    return std::max(a.size(), b.size());
  }
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string shown(std::string_view utf8) {
  std::string out;
  for (const char32_t code : code_points(utf8)) {
    if (code != '\n' && code != '\t' && is_invisible(static_cast<UChar32>(code))) {
      std::array<char, 16> escape{};
      std::snprintf(escape.data(), escape.size(), "<U+%04X>", static_cast<unsigned>(code));
      out += escape.data();
    } else {
      append_utf8(out, code);
    }
  }
  return out;
}

}  // namespace dengji
