#include "parsers/header.hpp"

#include <algorithm>

#include "parsers/date.hpp"
#include "parsers/limits.hpp"
#include "parsers/text.hpp"
#include "parsers/transfer.hpp"
#include "tests/fuzz/promises.hpp"
#include "tests/fuzz/target.hpp"

namespace dengji::fuzz {
namespace {

// YYYY-MM-DD, and where `date` goes on, Thh:mm:ss and an offset.
void require_date(std::string_view date, std::string_view picture) {
  const bool same =
      std::equal(date.begin(), date.end(), picture.begin(), picture.end(), [](char c, char wanted) {
        if (wanted == '+') return c == '+' || c == '-';
        return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
      });
  require(same, "a date is written in one way");
}

void read_fields(std::string_view bytes) {
  require_text(decode_header(bytes));
  const Parametered field = read_parametered(bytes);
  require_text(field.value);
  for (const auto& [name, value] : field.params) require_text(value);
  const auto addresses = read_addresses(bytes, limits::addresses);
  require(addresses.size() <= limits::addresses, "addresses keep to their limit");
  for (const Address& each : addresses) {
    require_text(each.name);
    require_text(each.address);
  }
  if (is_addr_spec(bytes)) {
    require(bytes.find_first_of("\r\n <>\"\\,;:") == bytes.npos, "an addr-spec is safe in SMTP");
  }
  const std::string mail_date = read_mail_date(bytes);
  if (!mail_date.empty()) require_date(mail_date, "0000-00-00T00:00:00+00:00");
  if (const auto date = read_date(bytes)) require_date(*date, "0000-00-00");
}

void read_transfers(std::string_view bytes) {
  for (const char* encoding : {"base64", "quoted-printable", "x-none"}) {
    require(decode_transfer(bytes, encoding).size() <= bytes.size(), "no longer than what came in");
  }
  require(decode_percent(bytes).size() <= bytes.size(), "no longer than what came in");
}

void read_charsets(std::string_view bytes) {
  for (const char* charset : {"", "big5", "utf-16le", "utf-7", "hz", "iso-2022-jp", "latin1"}) {
    require_text(to_utf8(bytes, charset));
  }
}

void read_text(std::string_view bytes) {
  const std::string text = to_utf8(bytes);
  require(to_utf8(text) == text, "clean text stays as it is");
  require(from_code_points(code_points(text)) == text, "UTF-8 is read and written alike");
  require(compose(compose(text)) == compose(text), "NFC of NFC is itself");
  require(fold_width(fold_width(text)) == fold_width(text), "NFKC of NFKC is itself");
  require(trim(trim(text)) == trim(text), "nothing is left to trim");
  require_text(fold_name(text));
  require_text(shown(text));
}

}  // namespace

void read(std::string_view bytes) {
  read_fields(bytes);
  read_transfers(bytes);
  read_charsets(bytes);
  read_text(bytes);
}

}  // namespace dengji::fuzz
