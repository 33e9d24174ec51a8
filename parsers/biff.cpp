#include "parsers/biff.hpp"

#include <algorithm>

#include "parsers/little_endian.hpp"
#include "parsers/symbols.hpp"

namespace dengji {
namespace {

constexpr std::size_t header_size = 4;
constexpr std::uint8_t flag_wide = 1, flag_phonetic = 4, flag_rich = 8;

bool is_high(char16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(char16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

std::optional<BiffRecord> BiffRecords::next() {
  if (at_ >= stream_.size() || stream_.size() - at_ < header_size) return std::nullopt;
  BiffRecord record;
  record.type = static_cast<Biff>(le16(stream_, at_));
  record.data = slice(stream_, at_ + header_size, le16(stream_, at_ + 2));
  at_ += header_size + record.data.size();
  const std::size_t more_at = at_;
  while (static_cast<Biff>(le16(stream_, at_)) == Biff::Continue) {
    at_ = std::min(stream_.size(), at_ + header_size + le16(stream_, at_ + 2));
  }
  record.more = slice(stream_, more_at, at_ - more_at);
  return record;
}

bool BiffCursor::next_part() {
  if (more_.size() < header_size) {
    part_ = more_ = {};
    return false;
  }
  part_ = slice(more_, header_size, le16(more_, 2));
  more_.remove_prefix(header_size + part_.size());
  return true;
}

std::uint8_t BiffCursor::u8() {
  while (part_.empty()) {
    if (!next_part()) return 0;
  }
  const std::uint8_t value = le8(part_, 0);
  part_.remove_prefix(1);
  return value;
}

std::uint16_t BiffCursor::u16() {
  const std::uint16_t low = u8();
  return static_cast<std::uint16_t>(low | u8() << 8);
}

std::uint32_t BiffCursor::u32() {
  const std::uint32_t low = u16();
  return low | static_cast<std::uint32_t>(u16()) << 16;
}

void BiffCursor::skip(std::size_t count) {
  while (count > part_.size()) {
    count -= part_.size();
    if (!next_part()) return;
  }
  part_.remove_prefix(count);
}

std::string BiffCursor::bytes(std::size_t count) {
  std::string out;
  while (out.size() < count && !at_end()) out += static_cast<char>(u8());
  return out;
}

std::u16string BiffCursor::characters(std::size_t count, bool wide) {
  std::u16string text;
  while (text.size() < count) {
    const std::size_t width = wide ? 2 : 1;
    const std::size_t here = std::min(count - text.size(), part_.size() / width);
    for (std::size_t i = 0; i < here; ++i) {
      text += static_cast<char16_t>(wide ? le16(part_, 2 * i) : le8(part_, i));
    }
    part_.remove_prefix(here * width);
    if (text.size() == count || !next_part()) break;
    wide = (u8() & flag_wide) != 0;
  }
  return text;
}

BiffString read_biff_string(BiffCursor& cursor, int count_bytes) {
  const std::size_t count = count_bytes == 1 ? cursor.u8() : cursor.u16();
  const std::uint8_t flags = cursor.u8();
  const std::size_t runs = (flags & flag_rich) != 0 ? cursor.u16() : 0;
  const std::size_t phonetic = (flags & flag_phonetic) != 0 ? cursor.u32() : 0;
  BiffString string;
  string.text = cursor.characters(count, (flags & flag_wide) != 0);
  for (std::size_t i = 0; i < runs && !cursor.at_end(); ++i) {
    const std::size_t begin = cursor.u16();
    string.runs.push_back({begin, cursor.u16()});
  }
  cursor.skip(phonetic);
  return string;
}

std::string utf8_of(const std::u16string& text) {
  std::string utf8;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_high(text[i]) && i + 1 < text.size() && is_low(text[i + 1])) {
      append_utf8(utf8, 0x10000 + ((text[i] - 0xD800u) << 10) + (text[i + 1] - 0xDC00u));
      ++i;
    } else {
      append_utf8(utf8, text[i]);
    }
  }
  return utf8;
}

}  // namespace dengji
